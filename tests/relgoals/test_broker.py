import threading
from collections import Counter

import pytest
from kombu import Connection

from relgoals import broker


@pytest.fixture
def connect(tmp_path):
    broker.register()
    options = broker.options(tmp_path)

    def _connect():
        return Connection("relgoalsfiles://localhost", transport_options=options)

    return _connect


def put(connect, names):
    with connect() as connection, connection.SimpleQueue("work") as queue:
        for name in names:
            queue.put(name)


def test_messages_leave_in_the_order_in_which_they_came(connect):
    put(connect, range(20))

    with connect() as connection, connection.SimpleQueue("work") as queue:
        assert queue.qsize() == 20
        assert [queue.get(block=False).payload for _ in range(20)] == list(range(20))
        assert queue.qsize() == 0


def take(connect, done, got):
    """Take messages until the writers are done and one more look finds nothing."""
    with connect() as connection, connection.SimpleQueue("work") as queue:
        found = last_look = False
        while found or not last_look:
            last_look = done.is_set()
            try:
                message = queue.get(block=False)
            except queue.Empty:
                found = False
            else:
                found = True
                got.append(message.payload)
                message.ack()


def test_many_writers_and_readers_lose_and_double_nothing(connect):
    """Kombu's own file transport loses some 3 of 100 here."""
    got, done = [], threading.Event()
    writers = [threading.Thread(target=put, args=(connect, range(n * 500, n * 500 + 500))) for n in range(4)]
    readers = [threading.Thread(target=take, args=(connect, done, got)) for _ in range(3)]

    for thread in [*writers, *readers]:
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    for thread in readers:
        thread.join()

    assert Counter(got) == Counter(range(2000))


def test_a_purge_takes_what_waits_and_nothing_half_written(connect, tmp_path):
    put(connect, range(3))
    (tmp_path / "messages" / ".0_draft.work.msg").write_text("half")

    with connect() as connection, connection.channel() as channel:
        assert channel._purge("work") == 3
        assert channel._size("work") == 0
    assert (tmp_path / "messages" / ".0_draft.work.msg").exists()
