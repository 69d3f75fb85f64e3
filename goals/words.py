"""Numbers and beginnings of sentences. No database."""

from django.utils.translation import pgettext


def in_words(number: int) -> str:
    """Numbers up to twelve as words, as one writes them in a sentence."""
    words = [
        pgettext("number", "nobody"),
        pgettext("number", "one"),
        pgettext("number", "two"),
        pgettext("number", "three"),
        pgettext("number", "four"),
        pgettext("number", "five"),
        pgettext("number", "six"),
        pgettext("number", "seven"),
        pgettext("number", "eight"),
        pgettext("number", "nine"),
        pgettext("number", "ten"),
        pgettext("number", "eleven"),
        pgettext("number", "twelve"),
    ]
    return words[number] if number < len(words) else str(number)


def capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
