"""Named queries about what is judged. Nothing here shows a number that rests on answers of a running round."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404

from assessments import policy
from assessments.models import (
    Assessment,
    Draft,
    EvaluatorAppointment,
    EvidenceItem,
    Incident,
    Rating,
    RollEntry,
    RoundRecord,
    ScoreRun,
    Submission,
    WeightRound,
)
from assessments.states import EvidenceKind, RoundState, SubmissionKind
from stakeholders.models import Group, Jurisdiction, Person
from stakeholders.reads import groups_of

OPENED = (RoundState.OPEN, RoundState.CLOSED, RoundState.PUBLISHED)
BANDS = (20, 10, 5)
"""Answers per group are told as at least this many, or as fewer than the smallest."""


@dataclass(frozen=True)
class Result:
    """A published score with everything it rests on."""

    run: ScoreRun
    binding: dict[str, Any]
    statistics: dict[str, Any]
    round: WeightRound | None
    record: RoundRecord | None


@dataclass(frozen=True)
class OwnAnswer:
    """What a person's own submission on one round is, for that person alone."""

    entry: RollEntry
    submission: Submission | None

    @cached_property
    def versions(self) -> tuple[Submission, ...]:
        """Every version that was sent or taken back, oldest first; asked for only by those who show them."""
        return tuple(sorted(self.entry.submissions.all(), key=lambda row: row.version))

    @cached_property
    def carried(self) -> Submission | None:
        """What was carried over from the round before, whatever was done with it since."""
        return next((row for row in self.versions if row.kind == SubmissionKind.CARRIED), None)

    @property
    def withdrawn(self) -> bool:
        """Whether the person took the answer back."""
        return bool(self.versions) and self.submission is None


@dataclass(frozen=True)
class Freshness:
    """How far the counting has come; says nothing about what was counted."""

    input_rev: int
    scored_rev: int

    @property
    def waiting(self) -> int:
        """How many accepted inputs are not in the stored score yet."""
        return self.input_rev - self.scored_rev


# --- Incidents, evidence, ratings -----------------------------------------------------------------------------


def incidents_of(jurisdiction: Jurisdiction) -> QuerySet[Incident]:
    """Every incident of the jurisdiction that was not merged into another, newest first."""
    return (
        Incident.objects.filter(jurisdiction=jurisdiction, merged_into__isnull=True)
        .select_related("system__deployer", "jurisdiction")
        .order_by("-created_at", "-pk")
    )


def incident_or_404(jurisdiction: Jurisdiction, reference: str) -> Incident:
    """Return the incident under ``reference``; one of another jurisdiction does not exist here."""
    incident = (
        Incident.objects.filter(jurisdiction=jurisdiction, reference=reference)
        .select_related("system__deployer", "jurisdiction", "merged_into")
        .first()
    )
    if incident is None:
        raise Http404
    return incident


def current_assessment(incident: Incident) -> Assessment | None:
    """Return the newest assessment of the incident, the one that its page shows."""
    return incident.assessments.select_related("policy", "incident__jurisdiction").order_by("-number").first()


def assessments_of(incident: Incident) -> QuerySet[Assessment]:
    """Return every assessment of the incident, newest first."""
    return incident.assessments.select_related("policy", "supersedes", "incident__jurisdiction").order_by("-number")


def evidence_of(incident: Incident) -> QuerySet[EvidenceItem]:
    """Return the current version of every row of evidence."""
    return evidence_of_all([incident])


def evidence_of_all(incidents: Sequence[Incident]) -> QuerySet[EvidenceItem]:
    """Return the current version of every row of evidence of several cases."""
    rows = EvidenceItem.objects.filter(incident__in=incidents, superseded_by__isnull=True)
    return rows.select_related("incident").prefetch_related("sources").order_by("incident__reference", "number")


def evidence_known(assessment: Assessment) -> QuerySet[EvidenceItem]:
    """Return the rows a rating may rest on: known on the cut-off day, and nothing told only afterwards."""
    rows = evidence_of(assessment.incident).filter(kind=EvidenceKind.EVIDENCE)
    if assessment.evidence_cutoff is None:
        return rows
    return rows.filter(as_of_to__lte=assessment.evidence_cutoff)


def evidence_frozen(assessment: Assessment) -> list[EvidenceItem]:
    """Return the rows a rating could rest on as they stood when the ratings were frozen."""
    rows = assessment.incident.evidence.filter(kind=EvidenceKind.EVIDENCE).prefetch_related("sources")
    if assessment.evidence_cutoff is not None:
        rows = rows.filter(as_of_to__lte=assessment.evidence_cutoff)
    if assessment.ratings_frozen_at is not None:
        rows = rows.filter(created_at__lte=assessment.ratings_frozen_at)
    newest = {item.number: item for item in rows.order_by("number", "version")}
    return list(newest.values())


