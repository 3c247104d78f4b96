"""Running a demo round: announced by two people, opened, answered by made-up people, and for the past ones closed."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db import transaction

from assessments import reads
from assessments.actions.answers import Answer, submit_answer
from assessments.actions.follow_up import announce_follow_up
from assessments.actions.rounds import close_round, confirm_proposal, open_round, propose_announcement
from assessments.actions.why_changed import Change
from assessments.models import Assessment, Incident, WeightRound
from assessments.questionnaire import COMPARE_NUMBERS, MOST_NUMBER, NO_LEAST, SAME, Questionnaire
from assessments.scoring.schemes import SCHEMES
from assessments.states import AnswerMethod, RoundState
from assessments.wording import WORDING_VERSION
from deliberation.demo import files
from deliberation.demo.counting import settle
from deliberation.demo.towns import at, holder, person
from lastvote.access import Role
from lastvote.jobs.models import OutboxItem
from stakeholders.notices.telling import STEP

LABELS = {number: label for label, number in COMPARE_NUMBERS.items()}
NOT_SURE = "unsure"
BETWEEN_ANSWERS = dt.timedelta(minutes=7)
COUNTING_TIME = dt.timedelta(minutes=1)
OPENING_HOUR, CLOSING_HOUR = 9, 17
RUNNING = (RoundState.DRAFT, RoundState.ANNOUNCED, RoundState.OPEN, RoundState.CLOSED)


def hold_past_round(incident: Incident, data: dict[str, Any]) -> WeightRound:
    """Hold the round that the case's file dates in the past, from announcement to published score.

    The caller holds the transaction.
    """
    return hold_round(incident, data["key"], data["round"]["opens_on"], data["round"]["closes_on"])


def hold_round(incident: Incident, key: str, opens_on: dt.date, closes_on: dt.date) -> WeightRound:
    """Hold a case's first round on these days, with the answers of a file; the caller holds the transaction."""
    opens_at = at(opens_on, OPENING_HOUR, incident.jurisdiction)
    closes_at = at(closes_on, CLOSING_HOUR, incident.jurisdiction)
    weight_round = _answered_round(_assessment(incident), files.answers(key), opens_at, closes_at, notice=8)
    close(weight_round, closes_at + COUNTING_TIME)
    return weight_round


def keep_round_open(incident: Incident, data: dict[str, Any], now: dt.datetime) -> tuple[WeightRound, bool]:
    """Return the case's newest round, and whether it was opened just now because the last one's time is over.

    It opens the day before, so that the daily count of answers has something to show at once.
    """
    assessment = _assessment(incident)
    newest = assessment.rounds.order_by("-number").first()
    if newest and newest.state == RoundState.OPEN and newest.closes_at + COUNTING_TIME <= now:
        close(newest, now)
    if newest and (newest.closes_at > now or _is_running(assessment)):
        return newest, False
    today = now.astimezone(incident.jurisdiction.zone).date()
    opens_at = at(today - dt.timedelta(days=1), OPENING_HOUR, incident.jurisdiction)
    closes_at = at(today + dt.timedelta(days=data["open_round"]["days"]), CLOSING_HOUR, incident.jurisdiction)
    notice = data["open_round"]["notice_days"]
    with transaction.atomic():
        return _answered_round(assessment, files.answers(data["key"]), opens_at, closes_at, notice=notice), True


def _is_running(assessment: Assessment) -> bool:
    return assessment.rounds.filter(state__in=RUNNING).exists()


def _assessment(incident: Incident) -> Assessment:
    assessment = reads.current_assessment(incident)
    if assessment is None:
        raise LookupError(f"{incident.reference} has no assessment.")
    return assessment


def _answered_round(
    assessment: Assessment, rows: list[dict[str, str]], opens_at: dt.datetime, closes_at: dt.datetime, *, notice: int
) -> WeightRound:
    """Announce, open and answer a round; the caller holds the transaction."""
    announced = _announced_round(assessment, opens_at, closes_at, opens_at - dt.timedelta(days=notice))
    weight_round = open_round(weight_round=announced, now=opens_at)
    answer_all(weight_round, rows, opens_at)
    return weight_round


