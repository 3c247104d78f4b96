"""What people are told of talks: convened, statements end soon, more time, replies, sessions, and how they ended."""

import datetime as dt
from collections.abc import Iterable
from functools import partial

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.models import WeightRound
from assessments.notices import LAST_DAYS, content
from deliberation import rules
from deliberation.models import Case, Clock, ClockPause, DeliberationRound, Reply, Session, Statement
from deliberation.states import CaseOutcome, CaseState, ClockKind, DeliberationState
from deliberation.terms import WARNED_AT, warnings_between
from lastvote.access import Role
from lastvote.web import deadlines
from stakeholders.models import Person
from stakeholders.notices.kinds import Content, Kind
from stakeholders.notices.telling import tell, told
from stakeholders.reads import holders_of

TALKS_CONVENED = "talks_convened"
STATEMENTS_ENDING = "statements_ending"
TALKS_EXTENDED = "talks_extended"
TALKS_PAUSED = "talks_paused"
SESSION_PLANNED = "session_planned"
STATEMENT_REPLIED = "statement_replied"
JOIN_PROPOSED = "join_proposed"
CASE_SETTLED = "case_settled"
CASE_AWAITS = "case_awaits"
CLOCK = "clock_"
"""With the share of the term that has passed: ``clock_50``."""

DECIDING = (Role.COMMITTEE, Role.CHAIR, Role.SECRETARIAT)
KEEPING_TIME = (Role.SECRETARIAT, Role.FACILITATOR)

ENDED_WITH: dict[CaseOutcome, Promise] = {
    CaseOutcome.PROCEED: gettext_lazy("The groups do not differ much."),
    CaseOutcome.PROCEED_NEAR_LINE: gettext_lazy("The groups do not differ much, but the score is near a line."),
    CaseOutcome.PROCEED_MARGINAL: gettext_lazy("The groups still differ, but it changes neither level nor power."),
    CaseOutcome.CONVERGED: gettext_lazy("The groups came nearer to each other."),
    CaseOutcome.PROTECTIVE_DEFAULT: gettext_lazy(
        "The groups still differ, and it matters. So the most protective view of the people affected holds."
    ),
}


# --- Sweeps ---------------------------------------------------------------------------------------------------


def tell_of_ending_statements(now: dt.datetime) -> int:
    """Owe it to everybody who has said nothing that they hear when three days are left; called by each sweep."""
    near = Clock.objects.filter(
        kind=ClockKind.STATEMENTS, stopped_at__isnull=True, due_at__gt=now, due_at__lte=now + LAST_DAYS
    )
    due = near.exclude(round__in=told(STATEMENTS_ENDING)).order_by("pk").values_list("round", flat=True)
    return sum(tell(STATEMENTS_ENDING, pk, now) for pk in due)


def warn_of_clocks(now: dt.datetime) -> int:
    """Owe a warning for each clock of which another share has passed; two sweeps at once owe one."""
    running = Clock.objects.filter(stopped_at__isnull=True, warned__lt=max(WARNED_AT)).order_by("due_at", "pk")
    return sum(_warn_of(clock, now) for clock in running)


def _warn_of(clock: Clock, now: dt.datetime) -> bool:
    share = warnings_between(clock.started_at, clock.due_at, after=clock.warned, now=now)
    if share == clock.warned:
        return False
    with transaction.atomic():
        mine = Clock.objects.filter(pk=clock.pk, warned=clock.warned, stopped_at__isnull=True).update(warned=share)
        return bool(mine) and tell(f"{CLOCK}{share}", clock.pk, now)


# --- Talks ----------------------------------------------------------------------------------------------------


def _talks(subject_id: int) -> DeliberationRound:
    parts = ("case__assessment__incident__jurisdiction", "basis", "follow_up")
    return DeliberationRound.objects.select_related(*parts).get(pk=subject_id)


def _places(one: DeliberationRound) -> list[int]:
    """Return everybody who takes part: the roll of the round that showed the difference, without who was erased."""
    return list(one.basis.roll.filter(person__isnull=False).order_by("pk").values_list("person_id", flat=True))


def _part_takers(subject_id: int, now: dt.datetime) -> Iterable[int]:  # noqa: ARG001 -- every kind's signature
    one = _talks(subject_id)
    return () if one.state == DeliberationState.ENDED else _places(one)


def _silent(subject_id: int, now: dt.datetime) -> Iterable[int]:
    one = _talks(subject_id)
    if not rules.takes_statements(one, now):
        return ()
    spoke = set(one.statements.values_list("person_id", flat=True))
    return [person for person in _places(one) if person not in spoke]


def _end(one: DeliberationRound, kind: ClockKind) -> str:
    due = one.clocks.get(kind=kind).due_at
    return deadlines.told(due, one.case.assessment.incident.jurisdiction.zone)


