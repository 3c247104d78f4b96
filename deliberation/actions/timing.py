"""More time for talks: one extension, pauses for listed reasons, days given back, and a changed calendar.

Whatever moves a clock of a round moves all of its clocks that are not over, and the days on which people answer again
with them. What is over by law stays over, however late a worker comes. No day ever becomes an earlier one than people
were told, but for a pause that is ended early: it takes back the days that it had put on top, and those alone.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping

from django.utils.translation import gettext_lazy as _

from assessments import policy
from assessments.actions.rescheduling import move_follow_up
from assessments.actions.written_words import check_words
from assessments.models import Assessment, WeightRound
from deliberation import rules
from deliberation.actions.clocks import recount
from deliberation.actions.events import record_on_case
from deliberation.models import Case, Clock, ClockPause, DeliberationRound, Outage
from deliberation.notices import names
from deliberation.states import PUBLIC_CLOCKS, ClockKind, DeliberationState, PauseReason
from lastvote.access import Permission
from lastvote.audit.models import AuditEvent
from lastvote.errors import Refused
from lastvote.transactions import locking
from stakeholders.models import Jurisdiction, Person
from stakeholders.notices.telling import tell
from stakeholders.rules import require

LONGEST = 1_000
SECRETARIAT = "secretariat"
LONGEST_OUTAGE = 60


def extend_talks(*, one: DeliberationRound, days: int, reason: str, by: Person, now: dt.datetime) -> DeliberationRound:
    """Give a round of talks more days, once, with a reason for everybody. Records ``case.talks_extended``.

    Refuses a second extension, more days than the policy allows, and a round whose answers are closed.
    """
    rules.require(by, Permission.EXTEND_ROUND, one.case, now)
    check_words(reason, field="reason", longest=LONGEST)
    with locking():
        fresh = _locked(one)
        check_extension(fresh, days)

        def extend(clock: Clock) -> None:
            clock.extension_days, clock.extension_reason = days, reason.strip()
            clock.extended_by, clock.extended_at = by, now

        moved = _move(fresh, extend, "extended", now)
        facts = {"round": fresh.number, "days": days, **moved}
        record_on_case("case.talks_extended", fresh.case, now, by=by, acting_as=SECRETARIAT, facts=facts)
        tell(names.TALKS_EXTENDED, fresh.pk, now)
    return fresh


def pause_talks(
    *, one: DeliberationRound, reason: str, explanation: str, last_day: dt.date, by: Person, now: dt.datetime
) -> DeliberationRound:
    """Let a round stand still from today to a last day, for a listed reason. Records ``case.talks_paused``.

    Refuses other reasons, days that are paused already, and more paused days in all than the policy allows.
    """
    rules.require(by, Permission.HOLD_UP_CLOCK, one.case, now)
    if reason not in PauseReason.values:
        sentence = _("Choose one of the listed reasons")
        raise Refused("unknown_option", sentence, fields={"reason": [sentence]})
    check_words(explanation, field="explanation", longest=LONGEST)
    with locking():
        fresh = _locked(one)
        first_day = _today(fresh, now)
        check_pause(fresh, first_day, last_day)

        def pause(clock: Clock) -> None:
            ClockPause.objects.create(
                clock=clock, reason=reason, explanation=explanation.strip(), first_day=first_day, last_day=last_day,
                paused_by=by, paused_at=now, due_before=clock.due_at,
            )  # fmt: skip

        moved = _move(fresh, pause, "paused", now)
        facts = {"round": fresh.number, "reason": reason, "until": last_day.isoformat(), **moved}
        record_on_case("case.talks_paused", fresh.case, now, by=by, acting_as=SECRETARIAT, facts=facts)
        first = ClockPause.objects.filter(clock__round=fresh, first_day=first_day).order_by("pk")[:1].get()
        tell(names.TALKS_PAUSED, first.pk, now)
    return fresh


def end_pause(*, one: DeliberationRound, reason: str, by: Person, now: dt.datetime) -> DeliberationRound:
    """Let talks that stand still go on before they would by themselves. Records ``case.pause_ended``.

    Today still counts as a day on which they stood still; the days after it are not given any more. No end becomes
    earlier than it was without the pause. Refuses where the talks do not stand still tomorrow (409 ``not_paused``), and
    while a session is planned for a day that would be after the days for sessions (409 ``session_after_the_end``).
    """
    rules.require(by, Permission.HOLD_UP_CLOCK, one.case, now)
    check_words(reason, field="reason", longest=LONGEST)
    with locking():
        fresh = _locked(one)
        today = _today(fresh, now)
        running = check_pause_runs(fresh, now)
        told, floors = running[0].last_day, {row.clock_id: row.due_before for row in running if row.due_before}
        ClockPause.objects.filter(pk__in=[row.pk for row in running]).update(
            ended_on=today, ended_because=reason.strip(), ended_by=by, ended_at=now
        )
        moved = _move(fresh, lambda _clock: None, "pause_ended", now, floors)
        _check_sessions_stay_inside(fresh)
        facts = {"round": fresh.number, "until": today.isoformat(), "told_until": told.isoformat(), **moved}
        event = record_on_case("case.pause_ended", fresh.case, now, by=by, acting_as=SECRETARIAT, facts=facts)
        _tell_if_moved(event, moved, now)
    return fresh


def _check_sessions_stay_inside(one: DeliberationRound) -> None:
    last = one.clocks.get(kind=ClockKind.SESSION).due_at
    if one.sessions.filter(minuted_at__isnull=True, starts_at__gt=last).exists():
        sentence = _("A session is planned for a day after the days for sessions would end. Move it to an earlier day.")
        raise Refused("session_after_the_end", sentence, status=409)


def record_outage(
    *, jurisdiction: Jurisdiction, first_day: dt.date, last_day: dt.date, explanation: str, by: Person, now: dt.datetime
) -> Outage:
    """Record days on which people could not reach the site, and give them back to everybody who takes part.

    Records ``case.days_credited`` on each case with a round of talks. Refuses days ahead or long past, and days that
    were given back already.
    """
    today = now.astimezone(jurisdiction.zone).date()
    if by.jurisdiction_id != jurisdiction.pk:
        raise Refused("not_allowed", _("Your role here does not include this."), status=403)
    require(by, Permission.HOLD_UP_CLOCK, on=today)
    check_words(explanation, field="explanation", longest=LONGEST)
    with locking():
        Jurisdiction.objects.select_for_update().get(pk=jurisdiction.pk)
        check_outage(jurisdiction, first_day, last_day, today)
        outage = Outage.objects.create(
            jurisdiction=jurisdiction, first_day=first_day, last_day=last_day, explanation=explanation.strip(),
            recorded_by=by, recorded_at=now,
        )  # fmt: skip
        for one in _open_and_locked(jurisdiction, now):
            _credit(one, outage, now)
    return outage


def _credit(one: DeliberationRound, outage: Outage, now: dt.datetime) -> None:
    """Give back the days of an outage that a round of talks ran on, the day it was convened included."""
    days = days_back(one, outage.first_day, outage.last_day)
    if not days:
        return

    def credit(clock: Clock) -> None:
        clock.credit_days += days

    moved = _move(one, credit, "credited", now)
    event = record_on_case("case.days_credited", one.case, now, facts={"round": one.number, "days": days, **moved})
    _tell_if_moved(event, moved, now)


def check_outage(jurisdiction: Jurisdiction, first_day: dt.date, last_day: dt.date, today: dt.date) -> None:
    """Refuse days ahead or long past, and days that were given back already."""
    if not first_day <= last_day <= today or (today - first_day).days > LONGEST_OUTAGE:
        sentence = _("Give days of the last two months, the first one first.")
        raise Refused("out_of_range", sentence, fields={"first_day": [sentence]})
    if jurisdiction.outages.filter(first_day__lte=last_day, last_day__gte=first_day).exists():
        raise Refused("already_recorded", _("Some of these days are recorded already."), status=409)


def days_back(one: DeliberationRound, first_day: dt.date, last_day: dt.date) -> int:
    """Return how many days a round of talks gets back for days without the site; none before it was convened."""
    zone = one.case.assessment.incident.jurisdiction.zone
    convened = one.convened_at.astimezone(zone).date()
    return max(0, (last_day - max(first_day, convened)).days + 1)


def recount_open_talks(*, jurisdiction: Jurisdiction, calendar_id: int, now: dt.datetime) -> int:
    """Count the days of every open round anew by another calendar, visibly. Records ``case.days_recounted`` for each.

    A day that would become an earlier one stays as it is. The caller holds the lock of the calendars.
    """
    changed = 0
    for fresh in _open_and_locked(jurisdiction, now):

        def adopt(clock: Clock) -> None:
            clock.calendar_id = calendar_id

        moved = _move(fresh, adopt, "calendar", now)
        event = record_on_case("case.days_recounted", fresh.case, now, facts={"round": fresh.number, **moved})
        _tell_if_moved(event, moved, now)
        changed += 1
    return changed


def _tell_if_moved(event: AuditEvent, moved: Mapping[str, Mapping[str, str]], now: dt.datetime) -> None:
    """Tell those who take part, unless every day stayed as it was."""
    if any(end["from"] != end["to"] for end in moved.values()):
        tell(names.TALKS_MOVED, event.pk, now)


def _move(
    one: DeliberationRound,
    change: Callable[[Clock], None],
    because: str,
    now: dt.datetime,
    floors: Mapping[int, dt.datetime] | None = None,
) -> dict[str, dict[str, str]]:
    """Change every clock of a round that can move and count anew; move the days on which people answer along.

    No end becomes an earlier one, except down to its floor where there is one.
    """
    _check_open(one, now)
    moved = {}
    for clock in _moving(one, now):
        before = clock.due_at
        change(clock)
        recount(clock, (floors or {}).get(clock.pk, before))
        moved[clock.kind] = {"from": before.isoformat(), "to": clock.due_at.isoformat()}
    due = dict(one.clocks.values_list("kind", "due_at"))
    move_follow_up(
        weight_round=one.follow_up,
        opens_at=due[ClockKind.STATEMENTS],
        closes_at=due[ClockKind.ANSWERS],
        reason=because,
        now=now,
        may_be_earlier=floors is not None,
    )
    return moved


def _check_open(one: DeliberationRound, now: dt.datetime) -> None:
    if not rules.days_can_move(one, now):
        raise Refused("talks_closed", _("This round is over. Its days stay as they were."), status=409)


def _moving(one: DeliberationRound, now: dt.datetime) -> Iterable[Clock]:
    rows = one.clocks.filter(kind__in=PUBLIC_CLOCKS).order_by("due_at", "pk")
    rows = rows.select_related("calendar", "case__assessment__incident__jurisdiction")
    return [clock for clock in rows if clock.can_move(now)]


def open_talks(jurisdiction: Jurisdiction, now: dt.datetime) -> list[DeliberationRound]:
    """Return the rounds of talks of a place whose days can still move; none whose answers were closed early."""
    moving = {"follow_up__state__in": rules.UNCLOSED, "follow_up__closes_at__gt": now}
    rows = DeliberationRound.objects.exclude(state=DeliberationState.ENDED)
    rows = rows.filter(case__assessment__incident__jurisdiction=jurisdiction, **moving)
    return list(rows.select_related("case__assessment__incident__jurisdiction").order_by("pk"))


def _open_and_locked(jurisdiction: Jurisdiction, now: dt.datetime) -> Iterator[DeliberationRound]:
    """Lock one after the other; one that two people closed early meanwhile is left out."""
    for one in open_talks(jurisdiction, now):
        fresh = _locked(one)
        if rules.days_can_move(fresh, now):
            yield fresh


def _locked(one: DeliberationRound) -> DeliberationRound:
    """Lock the assessment, as every act on a case does, then read the round as it now is."""
    case = Case.objects.get(pk=one.case_id)
    assessment = (
        Assessment.objects.select_for_update(of=("self",))
        .select_related("policy__jurisdiction", "incident__jurisdiction")
        .get(pk=case.assessment_id)
    )
    fresh = DeliberationRound.objects.select_related("case").get(pk=one.pk)
    fresh.case.assessment = assessment
    fresh.follow_up = WeightRound.objects.get(pk=fresh.follow_up_id)
    fresh.follow_up.assessment = assessment
    return fresh


def check_extension(one: DeliberationRound, days: int) -> None:
    """Refuse more days than the policy allows, and a second extension."""
    most = policy.read(one.case.assessment.policy).deliberation.max_extension_days
    if not 1 <= days <= most:
        sentence = _("A round of talks can be extended by 1 to %(most)s days.") % {"most": most}
        raise Refused("window_length", sentence, fields={"days": [sentence]})
    if _is_extended(one):
        raise Refused("already_extended", _("A round can be extended only once."), status=409)


def takes_more_days(one: DeliberationRound, now: dt.datetime) -> bool:
    """Whether the one extension of a round is left and its days can still move."""
    return rules.days_can_move(one, now) and not _is_extended(one)


def _is_extended(one: DeliberationRound) -> bool:
    return one.clocks.exclude(extended_at=None).exists()


def check_pause(one: DeliberationRound, first_day: dt.date, last_day: dt.date) -> None:
    """Refuse days that are paused already, and more paused days in all than the policy allows."""
    most = policy.read(one.case.assessment.policy).deliberation.max_pause_days
    paused = _paused(one)
    if any(first <= last_day and first_day <= last for first, last in paused):
        raise Refused("already_paused", _("Some of these days are paused already."), status=409)
    days = _days_of(paused) + (last_day - first_day).days + 1
    if last_day < first_day or days > most:
        sentence = _("A round can stand still for %(most)s days in all, from today on.") % {"most": most}
        raise Refused("window_length", sentence, fields={"last_day": [sentence]})


def can_stand_still(one: DeliberationRound, now: dt.datetime) -> bool:
    """Whether a round can be paused today: its days can move, it does not stand still yet, and days are left."""
    today = _today(one, now)
    paused = any(first <= today <= last for first, last in _paused(one))
    return rules.days_can_move(one, now) and not paused and pause_days_left(one) > 0


def running_pause(one: DeliberationRound, now: dt.datetime) -> list[ClockPause]:
    """Return the pause of each clock that could be ended early: none where the talks do not stand still tomorrow."""
    rows = ClockPause.objects.filter(clock__round=one).order_by("pk")
    return [row for row in rows if row.can_end_early(_today(one, now))]


def can_end_pause(one: DeliberationRound, now: dt.datetime) -> bool:
    """Whether talks stand still and can go on before the day that was told."""
    return rules.days_can_move(one, now) and bool(running_pause(one, now))


def check_pause_runs(one: DeliberationRound, now: dt.datetime) -> list[ClockPause]:
    """Return the pause that runs; refuse where there is none that could be ended early."""
    _check_open(one, now)
    running = running_pause(one, now)
    if not running:
        sentence = _("The talks do not stand still, or go on by themselves tomorrow.")
        raise Refused("not_paused", sentence, status=409)
    return running


def pause_days_left(one: DeliberationRound) -> int:
    """Return for how many more days a round can stand still."""
    return policy.read(one.case.assessment.policy).deliberation.max_pause_days - _days_of(_paused(one))


def _paused(one: DeliberationRound) -> set[tuple[dt.date, dt.date]]:
    return {(row.first_day, row.through) for row in ClockPause.objects.filter(clock__round=one)}


def _today(one: DeliberationRound, now: dt.datetime) -> dt.date:
    return now.astimezone(one.case.assessment.incident.jurisdiction.zone).date()


def _days_of(paused: Iterable[tuple[dt.date, dt.date]]) -> int:
    return sum((last - first).days + 1 for first, last in paused)
