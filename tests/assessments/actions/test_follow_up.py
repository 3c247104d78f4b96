"""A round that follows another: convened by the protocol, with the answers of the round before carried over."""

import datetime as dt
import json
from decimal import Decimal

import pytest

from assessments import reads
from assessments.actions import answers, erasure, follow_up, proposals, publication, ratings, rounds, scores
from assessments.models import CurrentAnswer, RollEntry, RoundRecord, Submission, WeightRound
from assessments.scoring.arithmetic import apportion
from assessments.scoring.schemes import SCHEMES
from assessments.states import AnswerMethod, RoundState, RoundVerb, SubmissionKind
from assessments.status import AnswerStatus, status_of
from assessments.verification import verify
from deliberation.actions.cases import advance_case
from lastvote.audit.models import AuditEvent
from lastvote.errors import Refused
from stakeholders import actions as people
from stakeholders.models import Membership
from tests import factories as make

pytestmark = pytest.mark.django_db
ANSWERS = [
    (4000, 3000, 2000, 1000), (1000, 2000, 3000, 4000), (3000, 1000, 4000, 2000), (2000, 4000, 1000, 3000),
    (2500, 2500, 2500, 2500), (3500, 2500, 1500, 2500), (2500, 1500, 3500, 2500),
]  # fmt: skip
OTHER = [(1500, 3500, 2500, 2500), (2500, 3500, 1500, 2500), (3000, 2000, 2000, 3000), (2000, 3000, 3000, 2000),
         (2200, 2800, 2600, 2400)]  # fmt: skip
CLOSED = make.NOW + 22 * make.DAY
SECOND = CLOSED + make.DAY


@pytest.fixture
def town():
    return make.make_town(size=7, codes=("C", "D"))


@pytest.fixture
def first(town):
    """A published round in which all seven of C answered and six of D."""
    weight_round = make.open_round(town)
    for person, points in zip(town.members["C"], ANSWERS, strict=True):
        make.answer(weight_round, person, points)
    for person, points in zip(town.members["D"][:6], ANSWERS, strict=False):
        make.answer(weight_round, person, points)
    return publish(weight_round, CLOSED)


def publish(weight_round, now):
    rounds.close_due_rounds(now)
    publication.count_and_publish(weight_round.assessment_id, now)
    weight_round.refresh_from_db()
    assert weight_round.state == RoundState.PUBLISHED
    return weight_round


def announce(after, *, now=SECOND, opens_at=SECOND, closes_at=SECOND + 15 * make.DAY):
    return follow_up.announce_follow_up(after=after, opens_at=opens_at, closes_at=closes_at, now=now)


def reopen(after, now=SECOND):
    return rounds.open_round(
        weight_round=announce(after, now=now, opens_at=now, closes_at=now + 15 * make.DAY), now=now
    )


def close(weight_round):
    return publish(weight_round, weight_round.closes_at + make.DAY)


def change(weight_round, people_and_points, now=SECOND):
    for person, points in people_and_points:
        make.answer(weight_round, person, points, now=now)


def result(weight_round):
    body = json.loads(RoundRecord.objects.get(round=weight_round).body)
    return body, {row["code"]: row for row in body["result"]["groups"]}


def problems(weight_round):
    weight_round.assessment.refresh_from_db()
    return [finding.problem for finding in verify(weight_round.assessment) if finding.problem]


def refusal(act, **arguments):
    with pytest.raises(Refused) as refused:
        act(**arguments)
    return refused.value.code, refused.value.status


# --- Announcing -------------------------------------------------------------------------------------------------


def test_a_follow_up_is_announced_at_once_by_the_system(first):
    after = announce(first)
    assert (after.number, after.state, after.carried_from, after.announced_at) == (
        2, RoundState.ANNOUNCED, first, SECOND,
    )  # fmt: skip
    event = AuditEvent.objects.filter(kind="round.announced").latest("pk")
    assert (event.acting_as, event.actor_id, event.facts["round"], event.facts["after"]) == ("system", None, 2, 1)


def test_a_follow_up_follows_the_newest_round_once_it_is_published(town, first):
    second = reopen(first)
    assert refusal(announce, after=first) == ("round_running", 409)
    close(second)
    later = {"now": second.published_at, "opens_at": second.published_at, "closes_at": second.published_at + make.DAY}
    assert refusal(announce, after=first, **later) == ("round_not_published", 409)
    assert announce(second, **later).carried_from == second


