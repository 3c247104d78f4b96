"""What waits for one person in talks and at the desk: reasons, joining them, sessions, minutes, reports, cases."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.models import Assessment, GroupSum, Incident, WeightRound
from assessments.needs_action import on_case
from assessments.rating_reads import standings
from assessments.states import RoundState
from deliberation.actions.sessions import MOST_SESSIONS
from deliberation.manipulation.looks import not_looked_at
from deliberation.models import Attendance, Clock, DeliberationRound, LateWords, Session, Statement
from deliberation.rules import sells
from deliberation.states import ClockKind, DeliberationState
from lastvote.access import Permission, Role
from stakeholders.needs_action import Asker, Waiting

TO_CASE = "round__case__assessment__incident__jurisdiction"


def waiting_for(who: Asker) -> list[Waiting]:
    """Return what the talks and the desk of the person's place want from them now."""
    return [
        *_to_say(who),
        *_to_join(who),
        *_to_lead(who),
        *_to_plan(who),
        *_to_look(who),
        *_at_desk(who),
    ]


def _to_say(who: Asker) -> list[Waiting]:
    clocks = Clock.objects.filter(
        kind=ClockKind.STATEMENTS, stopped_at__isnull=True, due_at__gt=who.now,
        round__state=DeliberationState.STATEMENTS, round__basis__roll__person=who.person,
    ).exclude(round__in=Statement.objects.filter(person=who.person).values("round"))  # fmt: skip
    words = _("Say why your group weighs as it does")
    return [
        _in_talks(clock.round, words, "assessment_talks", until=clock.due_at)
        for clock in clocks.select_related(TO_CASE).order_by("due_at", "pk")
        if clock.round is not None
    ]


def _in_talks(
    one: DeliberationRound, words: str, page: str, *more: object, until: dt.datetime | None = None
) -> Waiting:
    """Return something to do on a page of a round of talks, of whichever assessment it is."""
    assessment = one.case.assessment
    return on_case(assessment.incident, words, page, assessment.number, one.number, *more, until=until)


def _to_join(who: Asker) -> list[Waiting]:
    words = _("Say whether your reason can be joined to another")
    asked = Statement.objects.filter(person=who.person, join_proposed_to__isnull=False)
    return [
        on_case(row.round.case.assessment.incident, words, "talks_reason_join", row.round.number, row.token)
        for row in asked.select_related(TO_CASE)
    ]


# --- Facilitators ---------------------------------------------------------------------------------------------


def _to_lead(who: Asker) -> list[Waiting]:
    """Return what waits for a facilitator; nothing where they sell or answer for such systems."""
    answers_for = [grant.scope_id for grant in who.grants if grant.role == Role.DEPLOYER]
    if not who.holds(Permission.FACILITATE) or None in answers_for or sells(who.person, who.today):
        return []
    led = ~Q(round__case__assessment__in=answers_for)
    return [*_to_minute(who, led), *_to_note(who, led), *_to_accept(who, led)]


def _to_minute(who: Asker, led: Q) -> list[Waiting]:
    words = _("Write the minutes of the session")
    held = Session.objects.filter(led, facilitator=who.person, starts_at__lte=who.now, minuted_at__isnull=True)
    rows = held.select_related(TO_CASE).order_by("starts_at", "pk")
    return [_in_talks(row.round, words, "desk_talks_minutes", row.number) for row in rows]


def _to_note(who: Asker, led: Q) -> list[Waiting]:
    """Return the talks of which the person led a session that has its minutes, and which have no last word yet."""
    words = _("Write what is agreed, and what still differs")
    minuted = Session.objects.filter(led, facilitator=who.person, minuted_at__isnull=False, round__close_note_at=None)
    minuted = minuted.exclude(round__state=DeliberationState.STATEMENTS).select_related(TO_CASE).order_by("pk")
    found = {row.round_id: row.round for row in minuted}
    return [_in_talks(one, words, "desk_talks_note") for one in found.values()]


def _to_accept(who: Asker, led: Q) -> list[Waiting]:
    """Return the talks in which somebody asks to have words accepted that came too late."""
    words = _("Read words that came too late")
    place = {"round__case__assessment__incident__jurisdiction": who.person.jurisdiction_id}
    asked = LateWords.objects.filter(led, asked_at__isnull=False, **place).exclude(round__state=DeliberationState.ENDED)
    found = {row.round_id: row.round for row in asked.select_related(TO_CASE).order_by("pk")}
    return [_in_talks(one, words, "desk_talks_reasons") for one in found.values()]


