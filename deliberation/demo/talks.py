"""Holding the talks of a demo case: what was said, the session and the answers, each at its date by the usual action.

Talks of the past are held to their end. Those that run are held up to the moment of loading, so that whoever tries the
demo can give a reason; their days move with that moment, and no number does.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from django.db import transaction

from assessments.actions.rounds import open_round
from assessments.models import EvidenceItem, Incident
from deliberation.actions.cases import advance_case
from deliberation.actions.facilitating import Note, write_close_note
from deliberation.actions.sessions import Present, minute_session, plan_session
from deliberation.actions.statements import Reason, Response, make_statement, reply
from deliberation.demo import files, rounds
from deliberation.demo.towns import at, holder, person
from deliberation.models import Case, DeliberationRound, Reply, Statement
from deliberation.notices import names
from deliberation.states import ClockKind, DeliberationState
from lastvote.access import Role
from lastvote.jobs.models import OutboxItem
from stakeholders.notices.telling import STEP

A_MOMENT = dt.timedelta(minutes=1)
AN_HOUR = dt.timedelta(hours=1)
STATED_AT, REPLIED_AT, PLANNED_AT = 10, 15, 9
"""Hours of the day on which people of the demo do these things."""

Act = tuple[dt.datetime, Callable[[dt.datetime], object]]
"""When somebody does something, and what."""


def hold_past_talks(incident: Incident, data: dict[str, Any]) -> None:
    """Hold every round of talks that the case's file tells of; the caller holds the transaction."""
    for told in data.get("talks", []):
        _hold(_newest(incident), told, until=None)


def keep_running(incident: Incident, data: dict[str, Any], now: dt.datetime) -> None:
    """Begin the talks of a case that has had no round yet, a few days before now. Later they go on by themselves."""
    if incident.assessments.filter(rounds__isnull=False).exists():
        return
    running = data["running"]
    closes_on = now.astimezone(incident.jurisdiction.zone).date() - dt.timedelta(days=running["convened_days_ago"])
    with transaction.atomic():
        rounds.hold_round(incident, data["key"], closes_on - dt.timedelta(weeks=running["weeks"]), closes_on)
        for told in data["talks"]:
            _hold(_newest(incident), told, until=now)


def standing(incident: Incident) -> Iterator[str]:
    """Say how far the talks of a case are, for whoever loads the demo."""
    case = Case.objects.filter(assessment__incident=incident).first()
    if case is None or not case.rounds.exists():
        return
    one = _newest(incident)
    if one.state == DeliberationState.ENDED:
        yield f"{case.get_outcome_display()}, after {case.rounds_ended} round of talks"
    else:
        until = one.follow_up.closes_at.astimezone(incident.jurisdiction.zone)
        yield f"talks, round {one.number}: {one.get_state_display().lower()}, over on {until:%-d %B %Y at %H:%M}"


def _newest(incident: Incident) -> DeliberationRound:
    rows = DeliberationRound.objects.filter(case__assessment__incident=incident)
    return rows.select_related("case__assessment__incident__jurisdiction", "follow_up__assessment").latest("number")


def _hold(one: DeliberationRound, told: dict[str, Any], *, until: dt.datetime | None) -> None:
    """Do in order whatever is told of a round of talks, and what the protocol asks for, up to a moment."""
    acts = [*_said(one, told), *_session(one, told), *_steps(one, told)]
    for moment, act in sorted(acts, key=lambda one: one[0]):
        if until is None or moment < until:
            act(moment)
    _tell_nobody(one)


def _on(one: DeliberationRound, day: int, hour: int, minute: int = 0) -> dt.datetime:
    """Return a moment of a day, counted from the day on which the talks were convened."""
    place = one.case.assessment.incident.jurisdiction
    convened = one.convened_at.astimezone(place.zone).date()
    return at(convened + dt.timedelta(days=day), hour, place) + dt.timedelta(minutes=minute)


def _said(one: DeliberationRound, told: dict[str, Any]) -> Iterator[Act]:
    for place, row in enumerate(told["statements"]):
        made: dict[str, Statement] = {}
        yield _on(one, row["day"], STATED_AT, place), _stating(one, row, made)
        for number, answer in enumerate(row.get("replies", [])):
            yield _on(one, answer["day"], REPLIED_AT, 10 * place + number), _replying(one, answer, made)


