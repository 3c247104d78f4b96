"""Opening an assessment, rating it and freezing the ratings."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from assessments import policy, reads
from assessments.actions.merges import check_stands_alone
from assessments.actions.rescoring import check_rescoring, owe_news
from assessments.agreement import FEWEST_EVALUATORS, needs_third
from assessments.models import (
    Assessment,
    EvidenceItem,
    Incident,
    PolicyVersion,
    Rating,
    RatingDraft,
    RatingSignOff,
    RatingValue,
)
from assessments.proceedings import check_nothing_goes_on
from assessments.scoring.lines import whole_months
from assessments.scoring.schemes import SCHEMES, Scheme
from assessments.states import SchemeName
from lastvote.access import Permission
from lastvote.audit.record import record
from lastvote.errors import Refused
from lastvote.jobs.outbox import enqueue
from lastvote.transactions import locking
from stakeholders.models import Person
from stakeholders.rules import require

PLACES = 4


@dataclass(frozen=True)
class RatedValue:
    """One value an evaluator gives: part 0 is the factor itself, 1 to 3 its components."""

    factor: str
    part: int
    value: Decimal
    reason: str
    evidence: Sequence[EvidenceItem] = field(default_factory=tuple)
    none_found: bool = False


def open_assessment(
    *,
    incident: Incident,
    scheme: SchemeName,
    policy_version: PolicyVersion,
    opened_on: dt.date,
    by: Person,
    now: dt.datetime,
    evidence_cutoff: dt.date | None = None,
    supersedes: Assessment | None = None,
    rescored_because: str = "",
) -> Assessment:
    """Open one scoring of an incident, bound to a policy version and to the month it was opened in.

    With ``supersedes`` it scores the case anew, for the reason given. Refuses a policy of another jurisdiction or one
    not yet in force, an opening before the roadmap starts, a second assessment while one is being rated or a round
    runs or is not judged, a case that was merged, and a rescoring that ``check_rescoring`` refuses.
    Records ``assessment.opened``.
    """
    jurisdiction = incident.jurisdiction
    require(by, Permission.MANAGE_INCIDENTS, on=now.astimezone(jurisdiction.zone).date())
    if policy_version.jurisdiction_id != jurisdiction.pk or policy_version.effective_from > opened_on:
        raise Refused("policy_not_in_force", _("This policy version is not in force on that day."))
    with locking():
        Incident.objects.select_for_update().get(pk=incident.pk)
        check_stands_alone(incident.pk)
        _check_nothing_runs(incident, now)
        if supersedes is not None:
            check_rescoring(supersedes, incident=incident, scheme=scheme, reason=rescored_because)
        last = incident.assessments.aggregate(last=Max("number"))["last"] or 0
        assessment = Assessment.objects.create(
            incident=incident,
            number=last + 1,
            scheme=scheme,
            aggregator=policy.read(policy_version).aggregators[scheme],
            policy=policy_version,
            opened_on=opened_on,
            month=None if incident.retrospective else months_between(jurisdiction.roadmap_start, opened_on),
            retrospective=incident.retrospective,
            evidence_cutoff=evidence_cutoff,
            supersedes=supersedes,
            rescored_because=rescored_because.strip(),
            created_at=now,
        )
        _record_opened(assessment, by, now)
    return assessment


def _record_opened(assessment: Assessment, by: Person, now: dt.datetime) -> None:
    incident, earlier = assessment.incident, assessment.supersedes
    record(
        kind="assessment.opened", subject="assessment", subject_id=assessment.pk,
        jurisdiction_id=incident.jurisdiction_id, actor_id=by.pk, acting_as="secretariat", now=now,
        facts={
            "reference": incident.reference, "number": assessment.number, "scheme": assessment.scheme,
            "policy": assessment.policy.number, "month": assessment.month,
            "supersedes": earlier.number if earlier else None,
        },
    )  # fmt: skip


def _check_nothing_runs(incident: Incident, now: dt.datetime) -> None:
    """A page of a case shows its newest assessment: whatever runs on an earlier one would be out of reach."""
    if incident.assessments.filter(ratings_frozen_at=None).exists():
        raise Refused("already_being_rated", _("This case is being rated. Fix these ratings first."), status=409)
    newest = reads.current_assessment(incident)
    if newest is None:
        return
    Assessment.objects.select_for_update().get(pk=newest.pk)
    if reads.running_round(newest) is not None:
        raise Refused(
            "round_running", _("A round is running. The case can be rated again after its result."), status=409
        )
    check_nothing_goes_on(newest, now)


def months_between(start: dt.date, day: dt.date) -> int:
    """Return the whole months from ``start`` to ``day`` (D16)."""
    if day < start:
        raise Refused("phase_range", _("An assessment cannot open before the roadmap starts."))
    return whole_months(start, day)


def submit_rating(
    *,
    assessment: Assessment,
    values: Sequence[RatedValue],
    by: Person,
    now: dt.datetime,
    draft: RatingDraft | None = None,
) -> Rating:
    """Hand in one evaluator's rating; handing in again adds a version. What was kept half filled in goes.

    With the ``draft`` that the values come from, a form sent twice is handed in once: whoever comes second finds the
    draft gone and gets the rating that it became.

    Refuses people who are not evaluators here, whoever signed off another's rating here, incomplete or out-of-range
    values, values without a reason, evidence not known at the cut-off, and any rating after the freeze.
    Records ``rating.submitted``.
    """
    jurisdiction = assessment.incident.jurisdiction
    require(by, Permission.RATE, on=now.astimezone(jurisdiction.zone).date(), assessment_id=assessment.pk)
    _check_values(assessment, values)
    with locking():
        locked = Assessment.objects.select_for_update().get(pk=assessment.pk)
        if locked.ratings_frozen_at:
            raise Refused(
                "ratings_frozen", _("The ratings are frozen. New evidence needs a new assessment."), status=409
            )
        _check_blind(locked, by)
        if draft is not None and not RatingDraft.objects.filter(pk=draft.pk).exists():
            return locked.ratings.filter(evaluator=by).latest("version")
        last = locked.ratings.filter(evaluator=by).aggregate(last=Max("version"))["last"] or 0
        rating = Rating.objects.create(assessment=locked, evaluator=by, version=last + 1, submitted_at=now)
        _insert_values(rating, values)
        RatingDraft.objects.filter(assessment=locked, evaluator=by).delete()
        record(
            kind="rating.submitted",
            subject="assessment",
            subject_id=locked.pk,
            jurisdiction_id=jurisdiction.pk,
            actor_id=by.pk,
            acting_as="evaluator",
            now=now,
            facts={"version": rating.version},
            secret={"values": [[row.factor, row.part, str(row.value)] for row in values]},
        )
    return rating


def _insert_values(rating: Rating, values: Sequence[RatedValue]) -> None:
    for row in values:
        value = RatingValue.objects.create(
            rating=rating,
            factor=row.factor,
            part=row.part,
            value=row.value,
            reason=row.reason,
            none_found=row.none_found,
        )
        value.evidence.set(row.evidence)


def _check_blind(assessment: Assessment, by: Person) -> None:
    if RatingSignOff.objects.filter(rating__assessment=assessment, supervisor=by).exists():
        raise Refused(
            "has_signed_off", _("You have read and signed off another rating of this case, so you cannot rate it."),
            status=409,
        )  # fmt: skip


def _check_values(assessment: Assessment, values: Sequence[RatedValue]) -> None:
    scheme = SCHEMES[assessment.scheme]
    if sorted((row.factor, row.part) for row in values) != sorted(expected_parts(scheme)):
        raise Refused("missing_sub_risk", _("Rate every item once, and nothing else."))
    known = {item.pk for item in reads.evidence_known(assessment)}
    for row in values:
        _check_value(row, known)


def _check_value(row: RatedValue, known: set[int]) -> None:
    if not row.value.is_finite() or not 0 <= row.value <= 1:
        raise Refused("range", _("A rating must be between 0 and 1."), details={"factor": row.factor})
    if -int(row.value.as_tuple().exponent) > PLACES:
        raise Refused("max_decimal_places", _("A rating has at most 4 decimals."), details={"factor": row.factor})
    if not row.reason.strip():
        raise Refused("rationale_required", _("Give a reason for each rating."), details={"factor": row.factor})
    if bool(row.evidence) == row.none_found:
        raise Refused(
            "evidence_required", _("Link evidence to each rating, or say that none was found."),
            details={"factor": row.factor},
        )  # fmt: skip
    if any(item.pk not in known for item in row.evidence):
        raise Refused(
            "evidence_not_known", _("A rating may only rest on evidence known at the cut-off."),
            details={"factor": row.factor},
        )  # fmt: skip


def expected_parts(scheme: Scheme) -> list[tuple[str, int]]:
    """Return every (factor, part) that a complete rating under ``scheme`` holds."""
    if not scheme.components:
        return [(factor, 0) for factor in scheme.factors]
    pairs = zip(scheme.factors, scheme.components, strict=True)
    return [(factor, part) for factor, names in pairs for part in range(1, len(names) + 1)]


def freeze_ratings(*, assessment: Assessment, by: Person, now: dt.datetime) -> Assessment:
    """Freeze the ratings and make them public; from here on a round may open.

    Refuses fewer than two evaluators whose ratings count, and two that differ by more than 0.2 without a third.
    What is half filled in goes. Records ``ratings.frozen``, and owes a score from equal weights and, where the case
    was scored before, a message to everybody who answered then.
    """
    jurisdiction = assessment.incident.jurisdiction
    require(by, Permission.MANAGE_INCIDENTS, on=now.astimezone(jurisdiction.zone).date())
    with locking():
        locked = Assessment.objects.select_for_update().get(pk=assessment.pk)
        if locked.ratings_frozen_at:
            raise Refused("ratings_frozen", _("The ratings are frozen already."), status=409)
        _check_enough(locked)
        locked.ratings_frozen_at = now
        locked.input_rev += 1
        locked.save(update_fields=["ratings_frozen_at", "input_rev"])
        RatingDraft.objects.filter(assessment=locked).delete()
        record(
            kind="ratings.frozen",
            subject="assessment",
            subject_id=locked.pk,
            jurisdiction_id=jurisdiction.pk,
            actor_id=by.pk,
            acting_as="secretariat",
            now=now,
            facts={"input_rev": locked.input_rev},
        )
        enqueue(kind="recompute", subject_id=locked.pk, now=now)
        owe_news(locked, now)
    return locked


def _check_enough(assessment: Assessment) -> None:
    ratings = reads.latest_ratings(assessment)
    if len(ratings) < FEWEST_EVALUATORS:
        raise Refused(
            "two_evaluators_required", _("Two evaluators must rate before the ratings can be frozen."), status=409
        )
    if needs_third([reads.table_of(rating) for rating in ratings]):
        raise Refused(
            "third_evaluator_required",
            _("The two ratings differ by more than 0.2. A third evaluator must rate."),
            status=409,
        )
