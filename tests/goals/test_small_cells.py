import pytest

from goals.small_cells import withheld


@pytest.mark.parametrize(
    ("people", "out"),
    [
        ({}, {}),
        ({"a": 5, "b": 9}, {}),
        ({"a": 0, "b": 9}, {}),
        ({"a": 4, "b": 9, "c": 7}, {"a": "few", "c": "beside"}),
        ({"a": 4, "b": 3, "c": 7}, {"a": "few", "b": "few"}),
        ({"a": 4}, {"a": "few"}),
        ({"a": 4, "b": 0}, {"a": "few"}),
    ],
)
def test_withheld(people, out):
    assert withheld(people) == out