def newest_ratings(assessments: Sequence[int]) -> QuerySet[Rating]:
    """Return each evaluator's newest rating of some assessments, signed off or not, with its values."""
    newest = Rating.objects.filter(assessment__in=assessments).values("assessment", "evaluator")
    return (
        Rating.objects.filter(pk__in=newest.annotate(newest=Max("pk")).values("newest"))
        .annotate(supervised=Exists(_supervised()))
        .order_by("assessment_id", "evaluator_id")
        .prefetch_related("values", Prefetch("values__evidence", EvidenceItem.objects.order_by("number")))
    )


def _supervised() -> QuerySet[EvaluatorAppointment]:
    return EvaluatorAppointment.objects.filter(
        assessment=OuterRef("assessment"), person=OuterRef("evaluator"), supervised=True, confirmed_at__isnull=False
    )


def counted_ratings(assessments: Sequence[int]) -> QuerySet[Rating]:
    """Return the newest ratings that count: a supervised evaluator's only once it is signed off."""
    return newest_ratings(assessments).filter(Q(supervised=False) | Q(sign_off__isnull=False))


def latest_ratings(assessment: Assessment) -> list[Rating]:
    """Return each evaluator's newest rating that counts, in the order in which the evaluators are known."""
    return list(counted_ratings([assessment.pk]))


def table_of(rating: Rating) -> dict[tuple[str, int], Decimal]:
    """Return the values of a rating by factor and part."""
    return {(row.factor, row.part): row.value for row in rating.values.all()}


# --- Rounds ---------------------------------------------------------------------------------------------------


def round_or_404(incident: Incident, number: int) -> WeightRound:
    """Return a round of the incident's newest assessment that people may know of."""
    assessment = current_assessment(incident)
    visible = [RoundState.ANNOUNCED, *OPENED]
    found = (
        WeightRound.objects.filter(assessment=assessment, number=number, state__in=visible)
        .select_related("assessment__incident__jurisdiction", "assessment__policy")
        .first()
    )
    if found is None:
        raise Http404
    return found


def open_rounds(jurisdiction: Jurisdiction, now: dt.datetime) -> QuerySet[WeightRound]:
    """Return the rounds that accept answers now, those that close first first."""
    return (
        WeightRound.objects.filter(
            state=RoundState.OPEN, closes_at__gt=now, assessment__incident__jurisdiction=jurisdiction
        )
        .select_related("assessment__incident__system__deployer", "assessment__incident__jurisdiction")
        .order_by("closes_at", "pk")
    )


def running_round(assessment: Assessment) -> WeightRound | None:
    """Return the round that is announced, open or being counted, if there is one."""
    running = (RoundState.ANNOUNCED, RoundState.OPEN, RoundState.CLOSED)
    return assessment.rounds.filter(state__in=running).first()


def rounds_published_before(assessment: Assessment) -> list[WeightRound]:
    """Return the published rounds of an assessment and of those whose place it took, newest first.

    The same people answered the same questions there, so what is published next can be compared with them.
    """
    line = [assessment.pk]
    earlier = assessment.supersedes
    while earlier is not None:
        line.append(earlier.pk)
        earlier = earlier.supersedes
    published = WeightRound.objects.filter(assessment__in=line, state=RoundState.PUBLISHED)
    return list(published.select_related("record").order_by("-published_at", "-pk"))


def roll_sizes(weight_round: WeightRound) -> dict[int, int]:
    """Return the places on the roll by group id."""
    counts = weight_round.roll.values("group_id").annotate(places=Count("pk"))
    return {row["group_id"]: row["places"] for row in counts}


def answered_bands(weight_round: WeightRound, now: dt.datetime) -> dict[int, int]:
    """Return, by group id, 0, 5, 10 or 20: at least this many had answered when the local day began.

    Counted at the start of the day, so that refreshing the page tells nobody who has just answered.
    """
    zone = weight_round.assessment.incident.jurisdiction.zone
    midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    before = Submission.objects.filter(roll_entry__round=weight_round, accepted_at__lt=midnight)
    newest = before.values("roll_entry").annotate(newest=Max("pk")).values("newest")
    counted = (
        Submission.objects.filter(pk__in=newest, kind=SubmissionKind.ANSWER)
        .values("roll_entry__group_id")
        .annotate(answers=Count("pk"))
    )
    answers = {row["roll_entry__group_id"]: row["answers"] for row in counted}
    return {group: _band(answers.get(group, 0)) for group in roll_sizes(weight_round)}


def _band(answers: int) -> int:
    return next((band for band in BANDS if answers >= band), 0)


def freshness(assessment: Assessment) -> Freshness:
    """Return how far the counting has come."""
    row = Assessment.objects.values("input_rev", "scored_rev").get(pk=assessment.pk)
    return Freshness(row["input_rev"], row["scored_rev"])


