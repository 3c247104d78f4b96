"""Named queries of the public pages: cases with their stage, and what happened to one."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.http import Http404

from assessments.models import Assessment, Incident, RoundRecord, WeightRound
from assessments.states import RoundState, RoundVerb
from deliberation.models import Case as Proceeding
from deliberation.search import Wider, saying, wider
from deliberation.states import CaseOrder, CaseStage
from lastvote.audit.models import AuditEvent
from stakeholders.models import Jurisdiction

PUBLIC_KINDS = frozenset({
    "incident.created", "incident.changed", "incident.merged", "incident.separated", "incident.took_in",
    "evidence.added", "evidence.changed", "assessment.opened", "ratings.frozen", "round.announced", "round.opened",
    "round.extended", "round.closed", "round.published", "position.adopted", "peak.looked_at", "case.convened",
    "case.days_credited", "case.days_recounted", "case.note_published", "case.pause_ended", "case.protected",
    "case.round_ended", "case.session_changed", "case.session_minuted", "case.session_planned", "case.sessions_ended",
    "case.settled", "case.statements_ended", "case.talks_extended", "case.talks_paused",
})  # fmt: skip
"""What the timeline tells. Single answers never stand here: their times would say who answered when."""

_STAGES: dict[RoundState, CaseStage] = {
    RoundState.ANNOUNCED: CaseStage.ANNOUNCED,
    RoundState.OPEN: CaseStage.WEIGHING,
    RoundState.CLOSED: CaseStage.COUNTING,
    RoundState.PUBLISHED: CaseStage.SCORED,
}


@dataclass(frozen=True)
class CaseFilter:
    """What a visitor asked the case list for; empty means everything."""

    words: str = ""
    stage: str = ""
    order: str = CaseOrder.NEWEST
    changed_since: dt.datetime | None = None
    published_after: dt.datetime | None = None
    withheld: bool = False
    """Whether words of withheld evidence find its case; only for those who may read it."""


def stage_of(assessment: Assessment | None, weight_round: WeightRound | None) -> CaseStage:
    """Return the stage of one case; the list computes the same in the database."""
    if assessment is None:
        return CaseStage.RECEIVED
    if assessment.ratings_frozen_at is None:
        return CaseStage.RATING
    if weight_round is None:
        return CaseStage.RATED
    if weight_round.state == RoundState.ANNOUNCED and hasattr(weight_round, "deliberation"):
        return CaseStage.TALKS
    return _STAGES.get(RoundState(weight_round.state), CaseStage.RATED)


def cases_of(jurisdiction: Jurisdiction, wanted: CaseFilter | None = None) -> QuerySet[Any]:
    """Return cases, merged ones left out, each with ``stage`` and the number and times of its newest round."""
    wanted = wanted or CaseFilter()
    cases = _with_stage(Incident.objects.filter(jurisdiction=jurisdiction, merged_into=None))
    if wanted.stage:
        cases = cases.filter(stage=wanted.stage)
    if wanted.words:
        cases = saying(cases, jurisdiction, wanted.words, withheld=wanted.withheld)
    if wanted.changed_since:
        cases = cases.filter(_told_since(wanted.changed_since))
    if wanted.published_after:
        cases = cases.filter(_published_after(wanted.published_after))
    return cases.select_related("system__deployer").order_by(*_ORDERS[CaseOrder(wanted.order)])


def wider_words(jurisdiction: Jurisdiction, wanted: CaseFilter) -> list[Wider]:
    """Return how many cases each word of a search finds alone, in whatever stage: what to try when nothing fits."""
    cases = Incident.objects.filter(jurisdiction=jurisdiction, merged_into=None)
    return wider(cases, jurisdiction, wanted.words, withheld=wanted.withheld)


_ORDERS: dict[CaseOrder, tuple[Any, ...]] = {
    CaseOrder.NEWEST: ("-created_at", "-id"),
    CaseOrder.OLDEST: ("created_at", "id"),
    CaseOrder.CLOSING: (F("open_until").asc(nulls_last=True), "-created_at", "-id"),
}


def _with_stage(cases: QuerySet[Incident]) -> QuerySet[Any]:
    # typed loosely: the checker does not follow fields that are added one after the other
    newest = Assessment.objects.filter(incident=OuterRef("pk")).order_by("-number")
    rounds = announced_rounds().filter(assessment=OuterRef("assessment_id")).order_by("-number")
    return cases.annotate(
        assessment_id=Subquery(newest.values("pk")[:1]),
        frozen_at=Subquery(newest.values("ratings_frozen_at")[:1]),
    ).annotate(
        round_state=Subquery(rounds.values("state")[:1]),
        round_number=Subquery(rounds.values("number")[:1]),
        round_of_talks=Subquery(rounds.values("deliberation")[:1]),
        round_opens_at=Subquery(rounds.values("opens_at")[:1]),
        round_closes_at=Subquery(rounds.values("closes_at")[:1]),
        open_until=Subquery(rounds.filter(state=RoundState.OPEN).values("closes_at")[:1]),
        stage=_stage_in_database(),
    )


def _stage_in_database() -> Case:
    return Case(
        When(assessment_id=None, then=Value(CaseStage.RECEIVED)),
        When(frozen_at=None, then=Value(CaseStage.RATING)),
        When(round_state=RoundState.ANNOUNCED, round_of_talks__isnull=False, then=Value(CaseStage.TALKS)),
        *(When(round_state=state, then=Value(stage)) for state, stage in _STAGES.items()),
        default=Value(CaseStage.RATED),
        output_field=CharField(),
    )


def _told_since(instant: dt.datetime) -> Q:
    """Match cases whose timeline got an entry from ``instant`` on, whatever earlier time the entry is about."""
    told = AuditEvent.objects.filter(kind__in=tuple(PUBLIC_KINDS), at__gte=instant)
    rated = Assessment.objects.filter(incident=OuterRef(OuterRef("pk"))).values("pk")
    weighed = announced_rounds().filter(assessment__incident=OuterRef(OuterRef("pk"))).values("pk")
    judged = Proceeding.objects.filter(assessment__incident=OuterRef(OuterRef("pk"))).values("pk")
    return (
        Q(Exists(told.filter(subject="incident", subject_id=OuterRef("pk"))))
        | Q(Exists(told.filter(subject="assessment", subject_id__in=rated)))
        | Q(Exists(told.filter(subject="round", subject_id__in=weighed)))
        | Q(Exists(told.filter(subject="case", subject_id__in=judged)))
    )


def _published_after(instant: dt.datetime) -> Q:
    """Match cases of which the close of a round published a score after ``instant``."""
    records = RoundRecord.objects.filter(round__assessment__incident=OuterRef("pk"), published_at__gt=instant)
    return Q(Exists(records))


def announced_rounds() -> QuerySet[WeightRound]:
    """Return rounds that the public may know of: announced by two people and not void."""
    return WeightRound.objects.exclude(announced_at=None).exclude(state=RoundState.VOID)


def newest_round(assessment: Assessment | None) -> WeightRound | None:
    """Return the round that a case is in, or was in last."""
    if assessment is None:
        return None
    rounds = announced_rounds().filter(assessment=assessment).order_by("-number")
    return rounds.select_related("assessment__incident__jurisdiction", "deliberation").first()


def proceeding_of(assessment: Assessment | None) -> Proceeding | None:
    """Return the proceeding on an assessment; there is none before its first close is published."""
    found = Proceeding.objects.filter(assessment=assessment).select_related("finding", "assessment")
    return found.first() if assessment else None


def round_or_404(incident: Incident, number: int, assessment_number: int | None = None) -> WeightRound:
    """Return a public round of a case; without an assessment, the newest assessment that has such a round."""
    rounds = announced_rounds().filter(assessment__incident=incident, number=number)
    if assessment_number is not None:
        rounds = rounds.filter(assessment__number=assessment_number)
    found = (
        rounds.select_related("assessment__incident__jurisdiction", "assessment__policy__jurisdiction")
        .order_by("-assessment__number")
        .first()
    )
    if found is None:
        raise Http404
    return found


def rounds_of(incident: Incident) -> QuerySet[WeightRound]:
    """Return every announced round of a case, newest first."""
    return (
        announced_rounds()
        .filter(assessment__incident=incident)
        .select_related("assessment")
        .order_by("-assessment__number", "-number")
    )


def early_close_reason(weight_round: WeightRound) -> str:
    """Return why two people closed the round before its time; nothing if they did not."""
    confirmed = weight_round.proposals.filter(verb=RoundVerb.CLOSE_EARLY).exclude(confirmed_at=None).first()
    return confirmed.reason if confirmed else ""


def timeline_of(incident: Incident, *, kinds: Iterable[str] = PUBLIC_KINDS) -> QuerySet[AuditEvent]:
    """Return what happened to a case, newest first."""
    about = Q(subject="incident", subject_id=incident.pk)
    about |= Q(subject="assessment", subject_id__in=Assessment.objects.filter(incident=incident).values("pk"))
    about |= Q(subject="round", subject_id__in=rounds_of(incident).order_by().values("pk"))
    about |= Q(subject="case", subject_id__in=Proceeding.objects.filter(assessment__incident=incident).values("pk"))
    return AuditEvent.objects.filter(about, kind__in=tuple(kinds)).order_by("-effective_at", "-id")