def _say_convened(subject_id: int, person: Person, now: dt.datetime) -> Content | None:
    one = _talks(subject_id)
    if not rules.takes_statements(one, now) or rules.place_in(one, person) is None:
        return None
    return content(
        one.case.assessment.incident, _("Groups differ: read why"),
        _("The answers of the groups differ. They now say why, meet, and answer again."),
        action=_("See where the groups differ"), page="case",
        until=_("Groups say why they differ until %(when)s.") % {"when": _end(one, ClockKind.STATEMENTS)},
    )  # fmt: skip


def _say_ending(subject_id: int, person: Person, now: dt.datetime) -> Content | None:
    one = _talks(subject_id)
    gone = one.statements.filter(person=person).exists() or rules.place_in(one, person) is None
    if gone or not rules.takes_statements(one, now):
        return None
    return content(
        one.case.assessment.incident, _("Last 3 days to say why your group differs"),
        _("You have not given a reason yet. A group that says nothing is recorded as silent."),
        action=_("Say why your group differs"), page="case",
        until=_("You can do so until %(when)s.") % {"when": _end(one, ClockKind.STATEMENTS)},
    )  # fmt: skip


def _say_more_time(one: DeliberationRound, person: Person, reason: str, now: dt.datetime) -> Content | None:
    """Tell the new last day; why it moved is on the page of the case."""
    if rules.place_in(one, person) is None or now >= one.follow_up.closes_at:
        return None
    return content(
        one.case.assessment.incident, _("The talks have more time"), reason,
        action=_("See the new days"), page="case",
        until=_("You can keep or change your answers until %(when)s.") % {"when": _end(one, ClockKind.ANSWERS)},
    )  # fmt: skip


def _say_extended(subject_id: int, person: Person, now: dt.datetime) -> Content | None:
    reason = _("The secretariat has given the talks more days. The days that are still to come have moved.")
    return _say_more_time(_talks(subject_id), person, reason, now)


def _paused_talks(subject_id: int) -> DeliberationRound:
    return _talks(ClockPause.objects.values_list("clock__round_id", flat=True).get(pk=subject_id) or 0)


def _part_takers_of_paused(subject_id: int, now: dt.datetime) -> Iterable[int]:
    return _part_takers(_paused_talks(subject_id).pk, now)


def _say_paused(subject_id: int, person: Person, now: dt.datetime) -> Content | None:
    reason = _("The talks stand still for some days. The days that are still to come have moved.")
    return _say_more_time(_paused_talks(subject_id), person, reason, now)


# --- Sessions and statements ----------------------------------------------------------------------------------


def _session(subject_id: int) -> Session:
    return Session.objects.select_related("round").get(pk=subject_id)


def _invited(subject_id: int, now: dt.datetime) -> Iterable[int]:
    session = _session(subject_id)
    return [*_part_takers(session.round_id, now), session.facilitator_id]


def _say_session(subject_id: int, person: Person, now: dt.datetime) -> Content | None:  # noqa: ARG001 -- every kind's signature
    session = _session(subject_id)
    incident = _talks(session.round_id).case.assessment.incident
    if now >= session.starts_at:
        return None
    when = deadlines.told(session.starts_at, incident.jurisdiction.zone)
    return content(
        incident, _("The groups meet"), _("Where: %(place)s") % {"place": session.place},
        action=_("See where the groups differ"), page="case", until=_("It begins at %(when)s.") % {"when": when},
    )  # fmt: skip


def _asked_of_reply(subject_id: int, now: dt.datetime) -> Iterable[int]:  # noqa: ARG001 -- every kind's signature
    reply = Reply.objects.select_related("statement").get(pk=subject_id)
    author = reply.statement.person_id
    return () if author is None or author == reply.person_id else (author,)


def _say_replied(subject_id: int, person: Person, now: dt.datetime) -> Content | None:  # noqa: ARG001 -- every kind's signature
    reply = Reply.objects.select_related("statement").get(pk=subject_id)
    if reply.person_id is None or reply.statement.person_id != person.pk:
        return None
    return content(
        _talks(reply.statement.round_id).case.assessment.incident, _("Someone answered your reason"),
        _("Somebody has answered what you said about why your group differs."),
        action=_("Read the answer"), page="case",
    )  # fmt: skip


def _author(subject_id: int, now: dt.datetime) -> Iterable[int]:  # noqa: ARG001 -- every kind's signature
    author = Statement.objects.values_list("person_id", flat=True).get(pk=subject_id)
    return () if author is None else (author,)


def _say_join(subject_id: int, person: Person, now: dt.datetime) -> Content | None:  # noqa: ARG001 -- every kind's signature
    statement = Statement.objects.get(pk=subject_id)
    if statement.join_proposed_to_id is None or statement.person_id != person.pk:
        return None
    return content(
        _talks(statement.round_id).case.assessment.incident, _("Does your reason say the same as another?"),
        _("The facilitator asks whether your reason can be joined to another one. Both stay readable."),
        action=_("See both reasons"), page="case",
    )  # fmt: skip