def somebody_to_hear(jurisdiction: Jurisdiction, now: dt.datetime) -> Person | None:
    """Return a person who can answer an open round and has not, affected communities first."""
    entry = (
        RollEntry.objects.filter(round__in=open_rounds(jurisdiction, now), submissions__isnull=True)
        .filter(person__isnull=False)
        .select_related("person")
        .order_by("round__closes_at", "-group__is_affected", "pk")
        .first()
    )
    return entry.person if entry else None


def groups_short_of_answers(weight_round: WeightRound) -> list[Group]:
    """Return the groups with fewer answers than count; none once the whole roll has answered."""
    if not not_answered(weight_round).exists():
        return []
    standing = Q(current__submission__kind=SubmissionKind.ANSWER)
    rows = weight_round.roll.filter(standing).values("group_id").annotate(answers=Count("pk"))
    answers = {row["group_id"]: row["answers"] for row in rows}
    least = policy.read(weight_round.assessment.policy).parameters.minimum_answers
    groups = groups_of(weight_round.assessment.incident.jurisdiction)
    return [group for group in groups if answers.get(group.pk, 0) < max(least, group.min_size)]


def not_answered(weight_round: WeightRound) -> QuerySet[RollEntry]:
    """Return the places without a standing answer that was sent in this round, for the secretariat's reminders."""
    return (
        weight_round.roll.exclude(current__submission__kind=SubmissionKind.ANSWER)
        .select_related("group", "person")
        .order_by("group__position_order", "person__name", "pk")
    )


def record_of(weight_round: WeightRound) -> RoundRecord | None:
    """Return what the close published."""
    return RoundRecord.objects.filter(round=weight_round).first()


# --- Results --------------------------------------------------------------------------------------------------


def scores_before(assessment: Assessment, record: RoundRecord) -> list[Decimal]:
    """Return the newest score of every other assessment under the same scheme that was public before its ``record``.

    Later records change nothing here, so a page keeps saying what it said.
    """
    before = Q(published_at__lt=record.published_at) | Q(published_at=record.published_at, pk__lt=record.pk)
    earlier = (
        RoundRecord.objects.filter(
            before,
            round__assessment__incident__jurisdiction=assessment.incident.jurisdiction_id,
            round__assessment__scheme=assessment.scheme,
        )
        .exclude(round__assessment=assessment)
        .order_by("published_at", "pk")
        .values_list("round__assessment", "score_string")
    )
    newest = dict(earlier)
    return [Decimal(string.partition("/")[0]) for string in newest.values()]


def published_result(assessment: Assessment) -> Result | None:
    """Return the newest published score: of the last published round, or from equal weights before the first."""
    run = assessment.runs.filter(published=True).select_related("round", "round__record").order_by("-rev").first()
    if run is None:
        return None
    return Result(
        run=run,
        binding=json.loads(run.binding),
        statistics=run.statistics,
        round=run.round,
        record=getattr(run.round, "record", None) if run.round else None,
    )


# --- A person's own -------------------------------------------------------------------------------------------


def roll_entry_of(weight_round: WeightRound, person: Person | None) -> RollEntry | None:
    """Return the person's place on the roll."""
    if person is None:
        return None
    return weight_round.roll.filter(person=person).select_related("group", "round").first()


def own_answer(weight_round: WeightRound, person: Person) -> OwnAnswer | None:
    """Return the person's own answers on one round, or nothing if they are not on its roll."""
    # One statement: sending deletes the draft and puts the answer in its place, and a form sent twice meets both.
    parts = ("group", "round", "draft", "current__submission__detail")
    entry = weight_round.roll.filter(person=person).select_related(*parts).first()
    return _own_answer(entry) if entry else None


def own_answers(person: Person) -> list[OwnAnswer]:
    """Return the person's own answers, newest round first; places without an answer are left out."""
    entries = (
        RollEntry.objects.filter(Q(submissions__isnull=False) | Q(draft__isnull=False), person=person)
        .select_related(
            "group", "round__assessment__incident__jurisdiction", "round__carried_from", "current__submission__detail"
        )
        .prefetch_related(Prefetch("submissions", Submission.objects.select_related("detail").order_by("version")))
        .order_by("-round__opens_at", "-pk")
        .distinct()
    )
    return [_own_answer(entry) for entry in entries]


def _own_answer(entry: RollEntry) -> OwnAnswer:
    current = getattr(entry, "current", None)
    return OwnAnswer(entry=entry, submission=current.submission if current else None)


def draft_of(weight_round: WeightRound, person: Person) -> Draft | None:
    """Return what the person has filled in and not sent."""
    return Draft.objects.filter(roll_entry__round=weight_round, roll_entry__person=person).first()
