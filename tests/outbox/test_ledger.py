import os
import subprocess
import sys

import pytest

from outbox.ledger import Ledger, dead

WRITER = (
    "import sys, time; from pathlib import Path; from outbox.ledger import Ledger;"
    "Ledger(Path(sys.argv[1])).note([4, 5]); print('noted', flush=True); time.sleep(60)"
)


def test_what_is_settled_is_forgotten(tmp_path):
    ledger = Ledger(tmp_path)
    ledger.note([1, 2])
    ledger.note([3])

    with ledger.settled():
        assert len(os.listdir(tmp_path)) == 1

    assert list(dead(tmp_path)) == []
    assert os.listdir(tmp_path) == []


def test_the_lines_of_a_process_that_lives_are_its_own(tmp_path):
    ledger = Ledger(tmp_path)
    ledger.note([1])

    assert list(dead(tmp_path)) == []
    assert len(os.listdir(tmp_path)) == 1


def test_after_a_kill_the_lines_are_there_for_the_next_one_and_only_once(tmp_path):
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE)
    writer.stdout.readline()
    assert list(dead(tmp_path)) == []

    writer.kill()
    writer.communicate()

    assert list(dead(tmp_path)) == [{4, 5}]
    assert list(dead(tmp_path)) == []


def test_when_the_database_cannot_be_told_the_lines_stay(tmp_path):
    ledger = Ledger(tmp_path)
    ledger.note([7])

    with pytest.raises(OSError, match="away"), ledger.settled():
        raise OSError("away")

    found = dead(tmp_path)
    assert next(found) == {7}
    found.close()  # whoever asked could not tell it either
    assert list(dead(tmp_path)) == [{7}]


def test_a_line_cut_off_in_the_middle_counts_as_not_noted(tmp_path):
    (tmp_path / "one.sent").write_text("12\n345")

    assert list(dead(tmp_path)) == [{12}]


def test_no_folder_is_no_dead(tmp_path):
    assert list(dead(tmp_path / "none")) == []
