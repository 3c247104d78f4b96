"""What people are told when days of talks move: more days, a pause and its end, days given back, another calendar."""

import datetime as dt
import zoneinfo
from collections.abc import Collection, Iterable, Mapping
from functools import partial

from django.db.models import Min
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.notices import content
from assessments.reads import roll_entry_of
from deliberation import rules
from deliberation.models import ClockPause, DeliberationRound
from deliberation.notices import names
from deliberation.notices.part_takers import about_talks, asked_again, end_of, incident_of, leaders, places, talks
from deliberation.room.addresses import room_of
from deliberation.states import ClockKind, DeliberationState
from lastvote.audit.models import AuditEvent
from lastvote.clock import local_date
from stakeholders.models import Person
from stakeholders.notices.kinds import About, Content, Kind
from stakeholders.notices.telling import tell, told

NOW_RUNS: dict[str, ClockKind] = {
    DeliberationState.STATEMENTS: ClockKind.STATEMENTS,
    DeliberationState.SESSION: ClockKind.SESSION,
    DeliberationState.ANSWERS: ClockKind.ANSWERS,
}
CREDITED, PAUSE_ENDED = "case.days_credited", "case.pause_ended"


def tell_of_ended_pauses(now: dt.datetime) -> int:
    """Owe it to those who take part that they hear when talks go on; called by each sweep."""
    paused = ClockPause.objects.filter(ended_on=None, last_day__lte=now.date() + dt.timedelta(days=1)).exclude(
        clock__round__state=DeliberationState.ENDED
    )
    zone = "clock__case__assessment__incident__jurisdiction__timezone"
    rows = paused.values("clock__round", "first_day", "last_day", zone).annotate(first=Min("pk"))
    over = [row for row in rows.order_by("first") if row["last_day"] < local_date(now, zoneinfo.ZoneInfo(row[zone]))]
    known = set(told(names.TALKS_GO_ON).filter(subject_id__in=[row["first"] for row in over]))
    return sum(tell(names.TALKS_GO_ON, row["first"], now) for row in over if row["first"] not in known)


def _concerned(one: DeliberationRound, now: dt.datetime) -> Iterable[int]:
    """Return who takes part or has joined for the round of answers, and who leads a session that is still to come."""
    if one.state == DeliberationState.ENDED:
        return ()
    return dict.fromkeys([*places(one), *asked_again(one), *leaders(one, now)])


def _still_concerns(one: DeliberationRound, person: Person, now: dt.datetime) -> bool:
    takes_part = rules.place_in(one, person) or roll_entry_of(one.follow_up, person) or person.pk in leaders(one, now)
    return bool(takes_part) and now < one.follow_up.closes_at


def _say_moved(one: DeliberationRound, person: Person, subject: str, reason: str, now: dt.datetime) -> Content | None:
    """Tell the new last day; each move, with both dates, is on the page of the talks."""
    if not _still_concerns(one, person, now):
        return None
    return content(
        incident_of(one), subject, reason, action=_("See the new days"), path=room_of(one),
        until=_("You can keep or change your answers until %(when)s.") % {"when": end_of(one, ClockKind.ANSWERS)},
    )  # fmt: skip


def _concerned_by_talks(subject_id: int, now: dt.datetime) -> Iterable[int]:
    return _concerned(talks(subject_id), now)


def _say_extended(subject_id: int, person: Person, now: dt.datetime) -> Content | None:
    reason = _("The secretariat has given the talks more days. The days that are still to come have moved.")
    return _say_moved(talks(subject_id), person, _("The talks have more time"), reason, now)


# --- Pauses ---------------------------------------------------------------------------------------------------


def _paused(subject_id: int) -> DeliberationRound:
    return talks(ClockPause.objects.values_list("clock__round_id", flat=True).get(pk=subject_id) or 0)


def _concerned_by_pause(subject_id: int, now: dt.datetime) -> Iterable[int]:
    return _concerned(_paused(subject_id), now)