# --- Those who watch over it ------------------------------------------------------------------------------------


def _to_look(who: Asker) -> list[Waiting]:
    """Return the reports on possible manipulation that ask people to look, until one of them has."""
    if not who.holds(Permission.LOOK_AT_REPORT):
        return []
    words = _("Look at a report on possible manipulation")
    return [
        on_case(one.assessment.incident, words, "desk_manipulation")
        for one in not_looked_at(who.person.jurisdiction)
        if who.may(Permission.LOOK_AT_REPORT, one.assessment_id)
    ]


# --- The secretariat --------------------------------------------------------------------------------------------


def _to_plan(who: Asker) -> list[Waiting]:
    """Return the talks that need a session: the first, or a second where the first lacked somebody it needs."""
    if not who.holds(Permission.PLAN_SESSION):
        return []
    enough = Session.objects.filter(round=OuterRef("round")).filter(
        Q(minuted_at=None) | Q(number__gte=MOST_SESSIONS) | ~Exists(_lacking())
    )
    clocks = Clock.objects.filter(
        ~Exists(enough), kind=ClockKind.SESSION, stopped_at__isnull=True, due_at__gt=who.now,
        case__assessment__incident__jurisdiction=who.person.jurisdiction,
    )  # fmt: skip
    words = _("Plan a session of the groups")
    return [
        _in_talks(clock.round, words, "desk_talks", until=clock.due_at)
        for clock in clocks.select_related(TO_CASE).order_by("due_at", "pk")
        if clock.round is not None and who.may(Permission.PLAN_SESSION, clock.round.case.assessment_id)
    ]


def _lacking() -> QuerySet[GroupSum]:
    """Select groups without which the outer session does not count and that sent nobody."""
    here = Attendance.objects.filter(session=OuterRef(OuterRef("pk")), group=OuterRef("group"), people__gte=1)
    needed = Q(group__is_affected=True) | Q(group__is_civil_society=True)
    return GroupSum.objects.filter(needed, ~Exists(here), round=OuterRef("round__basis"))


def _at_desk(who: Asker) -> list[Waiting]:
    """Return what the secretariat has to move along: one row for all cases of a kind, where there may be many."""
    if not who.may(Permission.MANAGE_INCIDENTS):
        return []
    url = f"{reverse('desk', args=[who.person.jurisdiction.slug])}?mine="
    cases = Incident.objects.filter(jurisdiction=who.person.jurisdiction, merged_into=None)
    received = cases.filter(assessments=None).count()
    newest = _newest_assessments(who)
    rated = newest.filter(~Exists(_rounds(who.now)), ratings_frozen_at__isnull=False).count()
    words = (
        (received, ngettext("Open an assessment of %(count)s case", "Open assessments of %(count)s cases", received)),
        (rated, ngettext("Propose a round for %(count)s case", "Propose rounds for %(count)s cases", rated)),
    )
    rows = [Waiting(said % {"count": count}, "", url) for count, said in words if count]
    rating = newest.filter(ratings_frozen_at=None).select_related("incident__jurisdiction").order_by("pk")
    return [*rows, *_ratings_to_end(list(rating))]


def _newest_assessments(who: Asker) -> QuerySet[Assessment]:
    """Select the newest assessment of each case; past ones that test the lines wait for nobody."""
    newer = Assessment.objects.filter(incident=OuterRef("incident"), number__gt=OuterRef("number"))
    place = {"incident__jurisdiction": who.person.jurisdiction, "incident__merged_into": None}
    return Assessment.objects.filter(~Exists(newer), retrospective=False, **place)


def _rounds(now: dt.datetime) -> QuerySet[WeightRound]:
    """Select rounds of the outer assessment that are announced, or proposed and wait for a second person."""
    waits = Q(proposals__confirmed_at=None, proposals__expires_at__gt=now)
    known = Q(announced_at__isnull=False) | waits
    return WeightRound.objects.filter(known, assessment=OuterRef("pk")).exclude(state=RoundState.VOID)


def _ratings_to_end(assessments: Sequence[Assessment]) -> list[Waiting]:
    """Return the cases of which the ratings can be fixed, or need a third evaluator."""
    found = standings([one.pk for one in assessments])
    rows = []
    for one in assessments:
        standing = found[one.pk]
        if standing.enough:
            rows.append(on_case(one.incident, _("Fix the ratings"), "desk_ratings"))
        elif standing.third_needed and not standing.waiting_proposals:
            rows.append(on_case(one.incident, _("Appoint a third evaluator"), "desk_ratings"))
    return rows