def test_a_round_that_somebody_proposed_gives_way_to_a_follow_up_and_is_never_announced(town, first):
    """Nobody can propose one any more; one may wait from before that was so."""
    prepared = rounds.draft(rounds.lock(first.assessment_id), SECOND + 8 * make.DAY, SECOND + 29 * make.DAY)
    waiting = proposals.propose(
        weight_round=prepared, verb=RoundVerb.ANNOUNCE, reason="", by=town.staff["secretariat"], now=SECOND
    )
    confirm = {"act": rounds.confirm_proposal, "proposal": waiting, "by": town.staff["chair"], "now": SECOND}
    assert refusal(**confirm) == ("already_published", 409)
    after = announce(first)
    assert (after.number, WeightRound.objects.count()) == (2, 2)
    assert refusal(**confirm) == ("content_changed", 409)


@pytest.mark.parametrize("window", [
    {"opens_at": SECOND - dt.timedelta(seconds=1)},
    {"closes_at": SECOND},
])  # fmt: skip
def test_a_follow_up_lies_ahead(first, window):
    assert refusal(announce, after=first, **window) == ("out_of_range", 422)


# --- Carrying ---------------------------------------------------------------------------------------------------


def test_silence_carries_the_earlier_answer_marked_as_carried(town, first):
    second = reopen(first)
    rows = Submission.objects.filter(roll_entry__round=second).order_by("rev")
    assert {row.kind for row in rows} == {SubmissionKind.CARRIED}
    assert sorted(row.points for row in rows if row.roll_entry.group == town.groups["C"]) == sorted(map(list, ANSWERS))
    assert [row.rev for row in rows] == list(range(rows[0].rev, rows[0].rev + 13))
    second.assessment.refresh_from_db()
    assert second.assessment.input_rev == rows[12].rev + 1
    assert CurrentAnswer.objects.filter(roll_entry__round=second).count() == 13
    assert all(answers.commitment(bytes(row.detail.salt), row) == row.commitment for row in rows)
    assert len({bytes(row.detail.salt) for row in Submission.objects.all()}) == 26
    event = AuditEvent.objects.get(kind="round.answers_carried")
    assert event.facts == {"round": 2}


def test_what_was_typed_comes_along_and_reasons_stay_where_they_were_given(town, first):
    second = reopen(first)
    detail = Submission.objects.get(roll_entry__round=second, roll_entry__person=town.members["C"][0]).detail
    before = Submission.objects.get(roll_entry__round=first, roll_entry__person=town.members["C"][0]).detail
    assert (detail.raw, detail.method, detail.reasons, detail.first_points) == (before.raw, before.method, {}, None)
    assert detail.receipt != before.receipt


def test_only_an_answer_that_stands_for_the_same_group_is_carried(town, first):
    mover, leaver, silent = town.members["C"][0], town.members["C"][1], town.members["D"][6]
    Membership.objects.filter(person__in=(mover, leaver)).update(valid_until=CLOSED.date())
    people.join_group(person=mover, group=town.groups["D"], valid_from=SECOND.date(), now=CLOSED)
    second = reopen(first)
    assert Submission.objects.filter(roll_entry__round=second).count() == 11
    assert RollEntry.objects.get(round=second, person=mover).earlier is None
    assert RollEntry.objects.filter(round=second, person=leaver).count() == 0
    assert not hasattr(RollEntry.objects.get(round=second, person=silent), "current")


def test_carried_answers_are_counted_and_everything_recomputes(town, first):
    second = reopen(first)
    scores.recompute(assessment_id=second.assessment_id, now=SECOND)
    assert {row.group_id: (row.n, tuple(row.s)) for row in second.sums.all()} == {
        row.group_id: (row.n, tuple(row.s)) for row in first.sums.all()
    }
    assert problems(second) == []


def test_a_carried_answer_can_be_kept_changed_and_withdrawn(town, first):
    second = reopen(first)
    keeper, changer, leaver = town.members["C"][:3]
    kept = answers.keep_answer(weight_round=second, by=keeper, key="keep", now=SECOND)
    assert (kept.submission.kind, kept.submission.version, tuple(kept.submission.points)) == (
        SubmissionKind.ANSWER, 2, ANSWERS[0],
    )  # fmt: skip
    assert (kept.submission.detail.method, kept.submission.detail.raw["values"]["I"]["typed"]) == (
        AnswerMethod.POINTS, "4000",
    )  # fmt: skip
    assert answers.keep_answer(weight_round=second, by=keeper, key="keep", now=SECOND) == kept
    change(second, [(changer, OTHER[0])])
    answers.withdraw_answer(weight_round=second, by=leaver, key="back", now=SECOND)
    scores.recompute(assessment_id=second.assessment_id, now=SECOND)
    assert second.sums.get(group=town.groups["C"]).n == 6
    assert answers.keep_answer(weight_round=second, by=leaver, key="again", now=SECOND).submission.version == 3
    scores.recompute(assessment_id=second.assessment_id, now=SECOND)
    assert problems(second) == []


