"""Named queries of a round of talks: the round itself, its reasons with what was said to them, its sessions."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.http import Http404

from assessments.models import EvidenceItem, Incident
from assessments.reads import evidence_of
from assessments.states import Visibility
from deliberation.models import Attendance, Case, Clock, DeliberationRound, LateWords, Reply, Session, Statement
from deliberation.states import PUBLIC_CLOCKS, DeliberationState
from stakeholders.models import Group


def talks_or_404(incident: Incident, number: int, assessment_number: int | None = None) -> DeliberationRound:
    """Return a round of talks; without an assessment, of the newest assessment that has such a round."""
    rounds = _rounds().filter(case__assessment__incident=incident, number=number)
    if assessment_number is not None:
        rounds = rounds.filter(case__assessment__number=assessment_number)
    found = rounds.order_by("-case__assessment__number").first()
    if found is None:
        raise Http404
    return found


def talks_in(incident: Incident) -> QuerySet[DeliberationRound]:
    """Return the rounds of talks of every assessment of a case, the newest first."""
    return _rounds().filter(case__assessment__incident=incident).order_by("-case__assessment__number", "-number")


def talks_of(case: Case | None) -> list[DeliberationRound]:
    """Return the rounds of talks of a case, the newest first."""
    return list(case.rounds.order_by("-number")) if case else []


def newest_talks_or_404(incident: Incident) -> DeliberationRound:
    """Return the newest round of talks of a case."""
    found = talks_in(incident).first()
    if found is None:
        raise Http404
    return found


def session_or_404(one: DeliberationRound, number: int) -> Session:
    """Return one session of a round."""
    found = one.sessions.filter(number=number).first()
    if found is None:
        raise Http404
    found.round = one
    return found


def _rounds() -> QuerySet[DeliberationRound]:
    return DeliberationRound.objects.select_related(
        "case__assessment__policy__jurisdiction", "case__assessment__incident__jurisdiction",
        "basis__assessment__policy", "follow_up__assessment",
    )  # fmt: skip


def clocks_of(one: DeliberationRound) -> list[Clock]:
    """Return the clocks of the three parts, in their order, with what held them up."""
    rows = one.clocks.filter(kind__in=PUBLIC_CLOCKS).order_by("due_at", "pk")
    return list(rows.select_related("calendar").prefetch_related("pauses"))


def reasons_of(one: DeliberationRound) -> list[Statement]:
    """Return every reason of a round, joined ones too; their replies are asked for apart."""
    return list(one.statements.select_related("group", "person").order_by("pk"))


def late_words_asked(one: DeliberationRound) -> list[LateWords]:
    """Return the words that came too late and whose authors ask to have them accepted, until the round has ended."""
    asked = one.late_words.exclude(asked_at=None).exclude(round__state=DeliberationState.ENDED)
    return list(asked.order_by("asked_at", "pk"))


def fetch_evidence(rows: Sequence[Statement]) -> None:
    """Fetch the evidence of the reasons that a page shows, all at once."""
    prefetch_related_objects(rows, _evidence())


def reason_in_case_or_404(incident: Incident, number: int, token: str) -> Statement:
    """Return a reason by its token, whichever assessment its talks belong to; links to it outlive a new one."""
    one = _rounds().filter(case__assessment__incident=incident, number=number, statements__token=token).first()
    if one is None:
        raise Http404
    return reason_or_404(one, token)


def reason_or_404(one: DeliberationRound, token: str) -> Statement:
    """Return one reason of a round, with what it is joined to and what joined it."""
    rows = one.statements.select_related("group", "person", "joined_to__group", "join_proposed_to__group")
    found = rows.prefetch_related(_evidence(), "joined__group", "joined__person").filter(token=token).first()
    if found is None:
        raise Http404
    found.round = one
    return found


def replies_to(statement: Statement) -> list[Reply]:
    """Return what people said to a reason, in the order in which they did."""
    return list(statement.replies.select_related("group").prefetch_related(_evidence()).order_by("replied_at", "pk"))


def replies_in(one: DeliberationRound) -> QuerySet[Reply]:
    """Return everything that people said to the reasons of a round."""
    return Reply.objects.filter(statement__round=one)


def all_replies(one: DeliberationRound) -> QuerySet[Reply]:
    """Return them with the reasons to which they were said, in the order in which they were."""
    rows = replies_in(one).select_related("group", "statement").prefetch_related(_evidence())
    return rows.order_by("replied_at", "pk")


def sessions_of(one: DeliberationRound) -> list[Session]:
    """Return the sessions with who was there."""
    there = Prefetch("attendance", Attendance.objects.select_related("group").order_by("group__position_order"))
    return list(one.sessions.select_related("facilitator").prefetch_related(there).order_by("number"))


def groups_in(one: DeliberationRound) -> list[Group]:
    """Return the groups of the roll of the round that showed the difference, in canonical order."""
    return list(Group.objects.filter(pk__in=one.basis.sums.values("group")).order_by("position_order"))


def evidence_to_cite(one: DeliberationRound) -> list[EvidenceItem]:
    """Return the rows of the case on which words that everybody reads may rest."""
    return list(evidence_of(one.case.assessment.incident).filter(visibility=Visibility.PUBLIC))


def _evidence() -> Any:
    return Prefetch("evidence", EvidenceItem.objects.order_by("number", "version"))
