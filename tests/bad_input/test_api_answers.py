"""Rows 1 to 16, 61 and 65 for programs: what is sent as an answer is used exactly as it is, or refused with a code."""

import time

import pytest

from assessments.models import CurrentAnswer, RollEntry, Submission, WeightRound
from stakeholders.models import Jurisdiction
from tests.architecture.world import NOW
from tests.bad_input.program import Program, problem
from tests.bad_input.typist import Typist
from tests.factories import DAY

HALVES = {"I": "0.5", "E": "0.5", "R": "0", "X": "0"}
SEVEN = [f"{value}" for value in ("0.1428",) * 7]


@pytest.fixture
def program(world):
    return Program.of(world, "member")


def standing(program, world, who="member"):
    entry = RollEntry.objects.get(person=world.people[who], round=world.rounds["open"])
    current = CurrentAnswer.objects.filter(roll_entry=entry).first()
    return current.submission.points if current and current.submission else None


def refused(program, data, **more):
    before = Submission.objects.count()
    told = problem(program.answer(data, **more))
    assert Submission.objects.count() == before
    return told


@pytest.mark.parametrize("name", ["points", "weights"])
@pytest.mark.parametrize("count", [3, 5, 8, 2000])
def test_row_1_another_number_of_weights(program, name, count):
    response = program.answer({name: ["0.1"] * count})
    assert problem(response) == (400, "weights_count", f"/{name}")
    assert response.json()["detail"] == f"4 {name} needed, got {count}. The order is: I, E, R, X."


@pytest.mark.parametrize(
    ("sent", "place"),
    [
        ({**HALVES, "xyz": "0"}, "/weights/xyz"),
        ({"I": "0.5", "E": "0.5", "R": "0"}, "/weights"),
        ({"i": "1", "E": "0", "R": "0", "X": "0"}, "/weights/i"),
        ({"a/b~": "1", **HALVES}, "/weights/a~1b~0"),
    ],
)
def test_row_2_a_category_that_is_unknown_or_missing(program, sent, place):
    response = program.answer({"weights": sent})
    assert problem(response) == (400, "unknown_category", place)
    assert "I, E, R, X" in response.json()["detail"]


@pytest.mark.parametrize(
    ("sent", "sentence", "fix"),
    [
        (
            ["0.25", "0.25", "0.25", "0.2"],
            "The weights add up to 0.9500, must be 1; 0.05 is missing. Or send points, which are scaled.",
            ["0.25", "0.25", "0.25", "0.2"],
        ),
        (
            [1, 0, 0, "0.0001"],
            "The weights add up to 1.0001, must be 1; 0.0001 is too much. Or send points, which are scaled.",
            ["1", "0", "0", "0.0001"],
        ),
        (
            ["0.2499"] * 4,
            "The weights add up to 0.9996, must be 1; 0.0004 is missing. Or send points, which are scaled.",
            ["1", "1", "1", "1"],
        ),
    ],
)
def test_rows_3_and_4_weights_are_never_rescaled_and_the_fix_is_offered(program, world, sent, sentence, fix):
    response = program.answer({"weights": sent})
    assert problem(response) == (400, "weights_sum", "/weights")
    assert (response.json()["detail"], response.json()["details"]["fix"]) == (sentence, {"points": fix})
    assert program.answer({"points": fix}).status_code == 201


@pytest.mark.parametrize("name", ["points", "weights"])
@pytest.mark.parametrize("nothing", [0, "0", "0.0", "-0", "0e5"])
def test_row_3_all_nothing(program, name, nothing):
    assert refused(program, {name: [nothing] * 4}) == (400, "weights_zero", f"/{name}")


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("-0.1", "min_value"), (-1, "min_value"), ("1.0001", "max_value"), (2, "max_value"), ("1e308", "max_value"),
        ("0.12345", "max_decimal_places"), ("1e-7", "max_decimal_places"), ("1e-400", "max_decimal_places"),
        ("0.50000", "max_decimal_places"),
        ("NaN", "not_finite"), ("-Infinity", "not_finite"), ("sNaN", "not_finite"), ("inf", "not_finite"),
        ("1e999", "not_finite"), ("1e9999", "not_finite"),
        (True, "not_a_number"), (False, "not_a_number"), ([], "not_a_number"), ({}, "not_a_number"),
        (["1"], "not_a_number"), ({"number": 1}, "not_a_number"),
        (None, "required"), ("", "required"),
        ("0,5", "decimal_comma"), ("1.000,5", "not_a_number"),
        ("٠.٥", "ascii_digits"), ("０.５", "ascii_digits"), ("1_0", "not_a_number"), ("0x1", "not_a_number"),
        (" 0.5", "not_a_number"), ("0.5 ", "not_a_number"), ("+0.5", "not_a_number"), (".5", "not_a_number"),
        ("5.", "not_a_number"), ("00.5", "not_a_number"), ("½", "not_a_number"), ("50%", "not_a_number"),
        ("0.5\n", "not_a_number"), ("1e", "not_a_number"), ("--1", "not_a_number"), ("1e99999", "not_a_number"),
        ("9" * 2000, "too_long"), ("0." + "1" * 2000, "too_long"),
    ],
    ids=lambda value: ascii(value)[:24],
)  # fmt: skip
def test_rows_5_to_12_numbers_that_are_none(program, number, code):
    assert refused(program, {"weights": [number, "0.5", "0", "0"]}) == (400, code, "/weights/0")
    assert refused(program, {"weights": HALVES | {"R": number}}) == (400, code, "/weights/R")


