"""Why people changed: asked of those who change alone, and told in counts that are never small."""

import json

import pytest

from assessments import reasons_to_read as reading
from assessments.actions import answers, follow_up, publication, rounds
from assessments.actions.answers import Answer
from assessments.actions.why_changed import Change
from assessments.changed_because import changed_because
from assessments.models import CurrentAnswer, RoundRecord, SubmissionDetail
from assessments.reasons_to_read import ReasonToRead
from assessments.states import AnswerMethod
from lastvote.errors import Refused
from tests import factories as make

pytestmark = pytest.mark.django_db
BEFORE, NOW = (4000, 3000, 2000, 1000), make.NOW + 30 * make.DAY
OTHER = [(2500, 2500, 2500, 2500), (1500, 3500, 2500, 2500), (3000, 2000, 2000, 3000), (2000, 3000, 3000, 2000),
         (2200, 2800, 2600, 2400), (3500, 1500, 2500, 2500), (2600, 2400, 2200, 2800)]  # fmt: skip


def second_round(town, answered):
    """A round after one that the people named answered."""
    first = make.open_round(town)
    for place, person in enumerate(answered):
        make.answer(first, person, (BEFORE[0] - 10 * place, *BEFORE[1:3], BEFORE[3] + 10 * place))
    publish(first)
    after = follow_up.announce_follow_up(after=first, opens_at=NOW, closes_at=NOW + 15 * make.DAY, now=NOW)
    return rounds.open_round(weight_round=after, now=NOW)


def publish(weight_round):
    late = weight_round.closes_at + make.DAY
    rounds.close_due_rounds(late)
    publication.count_and_publish(weight_round.assessment_id, late)
    weight_round.refresh_from_db()


def send(weight_round, person, points, change, now=NOW):
    answer = Answer(points=points, method=AnswerMethod.POINTS, change=change)
    return answers.submit_answer(weight_round=weight_round, by=person, answer=answer, key=f"{points}{change}", now=now)


def detail_of(person):
    return SubmissionDetail.objects.filter(submission__roll_entry__person=person).latest("pk")


@pytest.fixture
def read(monkeypatch):
    """The reasons of the talks before, as the app above would name them."""
    monkeypatch.setattr(reading, "_sources", [lambda _round: [ReasonToRead("0123456789abcdef", "Harm done", "C: so")]])


@pytest.fixture
def again():
    town = make.make_town(size=2, codes=("C", "D"))
    return second_round(town, [town.members["C"][0]]), *town.members["C"]


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        (None, ("change_reason_required", "change_reason")),
        (Change(""), ("change_reason_required", "change_reason")),
        (Change("because"), ("unknown_option", "change_reason")),
        (Change("read"), ("reason_read_required", "reason_read")),
        (Change("read", "fedcba9876543210"), ("unknown_reason", "reason_read")),
    ],
)
@pytest.mark.usefixtures("read")
def test_a_change_needs_one_of_the_listed_reasons(again, change, refusal):
    weight_round, person, _new = again
    with pytest.raises(Refused) as refused:
        send(weight_round, person, OTHER[0], change)
    assert (refused.value.code, *refused.value.fields) == refusal
    assert CurrentAnswer.objects.get(roll_entry__person=person, roll_entry__round=weight_round).submission.version == 1


@pytest.mark.usefixtures("read")
def test_the_reason_is_kept_with_the_answer_and_the_one_read_only_if_that_was_it(again):
    weight_round, person, _new = again
    for change, kept in (
        (Change("read", "0123456789abcdef"), ("read", "0123456789abcdef")),
        (Change("mistake", "0123456789abcdef"), ("mistake", "")),
    ):
        send(weight_round, person, OTHER[0], change)
        assert (detail_of(person).change_reason, detail_of(person).reason_read) == kept


def test_who_sends_the_same_again_or_has_nothing_before_is_not_asked(again):
    weight_round, person, new = again
    send(weight_round, person, BEFORE, Change("agree"))
    send(weight_round, new, OTHER[0], None)
    assert [detail_of(one).change_reason for one in (person, new)] == ["", ""]


def test_nobody_is_asked_in_a_first_round():
    _town, weight_round = make.open_town()
    send(weight_round, weight_round.roll.first().person, OTHER[0], None, now=make.NOW)
    assert SubmissionDetail.objects.get().change_reason == ""


def test_the_same_key_with_another_reason_is_another_request(again):
    weight_round, person, _new = again
    for change, code in ((Change("mistake"), ""), (Change("agree"), "key_reused")):
        answer = Answer(points=OTHER[0], method=AnswerMethod.POINTS, change=change)
        sent = {"weight_round": weight_round, "by": person, "answer": answer, "key": "one", "now": NOW}
        if not code:
            answers.submit_answer(**sent)
            continue
        with pytest.raises(Refused) as refused:
            answers.submit_answer(**sent)
        assert refused.value.code == code


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["agree"] * 5, {"agree": 5, "rest": 0}),
        (["agree"] * 4 + ["mistake"], {"rest": 5}),
        (["agree"] * 5 + ["mistake", "other"], None),
        (["agree"] * 5 + ["mistake"] * 2 + ["other", "evidence", "other"], {"agree": 5, "rest": 5}),
    ],
)
def test_a_reason_of_few_is_told_only_together_with_others_or_not_at_all(given, told):
    town = make.make_town(size=len(given), codes=("C", "D"))
    weight_round = second_round(town, town.members["C"])
    for place, (person, reason) in enumerate(zip(town.members["C"], given, strict=True)):
        points = (OTHER[place % 7][0] + 10 * place, *OTHER[place % 7][1:3], OTHER[place % 7][3] - 10 * place)
        send(weight_round, person, points, Change(reason))
    publish(weight_round)
    body = json.loads(RoundRecord.objects.get(round=weight_round).body)
    assert body["since"] == {"C": {"kept": 0, "changed": len(given), "silent": 0, "new": 0}}
    assert body["changed_because"] == ({} if told is None else {"C": told})


def test_nothing_is_told_of_a_group_of_which_it_is_not_told_how_many_changed():
    town = make.make_town(size=7, codes=("C", "D"))
    weight_round = second_round(town, town.members["C"])
    for place, person in enumerate(town.members["C"][:5]):
        send(weight_round, person, OTHER[place], Change("agree"))
    publish(weight_round)
    body = json.loads(RoundRecord.objects.get(round=weight_round).body)
    assert (body["since"], body["changed_because"]) == ({}, {})
    assert changed_because(weight_round, {"C": 5}, {"C": 5}) == {"C": {"agree": 5, "rest": 0}}


def test_who_was_erased_after_the_close_counts_among_the_others():
    town = make.make_town(size=7, codes=("C", "D"))
    weight_round = second_round(town, town.members["C"])
    for place, person in enumerate(town.members["C"]):
        send(weight_round, person, OTHER[place], Change("agree"))
    SubmissionDetail.objects.filter(submission__roll_entry__person=town.members["C"][0]).delete()
    assert changed_because(weight_round, {"C": 7}, {"C": 6}) == {}
    assert changed_because(weight_round, {"C": 12}, {"C": 5}) == {"C": {"agree": 6, "rest": 6}}