def test_there_is_nothing_to_keep_where_nothing_was_carried(town, first):
    newcomer = town.members["D"][6]
    second = reopen(first)
    act = {"weight_round": second, "by": newcomer, "key": "keep", "now": SECOND}
    assert refusal(answers.keep_answer, **act) == ("nothing_to_keep", 409)


def test_a_carried_answer_says_so_until_the_close(town, first):
    second = reopen(first)
    submission = Submission.objects.get(roll_entry__round=second, roll_entry__person=town.members["C"][0])
    assert status_of(submission, submission, submission.roll_entry) == AnswerStatus.CARRIED
    rounds.close_due_rounds(second.closes_at + make.DAY)
    submission.roll_entry.round.refresh_from_db()
    assert status_of(submission, submission, submission.roll_entry) == AnswerStatus.CLOSED


def test_silence_is_no_answer_for_reminders_bands_and_an_early_close(town, first):
    second = reopen(first)
    assert reads.not_answered(second).count() == 14
    assert set(reads.answered_bands(second, SECOND + make.DAY).values()) == {0}
    assert reads.groups_short_of_answers(second) == [town.groups["C"], town.groups["D"]]
    answers.keep_answer(weight_round=second, by=town.members["C"][0], key="keep", now=SECOND)
    assert reads.not_answered(second).count() == 13


def test_erasing_somebody_in_a_follow_up_withdraws_what_was_carried(town, first):
    second = reopen(first)
    person = town.members["C"][0]
    erasure.erase_answers(person=person, by=None, now=SECOND)
    scores.recompute(assessment_id=second.assessment_id, now=SECOND)
    assert second.sums.get(group=town.groups["C"]).n == 6
    assert Submission.objects.filter(roll_entry__round=second, detail=None, version=1).count() == 1
    assert problems(second) == []


# --- Holding back -----------------------------------------------------------------------------------------------


def test_four_changes_leave_the_earlier_position_and_tell_nothing(town, first):
    second = reopen(first)
    change(second, zip(town.members["C"][:4], OTHER, strict=False))
    close(second)
    body, groups = result(second)
    _before, earlier = result(first)
    assert groups["C"] == earlier["C"] | {"how": "held"}
    assert groups["D"] == earlier["D"] | {"how": "held"}
    assert body["result"]["score"] == _before["result"]["score"]
    assert body["statistics"] == _before["statistics"]
    record = RoundRecord.objects.get(round=first)
    assert body["standing"] == {"C": record.reference, "D": record.reference}
    assert (body["since"], body["first_to_sent"]) == ({}, {})
    assert body["frozen"]["after"] == [record.reference]
    assert body["frozen"]["carried_from"] == 1
    assert problems(second) == []


def test_five_changes_move_the_mean(town, first):
    second = reopen(first)
    change(second, zip(town.members["C"][:5], OTHER, strict=True))
    close(second)
    body, groups = result(second)
    assert (groups["C"]["how"], groups["D"]["how"]) == ("mean", "held")
    answers_now = [*OTHER, *ANSWERS[5:]]
    assert groups["C"]["position"] == list(apportion([sum(column) for column in zip(*answers_now, strict=True)]))
    assert set(body["standing"]) == {"D"}
    assert body["first_to_sent"] == {"C": "0.0000"}
    assert problems(second) == []


def test_an_answer_of_a_held_group_says_that_the_earlier_position_stands(town, first):
    second = reopen(first)
    change(second, [(town.members["C"][0], OTHER[0])])
    close(second)
    submission = Submission.objects.get(roll_entry__round=second, roll_entry__person=town.members["C"][0], version=2)
    assert status_of(submission, submission, submission.roll_entry) == AnswerStatus.HELD