@pytest.mark.parametrize("number", ["NaN", "1e999", "-1e999", "9" * 2000, "0." + "1" * 2000, "1e9999999999999999999"])
def test_rows_7_and_12_numbers_that_no_reader_holds(program, number):
    begun = time.perf_counter()
    body = f'{{"weights": [0.5, {number}, 0, 0]}}'
    assert refused(program, None, body=body) in {(400, "not_finite", "/weights/1"), (400, "too_long", "/weights/1")}
    assert time.perf_counter() - begun < 2


def test_everything_that_is_wrong_is_told_at_once(program):
    response = program.answer({"weights": {"I": True, "E": "x", "R": "0,5", "X": "0.5"}})
    assert [(one["code"], one["field"]) for one in response.json()["errors"]] == [
        ("not_a_number", "/weights/I"), ("not_a_number", "/weights/E"), ("decimal_comma", "/weights/R"),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["points", "weights"])
@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (None, "required"), ("", "required"), ([], "required"), ({}, "required"), ("x", "not_a_number"),
        (7, "not_a_number"), (True, "not_a_number"),
    ],
)  # fmt: skip
def test_row_9_what_is_no_list_of_numbers(program, name, sent, code):
    assert refused(program, {name: sent}) == (400, code, f"/{name}")


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ({"weights": ["0.6101", "0.1907", "0.1013", "0.0979"]}, [6101, 1907, 1013, 979]),
        ({"weights": [1, 0, 0, 0]}, [10000, 0, 0, 0]),
        ({"weights": ["1.0", "-0", "-0.0", "0e0"]}, [10000, 0, 0, 0]),
        ({"weights": {"X": "0.1", "R": "0.2", "E": "0.3", "I": "0.4"}}, [4000, 3000, 2000, 1000]),
        ({"points": [1, 1, 1, 0]}, [3334, 3333, 3333, 0]),
        ({"points": {"I": "61.01", "E": 19.07, "R": "10.13", "X": "9.79"}}, [6101, 1907, 1013, 979]),
        ({"points": ["1e3", "1E+3", "1000", 1000.0]}, [2500, 2500, 2500, 2500]),
        ({"points": ["0.000000000001", 0, 0, 0]}, [10000, 0, 0, 0]),
    ],
)
def test_numbers_are_stored_exactly(program, world, sent, stored):
    response = program.answer(sent)
    assert (response.status_code, standing(program, world)) == (201, stored)


def test_json_numbers_are_exact_too(program, world):
    assert program.answer(body='{"weights": [0.6101, 0.1907, 0.1013, 0.0979]}').status_code == 201
    assert standing(program, world) == [6101, 1907, 1013, 979]


def test_row_13_a_name_that_stands_twice(program):
    body = '{"weights": [1, 0, 0, 0], "weights": [0, 1, 0, 0]}'
    assert refused(program, None, body=body) == (400, "duplicate_key", "/weights")


@pytest.mark.parametrize("name", ["group", "person", "roll_entry", "status", "is_staff", "round", "rev", "receipt"])
def test_rows_14_and_59_fields_that_nobody_may_set(program, name):
    assert refused(program, {"points": [1, 1, 1, 1], name: "C"}) == (400, "unknown_field", f"/{name}")


def test_both_ways_at_once(program):
    sent = {"points": [1, 1, 1, 1], "weights": ["0.25"] * 4}
    assert refused(program, sent) == (400, "points_or_weights", "/weights")
    assert refused(program, {}) == (400, "required", "/points")


def test_row_14_people_off_the_roll_find_nothing_on_the_page_or_here(world):
    for who in ("late member", "secretariat", "person"):
        assert refused(Program.of(world, who), {"points": [1, 1, 1, 1]}) == (404, "not_found", "")
        assert Typist.of(world, who).weigh("points", dict.fromkeys("IERX", "25")).status_code == 404