def _stating(one: DeliberationRound, row: dict[str, Any], made: dict[str, Statement]) -> Callable[[dt.datetime], None]:
    def state(now: dt.datetime) -> None:
        reason = Reason(
            item=row["item"],
            difference=row["difference"],
            words=row["words"],
            would_change=row.get("would_change", ""),
            evidence=_cited(one, row),
            shows_name=row.get("shows_name", False),
        )
        by = _person(one, row["person"])
        made["it"] = make_statement(one=one, by=by, reason=reason, key=f"demo-{row['item']}", now=now)

    return state


def _replying(one: DeliberationRound, row: dict[str, Any], made: dict[str, Statement]) -> Callable[[dt.datetime], None]:
    def answer(now: dt.datetime) -> None:
        response = Response(kind=row["kind"], words=row.get("words", ""), evidence=_cited(one, row))
        key = f"demo-{made['it'].token}"
        reply(statement=made["it"], by=_person(one, row["person"]), response=response, key=key, now=now)

    return answer


def _session(one: DeliberationRound, told: dict[str, Any]) -> Iterator[Act]:
    """The session on the day after the statements, its minutes, and the facilitator's note an hour after them."""
    row = told["session"]
    statements_end = one.clocks.get(kind=ClockKind.STATEMENTS).due_at
    starts_at = statements_end + dt.timedelta(days=1, hours=row["hours_later"])
    facilitator = _person(one, row["facilitator"])

    def plan(now: dt.datetime) -> None:
        by = holder(one.case.assessment.incident.jurisdiction, Role.SECRETARIAT)
        plan_session(one=one, place=row["place"], starts_at=starts_at, facilitator=facilitator, by=by, now=now)

    def minute(now: dt.datetime) -> None:
        groups = {group.code: group for group in one.case.assessment.incident.jurisdiction.groups.all()}
        present = {groups[code]: Present(**who) for code, who in row["present"].items()}
        minute_session(session=one.sessions.get(), minutes=row["minutes"], present=present, by=facilitator, now=now)

    yield _on(one, row["planned_on"], PLANNED_AT), plan
    if "minutes" in row:
        yield starts_at + 3 * AN_HOUR, minute
    if "note" in told:
        note = Note(**told["note"])
        yield starts_at + 4 * AN_HOUR, lambda now: write_close_note(one=one, note=note, by=facilitator, now=now)


def _steps(one: DeliberationRound, told: dict[str, Any]) -> Iterator[Act]:
    """What the protocol does at the end of each part, and the answers between."""
    follow_up = one.follow_up
    due = dict(one.clocks.values_list("kind", "due_at"))

    def advance(now: dt.datetime) -> None:
        advance_case(one.case.assessment_id, now)

    def answer(now: dt.datetime) -> None:
        rounds.answer_all(follow_up, files.answers(told["answers"]), now)

    def close(now: dt.datetime) -> None:
        rounds.close(follow_up, now)

    yield due[ClockKind.STATEMENTS], advance
    yield follow_up.opens_at, lambda now: open_round(weight_round=follow_up, now=now)
    if "answers" in told:
        yield follow_up.opens_at + AN_HOUR, answer
    yield due[ClockKind.SESSION], advance
    yield follow_up.closes_at + A_MOMENT, close


def _person(one: DeliberationRound, name: str) -> Any:
    return person(one.case.assessment.incident.jurisdiction, name)


def _cited(one: DeliberationRound, row: dict[str, Any]) -> list[EvidenceItem]:
    numbers = row.get("evidence", [])
    return list(EvidenceItem.objects.filter(incident=one.case.assessment.incident, number__in=numbers))


def _tell_nobody(one: DeliberationRound) -> None:
    """Drop what made-up people would be told of the past; from now on they are told like everybody."""
    sessions = list(one.sessions.values_list("pk", flat=True))
    subjects = {
        names.TALKS_CONVENED: [one.pk],
        names.TALKS_TO_PREPARE: [one.pk],
        names.SESSION_PLANNED: sessions,
        names.SESSION_LACKING: sessions,
        names.STATEMENT_REPLIED: list(Reply.objects.filter(statement__round=one).values_list("pk", flat=True)),
    }
    for kind, ids in subjects.items():
        OutboxItem.objects.filter(kind=f"{STEP}{kind}", subject_id__in=ids).delete()