def _say_paused(subject_id: int, person: Person, now: dt.datetime) -> Content | None:
    one, pause = _paused(subject_id), ClockPause.objects.get(pk=subject_id)
    if pause.ended_on or pause.last_day < local_date(now, incident_of(one).jurisdiction.zone):
        return None
    reason = _("The talks stand still for some days. The days that are still to come have moved.")
    return _say_moved(one, person, _("The talks stand still"), reason, now)


def _say_go_on(subject_id: int, person: Person, now: dt.datetime) -> Content | None:
    one = _paused(subject_id)
    if one.state == DeliberationState.ENDED or not _still_concerns(one, person, now):
        return None
    return content(
        incident_of(one), _("The talks go on"), _("The days on which the talks stood still are over."),
        action=_("See where the groups differ"), path=room_of(one),
        until=_("This part of the talks ends at %(when)s.") % {"when": end_of(one, NOW_RUNS[one.state])},
    )  # fmt: skip


def _about_paused(subjects: Collection[int]) -> Mapping[int, About]:
    rounds = dict(ClockPause.objects.filter(pk__in=subjects).values_list("pk", "clock__round_id"))
    return _by_talks({pk: one for pk, one in rounds.items() if one is not None})


def _by_talks(rounds: Mapping[int, int]) -> Mapping[int, About]:
    found = about_talks(room_of, set(rounds.values()))
    return {subject: found[one] for subject, one in rounds.items()}


# --- Days given back, and another calendar ----------------------------------------------------------------------


def _moved(subject_id: int) -> tuple[AuditEvent, DeliberationRound]:
    """Return the entry of the record that says how days moved, and the talks whose days they are."""
    event = AuditEvent.objects.get(pk=subject_id)
    one = DeliberationRound.objects.only("pk").get(case_id=event.subject_id, number=event.facts["round"])
    return event, talks(one.pk)


def _concerned_by_move(subject_id: int, now: dt.datetime) -> Iterable[int]:
    return _concerned(_moved(subject_id)[1], now)


def _say_days_moved(subject_id: int, person: Person, now: dt.datetime) -> Content | None:
    event, one = _moved(subject_id)
    if event.kind == PAUSE_ENDED:
        reason = _("The talks stand still no longer. The days that are still to come are sooner than you were told.")
        return _say_moved(one, person, _("The talks go on"), reason, now)
    if event.kind == CREDITED:
        reason = _("People could not reach the site for some time. The talks get these days back.")
    else:
        reason = _("Another calendar of public holidays holds. The days of the talks were counted anew.")
    return _say_moved(one, person, _("The days of the talks have moved"), reason, now)


def _about_moved(subjects: Collection[int]) -> Mapping[int, About]:
    events = AuditEvent.objects.filter(pk__in=subjects)
    named = {row.pk: (row.subject_id, row.facts["round"]) for row in events}
    rounds = DeliberationRound.objects.filter(case__in={case for case, _number in named.values()})
    found = {(row.case_id, row.number): row.pk for row in rounds}
    return _by_talks({subject: found[key] for subject, key in named.items()})


_about = partial(about_talks, room_of)
KINDS = (
    Kind(
        names.TALKS_EXTENDED, gettext_lazy("Talks have more time"),
        binding=True, recipients=_concerned_by_talks, say=_say_extended, about=_about,
    ),
    Kind(
        names.TALKS_PAUSED, gettext_lazy("Talks stand still"),
        binding=True, recipients=_concerned_by_pause, say=_say_paused, about=_about_paused,
    ),
    Kind(
        names.TALKS_GO_ON, gettext_lazy("Talks go on after a pause"),
        binding=False, recipients=_concerned_by_pause, say=_say_go_on, about=_about_paused,
    ),
    Kind(
        names.TALKS_MOVED, gettext_lazy("Days of talks have moved"),
        binding=True, recipients=_concerned_by_move, say=_say_days_moved, about=_about_moved,
    ),
)  # fmt: skip
