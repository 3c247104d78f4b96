"""Rows 1 to 13 of the catalogue of bad input, as the points page and the comparisons answer them.

A form takes what people type: other scripts' digits, a comma, any positive total. What it cannot take it names.
"""

import time

import pytest

from tests.bad_input.typist import boxes, errors

NOT_A_NUMBER = ["Points for Harm done must be a number, like 25 or 12.5"]
THREE = {"E": "20", "R": "20", "X": "20"}


def read(draft):
    return {code: entry["number"] for code, entry in draft["points"].items()}


def test_row_1_a_box_that_is_missing_counts_as_empty_and_one_too_many_as_nothing(member):
    response = member.weigh("points", {"I": "40", "E": "30", "R": "30", "Q": "50"})
    assert response.status_code == 302
    assert read(member.draft()) == {"I": "40.0", "E": "30.0", "R": "30.0", "X": ""}


@pytest.mark.parametrize("step", ["most", "compare/1"])
def test_row_2_an_unknown_choice_is_refused(member, step):
    member.weigh("most", {"most": "I"})
    response = member.weigh(step, {"most": "xyz", **dict.fromkeys("ERX", "xyz")})
    assert response.status_code == 422
    assert [sentence.partition(" ")[0] for sentence in errors(response)] == ["Choose"] * (1 if step == "most" else 3)


@pytest.mark.parametrize("typed", [("0", "0", "0", "0"), ("", "", "", ""), ("0", "0.00", "-0", "")], ids=str)
def test_row_3_nothing_for_anything_is_refused(member, typed):
    response = member.weigh("points", dict(zip("IERX", typed, strict=True)))
    assert (response.status_code, errors(response)) == (422, ["Give at least one of them more than 0"])


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param(("0.95", "0", "0", "0"), id="row 3, sum 0.95"),
        pytest.param(("0.1428", "0.1428", "0.1428", "0.1428"), id="row 4, sum below 1"),
        pytest.param(("1.0001", "1", "1", "1"), id="row 5, above 1"),
        pytest.param(("0.12345", "1", "1", "1"), id="row 6, five places"),
        pytest.param(("0,5", "0,5", "1", "1"), id="row 10, decimal comma"),
        pytest.param(("٣٣٫٣", "٣٣", "१७", "17"), id="row 11, other digits"),
        pytest.param(("33.3 %", " 33,3 ", "1 000", "+5"), id="signs and spaces"),
    ],
)
def test_any_positive_numbers_are_taken_as_proportions(member, typed):
    response = member.weigh("points", dict(zip("IERX", typed, strict=True)))
    assert response.status_code == 302
    assert member.client.get(f"{member.case}weigh/why/").status_code == 200


def test_row_5_minus_nought_is_stored_as_nought(member):
    member.weigh("points", {"I": "-0", **THREE})
    assert float(read(member.draft())["I"]) == 0
    assert member.weigh("why").status_code == 302
    assert member.draft()["first_points"][0] == 0


def test_row_5_less_than_nothing_is_refused(member):
    response = member.weigh("points", {"I": "-0.1", **THREE})
    assert (response.status_code, errors(response)) == (422, ["Points for Harm done must be 0 or more"])


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("1e-7", id="row 6, exponent"),
        pytest.param("1e-400", id="row 6, exponent below every float"),
        pytest.param("NaN", id="row 7, nan"),
        pytest.param("sNaN", id="row 7, signalling nan"),
        pytest.param("Infinity", id="row 7, infinity"),
        pytest.param("-inf", id="row 7, minus infinity"),
        pytest.param("1e999", id="row 7, above every float"),
        pytest.param("true", id="row 8, truth value"),
        pytest.param("null", id="row 9, null"),
        pytest.param("[]", id="row 9, list"),
        pytest.param("{}", id="row 9, object"),
        pytest.param("1_0", id="row 11, underscore"),
        pytest.param("0x1", id="row 11, hexadecimal"),
        pytest.param("½", id="fraction sign"),
        pytest.param("1.2.3", id="two points"),
        pytest.param("--5", id="two signs"),
        pytest.param("1 2", id="two numbers"),
        pytest.param("%", id="sign only"),
        pytest.param("5\x00", id="row 28, null character"),
        pytest.param("=1+1", id="formula"),
        pytest.param("9" * 41, id="row 12, a little too long"),
        pytest.param("9" * 2000, id="row 12, 2,000 digits"),
    ],
)
def test_what_is_no_number_is_named_and_everything_typed_is_kept(member, typed):
    response = member.weigh("points", {"I": typed, **THREE})
    assert (response.status_code, errors(response)) == (422, NOT_A_NUMBER)
    assert boxes(response) == {"I": typed, **THREE}
    assert member.draft() == {}


def test_row_9_only_spaces_are_an_empty_box(member):
    member.weigh("points", {"I": " \u00a0\u200b", **THREE})
    assert read(member.draft())["I"] == ""


def test_row_12_a_very_long_number_takes_no_time(member):
    many = dict.fromkeys("IERX", "9" * 20_000)
    started = time.process_time()
    response = member.weigh("points", many)
    assert (response.status_code, len(errors(response))) == (422, 4)
    assert time.process_time() - started < 2


def test_row_13_a_box_that_comes_twice_is_refused(member):
    response = member.weigh("points", {"I": ["10", "90"], **THREE})
    assert (response.status_code, errors(response)) == (422, ["Type the points for Harm done once"])
    assert member.draft() == {}
