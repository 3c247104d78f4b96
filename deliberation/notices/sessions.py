"""What people are told of sessions: planned, changed, one that lacked somebody it needs, minutes that are due."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.notices import about, content
from deliberation.models import DeliberationRound, Session
from deliberation.notices import names
from deliberation.notices.part_takers import end_of, incident_of, leaders, office_of, part_takers, talks
from deliberation.room.addresses import desk_of, room_of
from deliberation.rules import may_facilitate, place_in
from deliberation.states import ClockKind, DeliberationState
from lastvote.access import Role
from lastvote.web import deadlines
from stakeholders.models import Person
from stakeholders.notices.kinds import About, Content, Kind
from stakeholders.notices.telling import tell, told

MINUTES_WANTED = dt.timedelta(days=1)
"""So long after a session began, whoever led it hears that its minutes are missing."""


def tell_of_missing_minutes(now: dt.datetime) -> int:
    """Owe it to whoever led a session that they hear when its minutes are due; called by each sweep."""
    held = Session.objects.filter(minuted_at__isnull=True, starts_at__lte=now - MINUTES_WANTED)
    due = held.exclude(pk__in=told(names.MINUTES_DUE)).order_by("pk").values_list("pk", flat=True)
    return sum(tell(names.MINUTES_DUE, pk, now) for pk in due)


def _session(subject_id: int) -> Session:
    rows = Session.objects.select_related("round__case__assessment__incident__jurisdiction", "facilitator")
    return rows.get(pk=subject_id)


def _invited(subject_id: int, now: dt.datetime) -> Iterable[int]:
    session = _session(subject_id)
    return [*part_takers(session.round_id, now), *leaders(session.round, now)]


def _concerned(subject_id: int, now: dt.datetime) -> Iterable[int]:
    """Return who may come to a session that is still to begin, who leads it, and who organises it."""
    session = _session(subject_id)
    return [*_invited(subject_id, now), *_secretariat(session, now)]


def _secretariat(session: Session, now: dt.datetime) -> list[int]:
    return office_of(session.round.case, (Role.SECRETARIAT,), now)


def _say_session(subject_id: int, person: Person, now: dt.datetime) -> Content | None:
    session = _session(subject_id)
    leads = _leads(session, person, now)
    if not leads and place_in(session.round, person) is None:
        return None
    subject = _("You lead a session of the groups") if leads else _("The groups meet")
    return _say(session, leads=leads, subject=subject, now=now)


def _say_changed(subject_id: int, person: Person, now: dt.datetime) -> Content | None:
    session = _session(subject_id)
    leads = _leads(session, person, now)
    if not leads and place_in(session.round, person) is None and person.pk not in _secretariat(session, now):
        return None
    return _say(session, leads=leads, subject=_("A session of the groups has changed"), now=now)


def _leads(session: Session, person: Person, now: dt.datetime) -> bool:
    return session.facilitator_id == person.pk and may_facilitate(person, session.round.case, now)


def _say(session: Session, *, leads: bool, subject: str, now: dt.datetime) -> Content | None:
    """Tell where and when a session is as it stands now, as long as it has not begun."""
    if now >= session.starts_at:
        return None
    one = talks(session.round_id)
    incident = incident_of(one)
    when = deadlines.told(session.starts_at, incident.jurisdiction.zone)
    return content(
        incident, subject, _("Where: %(place)s") % {"place": session.place},
        action=_("See the talks at the desk") if leads else _("See where the groups differ"),
        path=desk_of(one) if leads else room_of(one), until=_("It begins at %(when)s.") % {"when": when},
    )  # fmt: skip


def _organisers(subject_id: int, now: dt.datetime) -> Iterable[int]:
    """Return the secretariat, as long as a second session can be planned and is not."""
    session = _session(subject_id)
    one = talks(session.round_id)
    newer = one.sessions.filter(number__gt=session.number).exists()
    over = one.state != DeliberationState.SESSION or now >= one.clocks.get(kind=ClockKind.SESSION).due_at
    return () if newer or over else office_of(one.case, (Role.SECRETARIAT,), now)


def _say_lacking(subject_id: int, person: Person, now: dt.datetime) -> Content | None:
    if person.pk not in _organisers(subject_id, now):
        return None
    why = _("The first session lacked people whom it needs. The second is held with whoever comes.")
    return call_to_plan(talks(_session(subject_id).round_id), _("Plan a second session of the groups"), why)


def call_to_plan(one: DeliberationRound, heading: str, why: str) -> Content:
    """Ask the secretariat to plan a session of these talks."""
    return content(
        incident_of(one), heading, why, action=_("Plan a session"), path=desk_of(one),
        until=_("A session is held until %(when)s.") % {"when": end_of(one, ClockKind.SESSION)},
    )  # fmt: skip


def _leader(subject_id: int, now: dt.datetime) -> Iterable[int]:
    session = _session(subject_id)
    may_write = session.minuted_at is None and may_facilitate(session.facilitator, session.round.case, now)
    return (session.facilitator_id,) if may_write else ()


def _say_minutes(subject_id: int, person: Person, now: dt.datetime) -> Content | None:
    if person.pk not in _leader(subject_id, now):
        return None
    session = _session(subject_id)
    return content(
        incident_of(session.round), _("The minutes of your session are due"),
        _("Write what was said, who was there, and what people needed in order to take part."),
        action=_("Write the minutes"), path=_minutes_page(session),
    )  # fmt: skip


def _sessions(subjects: Collection[int]) -> QuerySet[Session]:
    return Session.objects.filter(pk__in=subjects).select_related("round__case__assessment__incident__jurisdiction")


def _room_page(session: Session) -> str:
    return room_of(session.round)


def _desk_page(session: Session) -> str:
    return desk_of(session.round)


def _minutes_page(session: Session) -> str:
    return desk_of(session.round, "desk_talks_minutes", session.number)


def _about(page: Callable[[Session], str], subjects: Collection[int]) -> Mapping[int, About]:
    return {row.pk: about(incident_of(row.round), path=page(row)) for row in _sessions(subjects)}


KINDS = (
    Kind(
        names.SESSION_PLANNED, gettext_lazy("A session of the groups is planned"),
        binding=False, recipients=_invited, say=_say_session, about=partial(_about, _room_page),
    ),
    Kind(
        names.SESSION_CHANGED, gettext_lazy("A session of the groups has changed"),
        binding=True, recipients=_concerned, say=_say_changed, about=partial(_about, _room_page),
    ),
    Kind(
        names.SESSION_LACKING, gettext_lazy("A second session has to be planned"),
        binding=True, recipients=_organisers, say=_say_lacking, about=partial(_about, _desk_page),
    ),
    Kind(
        names.MINUTES_DUE, gettext_lazy("Minutes of a session are due"),
        binding=True, recipients=_leader, say=_say_minutes, about=partial(_about, _minutes_page),
    ),
)  # fmt: skip