# --- How it ended ---------------------------------------------------------------------------------------------


def _settled(subject_id: int) -> Case | None:
    """Return the case that ended with this close; nothing once it goes on."""
    close = WeightRound.objects.get(pk=subject_id)
    cases = Case.objects.select_related("assessment__incident__jurisdiction")
    case = cases.filter(assessment=close.assessment_id, state=CaseState.AWAITING_DECISION).first()
    newest = case is not None and not case.assessment.rounds.filter(number__gt=close.number).exists()
    return case if newest else None


def _everybody_asked(subject_id: int, now: dt.datetime) -> Iterable[int]:  # noqa: ARG001 -- every kind's signature
    """Return the roll; where no talks were needed, the published score says it all."""
    case = _settled(subject_id)
    if case is None or not (case.rounds_ended or case.outcome == CaseOutcome.PROTECTIVE_DEFAULT):
        return ()
    places = case.assessment.rounds.get(pk=subject_id).roll.filter(person__isnull=False)
    return places.order_by("pk").values_list("person_id", flat=True)


def _say_settled(subject_id: int, person: Person, now: dt.datetime) -> Content | None:  # noqa: ARG001 -- every kind's signature
    case = _settled(subject_id)
    if case is None:
        return None
    return content(
        case.assessment.incident, _("How the talks ended"), str(ENDED_WITH[CaseOutcome(case.outcome)]),
        _("The committee takes up the case."), action=_("See the score"), page="case",
    )  # fmt: skip


def _office_of(case: Case, roles: Iterable[Role], now: dt.datetime) -> list[int]:
    jurisdiction = case.assessment.incident.jurisdiction
    today = now.astimezone(jurisdiction.zone).date()
    return holders_of(jurisdiction, roles, on=today, assessment_id=case.assessment_id)


def _deciding(subject_id: int, now: dt.datetime) -> Iterable[int]:
    case = _settled(subject_id)
    return () if case is None else _office_of(case, DECIDING, now)


def _say_awaits(subject_id: int, person: Person, now: dt.datetime) -> Content | None:
    case = _settled(subject_id)
    if case is None or person.pk not in _office_of(case, DECIDING, now):
        return None
    return content(
        case.assessment.incident, _("A case waits for the committee"),
        str(ENDED_WITH[CaseOutcome(case.outcome)]), action=_("See the score"), page="case",
    )  # fmt: skip


# --- Clocks ---------------------------------------------------------------------------------------------------


def _clock(subject_id: int) -> Clock:
    return Clock.objects.select_related("case__assessment__incident__jurisdiction").get(pk=subject_id)


def _keeping_time(subject_id: int, now: dt.datetime) -> Iterable[int]:
    clock = _clock(subject_id)
    return _office_of(clock.case, KEEPING_TIME, now) if clock.running else ()


def _say_share(share: int, subject_id: int, person: Person, now: dt.datetime) -> Content | None:
    clock = _clock(subject_id)
    if not clock.running or person.pk not in _office_of(clock.case, KEEPING_TIME, now):
        return None
    incident = clock.case.assessment.incident
    words = {
        "share": share,
        "what": clock.get_kind_display(),
        "when": deadlines.told(clock.due_at, incident.jurisdiction.zone),
    }
    return content(
        incident, _("%(share)s%% of the time has passed") % words, _("What runs: %(what)s") % words,
        action=_("See the case"), page="case", until=_("It ends at %(when)s.") % words,
    )  # fmt: skip


WARNINGS = tuple(
    Kind(f"{CLOCK}{share}", binding=True, recipients=_keeping_time, say=partial(_say_share, share))
    for share in WARNED_AT
)
KINDS = (
    Kind(TALKS_CONVENED, binding=True, recipients=_part_takers, say=_say_convened),
    Kind(STATEMENTS_ENDING, binding=True, recipients=_silent, say=_say_ending),
    Kind(TALKS_EXTENDED, binding=True, recipients=_part_takers, say=_say_extended),
    Kind(TALKS_PAUSED, binding=True, recipients=_part_takers_of_paused, say=_say_paused),
    Kind(SESSION_PLANNED, binding=False, recipients=_invited, say=_say_session),
    Kind(STATEMENT_REPLIED, binding=False, recipients=_asked_of_reply, say=_say_replied),
    Kind(JOIN_PROPOSED, binding=False, recipients=_author, say=_say_join),
    Kind(CASE_SETTLED, binding=False, recipients=_everybody_asked, say=_say_settled),
    Kind(CASE_AWAITS, binding=True, recipients=_deciding, say=_say_awaits),
    *WARNINGS,
)
