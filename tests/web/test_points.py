import pytest
from django.utils.translation import override

from web.templatetags.points import points, two_places


@pytest.mark.parametrize(
    ("hundredths", "alone", "in_a_column"),
    [(364, "3.64", "3.64"), (350, "3.5", "3.50"), (400, "4", "4.00"), (None, "–", "–"), ("", "–", "–")],
)
def test_figures_stand_alone_and_below_each_other(hundredths, alone, in_a_column):
    assert (points(hundredths), two_places(hundredths)) == (alone, in_a_column)


def test_figures_speak_the_readers_language():
    with override("de"):
        assert (points(364), two_places(400)) == ("3,64", "4,00")
