"""Moving items in an order in which they may share a place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments import placing
from assessments.placing import Move, moved

CODES = ("DI", "SU", "EL", "MA", "CI", "CA", "EM")


def order(words):
    return placing.read(words, sorted(words.replace("=", " ").split()))


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [((1, 2, 3), "A B C"), ((3, 1, 2), "B C A"), ((1, 3, 1), "A=C B"), ((2, 2, 2), "A=B=C"), ((1, 1, 2), "A=B C")],
)
def test_numbers_beside_things_make_an_order(numbers, expected):
    assert placing.written(placing.by_number(dict(zip("ABC", numbers, strict=True)))) == expected


@pytest.mark.parametrize(
    ("before", "move", "code", "after"),
    [
        ("A B C", Move.UP, "C", "A C B"),
        ("A B C", Move.DOWN, "A", "B A C"),
        ("A B C", Move.UP, "A", "A B C"),
        ("A B C", Move.DOWN, "C", "A B C"),
        ("A=B C", Move.UP, "C", "C A=B"),
        ("A B=C", Move.DOWN, "A", "B=C A"),
        ("A=B C", Move.UP, "B", "B A C"),
        ("A=B C", Move.UP, "A", "A B C"),
        ("A=B C", Move.DOWN, "A", "B A C"),
        ("A B=C", Move.DOWN, "C", "A B C"),
        ("A B C", Move.SHARE, "C", "A B=C"),
        ("A B=C", Move.SHARE, "B", "A=B C"),
        ("A B=C", Move.SHARE, "C", "A B=C"),
        ("A=B C", Move.SHARE, "C", "A=B=C"),
        ("A B C", Move.SHARE, "A", "A B C"),
    ],
)
def test_a_move(before, move, code, after):
    assert placing.written(moved(order(before), move, code)) == after


def test_numbers_count_everybody_who_stands_before():
    places = order("A B=C D")

    assert [placing.number_of(places, code) for code in "ABCD"] == [1, 2, 2, 4]
    assert [placing.sharing_with(places, code) for code in "AB"] == [(), ("C",)]


def test_storage_gives_back_what_was_kept():
    assert placing.as_places([["A"], ["B", "C"]]) == (("A",), ("B", "C"))


@pytest.mark.parametrize(
    "words", ["", " ", "A B", "A B C C", "A B C D", "A B=", "A  B C", "A,B,C", "a b c", "A B C\x00"]
)
def test_what_is_no_order_is_not_read(words):
    assert placing.read(words, ("A", "B", "C")) is None


MOVES = st.lists(st.tuples(st.sampled_from(Move), st.sampled_from(CODES)), max_size=30)


@given(MOVES)
def test_whatever_is_pressed_every_item_stays_in_the_order_once(presses):
    places = placing.in_places(CODES)
    for move, code in presses:
        places = moved(places, move, code)
        assert placing.read(placing.written(places), CODES) == places
        assert all(places)


@given(MOVES, st.sampled_from(CODES))
def test_every_item_gets_to_the_top_by_moving_up(presses, code):
    places = placing.in_places(CODES)
    for press in presses:
        places = moved(places, *press)
    for _press in CODES:
        places = moved(places, Move.UP, code)

    assert places[0] == (code,)