def _announced_round(
    assessment: Assessment, opens_at: dt.datetime, closes_at: dt.datetime, announced_at: dt.datetime
) -> WeightRound:
    """Two people announce a first round. Later ones follow from it: the demo asks again when its time is over."""
    published = assessment.rounds.filter(state=RoundState.PUBLISHED).order_by("-number").first()
    if published is not None and not assessment.retrospective:
        return announce_follow_up(after=published, opens_at=opens_at, closes_at=closes_at, now=opens_at)
    jurisdiction = assessment.incident.jurisdiction
    proposal = propose_announcement(
        assessment=assessment,
        opens_at=opens_at,
        closes_at=closes_at,
        by=holder(jurisdiction, Role.SECRETARIAT),
        now=announced_at,
    )
    return confirm_proposal(
        proposal=proposal, by=holder(jurisdiction, Role.CHAIR), now=announced_at + dt.timedelta(hours=2)
    )


def answer_all(weight_round: WeightRound, rows: list[dict[str, str]], begin: dt.datetime) -> None:
    """Send the answers of a file one after the other, and count them."""
    for row, now in zip(rows, _moments(begin), strict=False):
        _answer(weight_round, row, now)
    settle(weight_round.assessment, begin + BETWEEN_ANSWERS * (len(rows) + 1))
    _tell_nobody(weight_round)


def _moments(opens_at: dt.datetime) -> Iterator[dt.datetime]:
    now = opens_at
    while True:
        now += BETWEEN_ANSWERS
        yield now


def _answer(weight_round: WeightRound, row: dict[str, str], now: dt.datetime) -> None:
    """Send one made-up person's answer the way the form sends it; nobody reads that person's mail, so none is owed."""
    scheme = SCHEMES[weight_round.assessment.scheme]
    filled_in = questionnaire(row, scheme.factors)
    by = person(weight_round.assessment.incident.jurisdiction, row["person"])
    accepted = submit_answer(
        weight_round=weight_round,
        by=by,
        answer=Answer(
            points=filled_in.points(),
            method=filled_in.method,
            raw=filled_in.raw(),
            order_shown=list(filled_in.order),
            reasons=filled_in.reasons,
            change=Change(row.get("change_reason", "")),
            wording_version=WORDING_VERSION,
        ),
        key=f"demo-{weight_round.pk}-{by.pk}",
        now=now,
    )
    OutboxItem.objects.filter(kind__startswith="mail.", subject_id=accepted.submission.pk).delete()


def questionnaire(row: dict[str, str], codes: tuple[str, ...]) -> Questionnaire:
    """Return the weight form as a row of the answers file fills it in."""
    reasons = {"all": row["reason"]} if row["reason"] else {}
    empty = Questionnaire(codes=codes, order=codes, data={"reasons": reasons})
    if row["method"] == AnswerMethod.EQUAL:
        return empty.with_most(SAME)
    if row["method"] == AnswerMethod.POINTS:
        return empty.with_points({code: {"typed": row[code], "number": row[code]} for code in codes})
    most = next(code for code in codes if row[code] == str(MOST_NUMBER))
    labels = {code: _label(row[code]) for code in codes if code != most}
    return empty.with_most(most).having(least=NO_LEAST).with_compared(labels)


def _label(cell: str) -> str:
    return LABELS[None if cell == NOT_SURE else int(cell)]


def close(weight_round: WeightRound, now: dt.datetime) -> None:
    """Close at the legal time and publish; whatever else the round owes is counted first."""
    close_round(weight_round=weight_round, now=now)
    settle(weight_round.assessment, now)
    _tell_nobody(weight_round)


def _tell_nobody(weight_round: WeightRound) -> None:
    """Drop what made-up people would be told of the past; from now on they are told like everybody."""
    OutboxItem.objects.filter(kind__startswith=STEP, subject_id=weight_round.pk).delete()