def test_row_15_a_closed_round_says_when_it_closed(world):
    closed = Program.of(world, "member", state="closed")
    response = closed.answer({"points": [1, 1, 1, 1]})
    assert problem(response) == (409, "round_closed", "")
    weight_round = world.rounds["closed"]
    assert response.json()["details"] == {"closes_at": weight_round.closes_at.isoformat(), "state": "closed"}
    assert Typist.of(world, "member", state="closed").weigh("check", {"key": "k", "shown": "s"}).status_code == 409


def test_row_15_the_closing_time_decides_though_nobody_has_closed_the_round(program, world):
    WeightRound.objects.filter(pk=world.rounds["open"].pk).update(closes_at=NOW - DAY)
    assert refused(program, {"points": [1, 1, 1, 1]}) == (409, "round_closed", "")


def test_row_16_a_second_answer_replaces_the_first_and_keeps_it(world):
    author = Program.of(world, "author")
    response = author.answer({"points": [1, 1, 1, 1]})
    assert (response.status_code, response.json()["replaced"]) == (200, True)
    entry = RollEntry.objects.get(person=world.people["author"], round=world.rounds["open"])
    versions = list(entry.submissions.order_by("version").values_list("version", "points"))
    assert versions == [(1, [6101, 1907, 1013, 979]), (2, [2500, 2500, 2500, 2500])]


@pytest.mark.parametrize(
    ("reasons", "code", "place"),
    [
        ("words", "object_expected", "/reasons"),
        ([], "object_expected", "/reasons"),
        ({"Z": "words"}, "unknown_field", "/reasons/Z"),
        ({"I": 7}, "not_a_text", "/reasons/I"),
        ({"all": "x" * 1501}, "max_length", "/reasons/all"),
        ({"all": "be\u202efore"}, "hidden_characters", "/reasons/all"),
        ({"I": "be\x00fore"}, "null_characters", "/reasons/I"),
    ],
)
def test_reasons_are_checked_as_on_the_page(program, reasons, code, place):
    assert refused(program, {"points": [1, 1, 1, 1], "reasons": reasons}) == (400, code, place)


def test_a_language_that_is_not_spoken_here(program):
    assert refused(program, {"points": [1, 1, 1, 1], "language": "xx"}) == (400, "unknown_language", "/language")
    assert refused(program, {"points": [1, 1, 1, 1], "language": ["en"]}) == (400, "unknown_language", "/language")


@pytest.mark.parametrize(
    ("key", "code"),
    [(None, "key_required"), ("", "key_required"), ("k" * 256, "key_format"), ("k" * 300, "key_format"),
     ("schlüssel", "key_format"), ("a\tb", "key_format")],
    ids=ascii,
)  # fmt: skip
def test_row_61_keys_that_are_none(program, key, code):
    assert refused(program, {"points": [1, 1, 1, 1]}, **{"idempotency-key": key}) == (400, code, "")
    response = program.send("DELETE", f"{program.case}answer/", **{"idempotency-key": key})
    assert problem(response) == (400, code, "")


def test_row_61_the_same_once_more_is_answered_alike_and_another_body_is_refused(program):
    Jurisdiction.objects.update(languages=["en", "xh"])
    same = {"idempotency-key": "k" * 255}
    first = program.answer({"points": [1, 1, 1, 1]}, **same)
    again = program.answer({"points": [1, 1, 1, 1]}, **same)
    assert (first.status_code, again.status_code, again.content) == (201, 201, first.content)
    for other in ({"points": [1, 1, 1, 2]}, {"points": [1, 1, 1, 1], "language": "xh"}):
        response = program.answer(other, **same)
        assert problem(response) == (422, "key_reused", "")
    assert response.json()["detail"].startswith("This Idempotency-Key came with another body before.")
    assert Submission.objects.filter(detail__receipt=first.json()["receipt"].replace("-", "")[2:]).count() == 1


def test_row_65_a_session_without_its_protection_token_changes_nothing(program):
    program.client.handler.enforce_csrf_checks = True
    assert refused(program, {"points": [1, 1, 1, 1]}) == (403, "csrf_failed", "")


def test_a_visitor_is_told_to_say_who_they_are(world):
    assert refused(Program.of(world, "visitor"), {"points": [1, 1, 1, 1]}) == (401, "sign_in_first", "")
    assert problem(Program.of(world, "visitor").send("GET", f"{Program.of(world, 'visitor').case}answer/")) == (
        401, "sign_in_first", "",
    )  # fmt: skip


def test_a_case_without_a_round_or_of_elsewhere_is_not_found(world):
    for state in ("received", "rated", "announced"):
        assert refused(Program.of(world, "member", state), {"points": [1, 1, 1, 1]}) == (404, "not_found", "")
    program = Program.of(world, "member")
    program.case = f"{program.place}cases/{world.foreign.reference}/"
    assert refused(program, {"points": [1, 1, 1, 1]}) == (404, "not_found", "")
