import io

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from relgoals import messages


@pytest.fixture
def house(tmp_path, settings, monkeypatch):
    """An app `shop` with one Python text and two template texts."""
    settings.BASE_DIR = tmp_path
    monkeypatch.setattr(messages, "apps", lambda: ["shop"])
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop/rules.py").write_text('_("Sold on %(day)s.") % {"day": day}\n')
    (tmp_path / "templates/shop").mkdir(parents=True)
    (tmp_path / "templates/shop/page.html").write_text(
        '{% load i18n %}\n  {% translate "It\'s here" %}\n'
        "    {% blocktranslate count n=n trimmed %}\n  one\n  {% plural %}\n {{ n }} many\n{% endblocktranslate %}"
    )
    return tmp_path


def ids(catalogue):
    return {message.id for message in catalogue if message.id}


def test_texts_of_python_and_templates_are_collected(house):
    assert ids(messages.collect("shop", "de")) == {"Sold on %(day)s.", "It's here", ("one", "%(n)s many")}


@pytest.mark.parametrize(
    ("german", "finished"),
    [("Verkauft am %(day)s.", True), ("", False), ("Verkauft.", False), ("Verkauft am %(tag)s.", False)],
)
def test_a_translation_is_finished_when_it_speaks_of_the_same_values(german, finished):
    catalogue = Catalog(locale="de")
    catalogue.add("Sold on %(day)s.", german)

    assert (messages.missing(catalogue) == []) is finished


def test_what_is_translated_stays_and_what_is_no_longer_said_goes(house):
    path = messages.catalogue_path("shop", "de")
    first = messages.collect("shop", "de")
    first.get("It's here").string = "Es ist da"
    messages.write(first, path)
    (house / "shop/rules.py").write_text("")

    messages.write(messages.collect("shop", "de"), path)

    kept = read_po(io.BytesIO(path.read_bytes()), locale="de")
    assert ids(kept) == {"It's here", ("one", "%(n)s many")}
    assert kept.get("It's here").string == "Es ist da"
    assert messages.compile_all() == 1
    assert path.with_suffix(".mo").exists()