def test_a_third_round_is_compared_with_the_first_too(town, first):
    """Four go back to what they said at first: against the second round five changed, against the first only two."""
    second = reopen(first)
    change(second, zip(town.members["C"][:5], OTHER, strict=True))
    close(second)
    third = reopen(second, second.published_at)
    back = [*zip(town.members["C"][:4], ANSWERS, strict=False), (town.members["C"][5], OTHER[0])]
    change(third, back, third.opened_at)
    close(third)
    _body, groups = result(third)
    _body2, second_groups = result(second)
    assert groups["C"] == second_groups["C"] | {"how": "held"}
    assert problems(third) == []


def test_changes_add_up_over_rounds_that_were_held_back(town, first):
    second = reopen(first)
    change(second, zip(town.members["C"][:3], OTHER, strict=False))
    close(second)
    third = reopen(second, second.published_at)
    change(third, zip(town.members["C"][3:5], OTHER[3:], strict=True), third.opened_at)
    close(third)
    assert (result(second)[1]["C"]["how"], result(third)[1]["C"]["how"]) == ("held", "mean")


def test_a_group_with_too_few_answers_left_is_not_counted_and_nothing_of_it_stands(town, first):
    second = reopen(first)
    for number, person in enumerate(town.members["D"][:2]):
        answers.withdraw_answer(weight_round=second, by=person, key=f"back-{number}", now=SECOND)
    close(second)
    row = result(second)[1]["D"]
    assert (row["how"], row["n"], row["position"]) == ("absent", None, None)


def test_a_published_round_recomputes_after_its_people_are_erased(town, first):
    second = reopen(first)
    change(second, zip(town.members["C"][:4], OTHER, strict=False))
    close(second)
    for person in town.members["C"]:
        erasure.erase_answers(person=person, by=None, now=second.published_at)
    assert problems(second) == []


@pytest.mark.parametrize(("different", "how"), [(1, "held"), (5, "mean")])
def test_a_case_rated_again_is_compared_with_what_was_published_before(town, first, different, how):
    """Nothing is carried over, but the same answers given again must not tell the one that differs."""
    again = rated_again(town, first)
    third = rounds.open_round(weight_round=make.announce(town, again, opens_at=SECOND + 9 * make.DAY), now=AGAIN)
    assert Submission.objects.filter(roll_entry__round=third).count() == 0
    given = [*OTHER[:different], *ANSWERS[different:]]
    change(third, zip(town.members["C"], given, strict=True), AGAIN)
    close(third)
    body, groups = result(third)
    assert groups["C"]["how"] == how
    assert ("since" in body, list(body["standing"])) == (False, ["C"] if how == "held" else [])
    assert problems(third) == []


AGAIN = SECOND + 9 * make.DAY


def rated_again(town, first):
    """The assessment that takes the place of the one of ``first``, rated alike and fixed."""
    old = first.assessment
    advance_case(old.pk, CLOSED)
    by, item = town.staff["secretariat"], old.incident.evidence.get()
    again = ratings.open_assessment(
        incident=old.incident, scheme=old.scheme, policy_version=town.policy, opened_on=CLOSED.date(), by=by,
        now=CLOSED, supersedes=old, rescored_because="New evidence.",
    )  # fmt: skip
    rows = [
        ratings.RatedValue(factor=factor, part=part, value=Decimal("0.5"), reason="As told.", evidence=[item])
        for factor, part in ratings.expected_parts(SCHEMES[old.scheme])
    ]
    for evaluator in town.evaluators[:2]:
        ratings.submit_rating(assessment=again, values=rows, by=evaluator, now=CLOSED)
    ratings.freeze_ratings(assessment=again, by=by, now=CLOSED)
    publication.count_and_publish(again.pk, CLOSED)
    again.refresh_from_db()
    return again


def test_who_kept_changed_and_said_nothing_is_told_only_in_numbers_from_five():
    town = make.make_town(size=15, codes=("C", "D"))
    weight_round = make.open_round(town)
    for letter in ("C", "D"):
        for place, person in enumerate(town.members[letter]):
            make.answer(weight_round, person, ANSWERS[place % 7])
    publish(weight_round, CLOSED)
    second = reopen(weight_round)
    for letter, kept in (("C", 5), ("D", 4)):
        change(second, [(person, OTHER[place]) for place, person in enumerate(town.members[letter][:5])])
        for person in town.members[letter][5 : 5 + kept]:
            answers.keep_answer(weight_round=second, by=person, key=f"keep-{person.pk}", now=SECOND)
    close(second)
    body, groups = result(second)
    assert {code: row["how"] for code, row in groups.items()} == {"C": "mean", "D": "mean"}
    assert body["since"] == {"C": {"kept": 5, "changed": 5, "silent": 5, "new": 0}}
