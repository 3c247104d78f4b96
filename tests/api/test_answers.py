"""Answering by program: what is told, what is stored, and that pages show it as any other answer."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.actions import publication, rounds
from assessments.models import CurrentAnswer, Draft, Submission
from tests.architecture.conftest import browsers, built_world, world  # noqa: F401 -- fixtures
from tests.bad_input.program import Program, problem
from tests.bad_input.typist import Typist, boxes

WEIGHTS = {"weights": {"I": "0.6101", "E": "0.1907", "R": "0.1013", "X": "0.0979"}}
NUMBERS = ("6101", "0.6101", "61.01", "1907", "1013", "979")


@pytest.fixture
def program(world):  # noqa: F811
    return Program.of(world, "member")


def latest():
    return Submission.objects.select_related("detail").latest("pk")


def test_an_answer_is_receipted_and_its_shares_are_in_no_receipt(program, world):  # noqa: F811
    response = program.answer(WEIGHTS | {"reasons": {"all": "Because.", "I": " "}, "language": "en"})
    told = response.json()
    links = told.pop("links")
    receipt = told.pop("receipt")
    closes = world.rounds["open"].closes_at.isoformat().replace("+00:00", "Z")
    assert (response.status_code, told) == (
        201, {"status": "sent", "replaced": False, "round": 1, "closes_at": closes},
    )  # fmt: skip
    assert [number for number in NUMBERS if number in response.content.decode()] == []
    assert response["Cache-Control"] == "no-store, private"
    assert receipt.startswith("LV-")
    assert program.client.get(links["sent_page"]).status_code == 200
    detail = latest().detail
    assert (detail.method, detail.reasons, detail.language) == ("weights", {"all": "Because."}, "en")
    assert detail.raw == {"values": {code: {"typed": one, "number": one} for code, one in WEIGHTS["weights"].items()}}
    assert detail.first_points == latest().points == [6101, 1907, 1013, 979]


def test_the_author_alone_reads_it_again(program, world):  # noqa: F811
    assert program.send("GET", f"{program.case}answer/").json()["answer"] is None
    receipt = program.answer(WEIGHTS).json()["receipt"]
    response = program.send("GET", f"{program.case}answer/")
    told = response.json()
    assert told["answer"] == {
        "points": {"I": 6101, "E": 1907, "R": 1013, "X": 979}, "method": "weights", "reasons": {}, "language": "en",
        "change_reason": None, "reason_read": None,
    }  # fmt: skip
    assert [(one["receipt"], one["status"]) for one in told["sent"]] == [(receipt, "sent")]
    assert (told["group"], told["state"], response["Cache-Control"]) == ("A", "open", "no-store, private")
    other = Program.of(world, "author")
    assert other.send("GET", f"{other.case}answer/").json()["answer"]["method"] == "points"


def test_taking_it_back_and_sending_again(program):
    program.answer(WEIGHTS)
    response = program.send("DELETE", f"{program.case}answer/")
    assert (response.status_code, response.json()["status"]) == (200, "withdrawn")
    assert problem(program.send("DELETE", f"{program.case}answer/")) == (409, "nothing_to_withdraw", "")
    told = program.send("GET", f"{program.case}answer/").json()
    assert (told["answer"], [one["status"] for one in told["sent"]]) == (None, ["withdrawn", "withdrawn"])
    again = program.answer({"points": [1, 1, 1, 1]})
    assert (again.status_code, latest().version) == (200, 3)


def test_the_pages_show_it_and_offer_it_to_be_changed(program, world):  # noqa: F811
    receipt = program.answer(WEIGHTS).json()["receipt"]
    member = Typist.of(world, "member")
    you = member.client.get("/testville/you/").content.decode()
    assert receipt in you
    assert "61%" in you
    change = member.client.get(f"{member.case}weigh/change/", follow=True)
    assert change.redirect_chain[-1][0].endswith("/weigh/points/")
    assert {name: value for name, value in boxes(change).items() if name in "IERX"} == {
        "I": "61.01", "E": "19.07", "R": "10.13", "X": "9.79",
    }  # fmt: skip
    found = member.client.post("/testville/receipt/", {"reference": receipt})
    assert found.status_code == 200
    assert [number for number in NUMBERS if number in found.content.decode()] == []


def test_points_by_program_are_offered_to_be_changed_as_they_were_sent(program, world):  # noqa: F811
    program.answer({"points": [3, "1.5", 0, 0]})
    member = Typist.of(world, "member")
    change = member.client.get(f"{member.case}weigh/change/", follow=True)
    assert {name: value for name, value in boxes(change).items() if name in "IERX"} == {
        "I": "3", "E": "1.5", "R": "0", "X": "0",
    }  # fmt: skip


def test_the_first_shares_stay_the_first(program):
    program.answer({"points": [1, 0, 0, 0]})
    program.answer(WEIGHTS)
    assert latest().detail.first_points == [10000, 0, 0, 0]


def test_a_draft_on_the_pages_gives_way_to_what_is_sent(program, world):  # noqa: F811
    member = Typist.of(world, "member")
    member.weigh("points", dict.fromkeys("IERX", "25"))
    member.weigh("why")
    program.answer(WEIGHTS)
    assert Draft.objects.filter(roll_entry__person=world.people["member"]).count() == 0
    assert latest().detail.first_points == [2500, 2500, 2500, 2500]


def test_it_counts_like_any_other(program, world, time_machine):  # noqa: F811
    program.answer(WEIGHTS)
    weight_round = world.rounds["open"]
    over = weight_round.closes_at + 2 * rounds.GRACE
    time_machine.move_to(over)
    rounds.close_due_rounds(over)
    publication.count_and_publish(weight_round.assessment_id, over)
    later = Program.of(world, "member")
    told = later.send("GET", f"{later.case}answer/").json()
    assert (told["state"], told["sent"][0]["status"]) == ("published", "uncounted")
    standing = CurrentAnswer.objects.filter(roll_entry__round=weight_round).values_list("submission__points", flat=True)
    assert list(standing).count([6101, 1907, 1013, 979]) == 2


def test_sending_takes_a_fixed_number_of_questions(program):
    program.answer(WEIGHTS)
    counts = []
    for number in (2, 3):
        with CaptureQueriesContext(connection) as asked:
            program.answer({"points": [number, 1, 1, 1]})
        counts.append(len(asked))
    with CaptureQueriesContext(connection) as reading:
        program.send("GET", f"{program.case}answer/")
    assert (counts, len(reading)) == ([23, 23], 12)
