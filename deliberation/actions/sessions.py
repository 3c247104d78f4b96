"""Sessions of a round of talks: planned, moved, held, minuted, with who was there and what they needed.

A session that lacks affected communities or civil society does not count: it is convened a second time, and the second
is held with whoever comes. Who was absent is recorded.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from django.utils.translation import gettext_lazy as _

from assessments.actions.changes_seen import check_seen
from assessments.actions.written_words import check_words
from assessments.models import Assessment
from deliberation import rules
from deliberation.actions.events import record_on_case
from deliberation.models import Attendance, DeliberationRound, Session
from deliberation.notices import names
from deliberation.states import ClockKind, DeliberationState
from lastvote.access import Permission
from lastvote.errors import Refused
from lastvote.transactions import locking
from stakeholders.models import Group, Person
from stakeholders.notices.telling import tell

MOST_SESSIONS = 2
CHANGED = "case.session_changed"
LONGEST_PLACE, LONGEST_NEEDS, LONGEST_MINUTES = 300, 500, 20_000
MOST_PEOPLE = 10_000


@dataclass(frozen=True)
class Meeting:
    """Where and when the groups meet, and what is there so that everybody can take part."""

    place: str
    starts_at: dt.datetime
    access: str = ""


@dataclass(frozen=True)
class Present:
    """How a group took part: people, minutes that they spoke, what they needed, and whether it was there."""

    people: int
    minutes_spoken: int = 0
    access_needs: str = ""
    access_met: bool = True


def plan_session(
    *,
    one: DeliberationRound,
    place: str,
    starts_at: dt.datetime,
    facilitator: Person,
    by: Person,
    now: dt.datetime,
    access: str = "",
) -> Session:
    """Plan the next session of a round, in its days for sessions. Records ``case.session_planned``.

    Refuses a third session, a second one that nobody lacked in the first, a time outside the days for sessions, and a
    facilitator who sells or answers for such systems.
    """
    rules.require(by, Permission.PLAN_SESSION, one.case, now)
    _check_meeting(one, Meeting(place, starts_at, access), now)
    if not rules.may_facilitate(facilitator, one.case, now):
        sentence = _("Choose a facilitator who neither sells nor answers for such systems.")
        raise Refused("conflict_of_interest", sentence, status=409, fields={"facilitator": [sentence]})
    with locking():
        fresh = _locked(one)
        number = _next_number(fresh)
        if number is None:
            raise Refused("session_planned", _("This round has its session already."), status=409)
        session = Session.objects.create(
            round=fresh, number=number, place=place.strip(), starts_at=starts_at, access=access.strip(),
            facilitator=facilitator, planned_by=by, planned_at=now,
        )  # fmt: skip
        facts = {"round": fresh.number, "session": number, "starts_at": starts_at.isoformat()}
        record_on_case("case.session_planned", fresh.case, now, by=by, acting_as="secretariat", facts=facts)
        tell(names.SESSION_PLANNED, session.pk, now)
    return session


def change_session(*, session: Session, meeting: Meeting, seen: str, by: Person, now: dt.datetime) -> Session:
    """Move a session that has not begun, or say anew where it is or what is there. What is the same changes nothing.

    Refuses whoever neither plans nor leads sessions, one that has begun, a time outside the days for sessions, and a
    change of anything but what was seen. Records ``case.session_changed``; everybody concerned is told.
    """
    rules.require_session_keeper(by, session.round.case, now)
    with locking():
        fresh = _locked_session(session)
        wanted = Meeting(meeting.place.strip(), meeting.starts_at, meeting.access.strip())
        before = meeting_of(fresh)
        check_change(fresh, wanted, seen, now)
        if wanted == before:
            return fresh
        fresh.place, fresh.starts_at, fresh.access = wanted.place, wanted.starts_at, wanted.access
        fresh.save(update_fields=["place", "starts_at", "access"])
        _record_change(fresh, before, by, now)
        tell(names.SESSION_CHANGED, fresh.pk, now, anew_since=now)
    return fresh


def meeting_of(session: Session) -> Meeting:
    """Return what of a session can be changed."""
    return Meeting(session.place, session.starts_at, session.access)


def check_change(session: Session, wanted: Meeting, seen: str, now: dt.datetime) -> None:
    """Refuse a change that cannot be made as it is. What is the same already needs nothing."""
    check_ahead(session, now)
    if wanted != meeting_of(session):
        check_seen(seen, asdict(meeting_of(session)))
        _check_meeting(session.round, wanted, now)


def check_ahead(session: Session, now: dt.datetime) -> None:
    """Refuse to change a session that has begun."""
    if now >= session.starts_at:
        raise Refused("session_begun", _("This session has begun, so it cannot be changed any more."), status=409)


def _record_change(session: Session, before: Meeting, by: Person, now: dt.datetime) -> None:
    case, after = session.round.case, asdict(meeting_of(session))
    facts = {
        "round": session.round.number,
        "session": session.number,
        "changed": sorted(name for name, value in asdict(before).items() if value != after[name]),
        "from": before.starts_at.isoformat(),
        "to": session.starts_at.isoformat(),
    }
    plans = rules.may(by, Permission.PLAN_SESSION, case, now)
    acting_as = "secretariat" if plans else "facilitator"
    record_on_case(CHANGED, case, now, by=by, acting_as=acting_as, facts=facts)


def minute_session(
    *, session: Session, minutes: str, present: Mapping[Group, Present], by: Person, now: dt.datetime
) -> Session:
    """Write down once what was said and who was there. Records ``case.session_minuted`` with the groups that lacked.

    Refuses before the session began, a second time, numbers of people that cannot be, and a facilitator who sells or
    answers for such systems.
    """
    rules.require_facilitator(by, session.round.case, now)
    check_words(minutes, field="minutes", longest=LONGEST_MINUTES)
    for row in present.values():
        _check_present(row)
    with locking():
        fresh = _locked_session(session)
        if fresh.minuted_at is not None:
            raise Refused("already_minuted", _("The minutes of this session are published already."), status=409)
        if now < fresh.starts_at:
            raise Refused("too_early", _("The session has not begun yet."), status=409)
        Attendance.objects.bulk_create(
            Attendance(session=fresh, group=group, **vars(row)) for group, row in present.items()
        )
        fresh.minutes, fresh.minuted_by, fresh.minuted_at = minutes.strip(), by, now
        fresh.save(update_fields=["minutes", "minuted_by", "minuted_at"])
        lacking = lacking_in(fresh)
        facts = {"round": fresh.round.number, "session": fresh.number, "lacking": lacking}
        record_on_case("case.session_minuted", fresh.round.case, now, by=by, acting_as="facilitator", facts=facts)
        if lacking and fresh.number < MOST_SESSIONS:
            tell(names.SESSION_LACKING, fresh.pk, now)
    return fresh


def lacking_in(session: Session) -> list[str]:
    """Return the codes of groups without which a session does not count and that sent nobody."""
    needed = [group for group in groups_of_round(session.round) if group.is_affected or group.is_civil_society]
    here = set(session.attendance.filter(people__gte=1).values_list("group_id", flat=True))
    return [group.code for group in needed if group.pk not in here]


def groups_of_round(one: DeliberationRound) -> Sequence[Group]:
    """Return the groups that take part, in canonical order."""
    return list(Group.objects.filter(pk__in=one.basis.sums.values("group")).order_by("position_order"))


def _locked(one: DeliberationRound) -> DeliberationRound:
    """Lock the assessment, as whatever moves the days for sessions does, then read the round as it now is."""
    Assessment.objects.select_for_update().get(case__rounds=one)
    rows = DeliberationRound.objects.select_for_update(of=("self",)).select_related("case__assessment__incident")
    return rows.get(pk=one.pk)


def _locked_session(session: Session) -> Session:
    Assessment.objects.select_for_update().get(case__rounds__sessions=session)
    rows = Session.objects.select_for_update(of=("self",)).select_related("round__case__assessment__incident")
    return rows.get(pk=session.pk)


def takes_session(one: DeliberationRound, now: dt.datetime) -> bool:
    """Whether the next session can be planned: one is lacking, and days for it are ahead."""
    _first, last = _days_for_sessions(one)
    return one.state != DeliberationState.ENDED and now < last and _next_number(one) is not None


def takes_change(session: Session, now: dt.datetime) -> bool:
    """Whether a session can be changed: it has not begun, and days for it are ahead."""
    _first, last = _days_for_sessions(session.round)
    return session.round.state != DeliberationState.ENDED and now < min(session.starts_at, last)


def takes_minutes(session: Session, now: dt.datetime) -> bool:
    """Whether the minutes of a session can be written: it has begun, and they are not published."""
    return session.minuted_at is None and session.starts_at <= now


def _next_number(one: DeliberationRound) -> int | None:
    """The first session, or the second where the first is minuted and lacked somebody it needs; no other."""
    last = one.sessions.order_by("-number").first()
    if last is None:
        return 1
    if last.number >= MOST_SESSIONS or last.minuted_at is None or not lacking_in(last):
        return None
    return last.number + 1


def _check_meeting(one: DeliberationRound, meeting: Meeting, now: dt.datetime) -> None:
    check_words(meeting.place, field="place", longest=LONGEST_PLACE)
    check_words(meeting.access, field="access", longest=LONGEST_NEEDS, required=False)
    _check_time(one, meeting.starts_at, now)


def _days_for_sessions(one: DeliberationRound) -> tuple[dt.datetime, dt.datetime]:
    due = dict(one.clocks.values_list("kind", "due_at"))
    return due[ClockKind.STATEMENTS], due[ClockKind.SESSION]


def _check_time(one: DeliberationRound, starts_at: dt.datetime, now: dt.datetime) -> None:
    first, last = _days_for_sessions(one)
    if one.state == DeliberationState.ENDED or not first <= starts_at <= last or starts_at <= now:
        sentence = _("Choose a time ahead, within the days for sessions.")
        raise Refused("window_length", sentence, fields={"starts_at": [sentence]})


def _check_present(row: Present) -> None:
    for value in (row.people, row.minutes_spoken):
        if not 0 <= value <= MOST_PEOPLE:
            raise Refused("out_of_range", _("Numbers of people and minutes are whole numbers from 0 to 10,000."))
    check_words(row.access_needs, field="access_needs", longest=LONGEST_NEEDS, required=False)
