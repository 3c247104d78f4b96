"""Folding accepted answers into exact group sums, and computing the score that follows from them.

Both are safe to repeat: a fold takes the answers in ``(folded_rev, input_rev]`` under the assessment's lock, so each
is added exactly once, and a score run is keyed by the revision it belongs to.
"""

import datetime as dt

from assessments import snapshot
from assessments.models import Assessment, GroupSum, RollEntry, ScoreRun, Submission, WeightRound
from assessments.scoring import engine
from assessments.scoring.group_sums import GroupSums
from assessments.scoring.inputs import ScoringInput
from assessments.scoring.schemes import SCHEMES
from assessments.scoring.version import FORMULA_VERSION
from assessments.states import RoundState
from lastvote.audit.record import record
from lastvote.transactions import locking


class ScoreMismatchError(Exception):
    """The same inputs gave other bytes than before. Never repaired silently: the stored run stands."""


def recompute(*, assessment_id: int, now: dt.datetime) -> ScoreRun:
    """Fold what is waiting and store the score at that revision; a later revision is never overwritten.

    A run without a round rests on public ratings and equal weights, so it is public at once.
    """
    with locking():
        assessment = Assessment.objects.select_for_update(of=("self",)).select_related(
            "policy", "incident__jurisdiction"
        ).get(pk=assessment_id)  # fmt: skip
        fold(assessment)
        weight_round = current_round(assessment)
        inputs = snapshot.scoring_input(assessment, weight_round)
        revision = assessment.input_rev
    return _store(assessment, weight_round, revision, inputs, now)


def current_round(assessment: Assessment) -> WeightRound | None:
    """Return the newest round that has opened; its answers are what the assessment now counts."""
    opened = (RoundState.OPEN, RoundState.CLOSED, RoundState.PUBLISHED)
    return assessment.rounds.filter(state__in=opened).order_by("-number").first()


def fold(assessment: Assessment) -> int:
    """Add the answers of ``(folded_rev, input_rev]`` to the group sums; the caller holds the lock. Returns how many."""
    waiting = list(
        assessment.submissions.filter(rev__gt=assessment.folded_rev, rev__lte=assessment.input_rev)
        .select_related("roll_entry")
        .order_by("rev")
    )
    if waiting:
        _add_to_sums(waiting)
    if assessment.folded_rev != assessment.input_rev:
        assessment.folded_rev = assessment.input_rev
        assessment.save(update_fields=["folded_rev"])
    return len(waiting)


def _add_to_sums(waiting: list[Submission]) -> None:
    standing = _standing_before(waiting)
    rounds = {row.roll_entry.round_id for row in waiting}
    rows = {(row.round_id, row.group_id): row for row in GroupSum.objects.filter(round__in=rounds)}
    totals: dict[tuple[int, int], GroupSums] = {}
    for submission in waiting:
        entry = submission.roll_entry
        key = (entry.round_id, entry.group_id)
        total = totals.get(key) or snapshot.sums_of(rows[key])
        totals[key] = _replaced(total, standing.get(entry.pk), submission.points)
        standing[entry.pk] = submission.points
    for key, total in totals.items():
        row = rows[key]
        row.n, row.s, row.q = total.n, list(total.s), list(total.q)
    GroupSum.objects.bulk_update([rows[key] for key in totals], ["n", "s", "q"])


def _standing_before(waiting: list[Submission]) -> dict[int, list[int] | None]:
    """Return, by roll entry, the points that counted before the first waiting version."""
    first: dict[int, int] = {}
    for row in waiting:
        first.setdefault(row.roll_entry_id, row.version)
    earlier = Submission.objects.filter(roll_entry__in=[pk for pk, version in first.items() if version > 1])
    return {row.roll_entry_id: row.points for row in earlier if row.version == first[row.roll_entry_id] - 1}


def _replaced(total: GroupSums, old: list[int] | None, new: list[int] | None) -> GroupSums:
    if old is not None:
        total = total.remove(tuple(old))
    return total if new is None else total.add(tuple(new))


def _store(
    assessment: Assessment,
    weight_round: WeightRound | None,
    revision: int,
    inputs: ScoringInput,
    now: dt.datetime,
) -> ScoreRun:
    result = engine.score(inputs)
    binding = result.binding_bytes.decode()
    with locking():
        locked = Assessment.objects.select_for_update().get(pk=assessment.pk)
        run, made = ScoreRun.objects.get_or_create(
            assessment=locked,
            rev=revision,
            engine=FORMULA_VERSION,
            defaults={
                "round": weight_round,
                "inputs_digest": result.inputs_digest,
                "binding": binding,
                "statistics": result.statistics,
                "published": weight_round is None,
                "computed_at": now,
            },
        )
        matches = made or run.binding == binding
        if not matches:
            _report_mismatch(locked, revision, now)
        if matches and locked.scored_rev < revision:
            locked.scored_rev = revision
            locked.save(update_fields=["scored_rev"])
        _drop_if_late(run, locked)
    if not matches:
        raise ScoreMismatchError
    return run


def _drop_if_late(run: ScoreRun, assessment: Assessment) -> None:
    """Leave no run of a count that ended after its round was published: two revisions compared tell single answers."""
    if run.rev < assessment.scored_rev:
        ScoreRun.objects.filter(pk=run.pk, published=False, round__state=RoundState.PUBLISHED).delete()


def _report_mismatch(assessment: Assessment, revision: int, now: dt.datetime) -> None:
    record(
        kind="score.mismatch",
        subject="assessment",
        subject_id=assessment.pk,
        jurisdiction_id=assessment.incident.jurisdiction_id,
        actor_id=None,
        now=now,
        facts={"rev": revision},
        formula_version=FORMULA_VERSION,
    )


def sums_from_scratch(weight_round: WeightRound) -> dict[int, GroupSums]:
    """Return the sums by group that the current answers give, read anew; what verification compares with."""
    size = SCHEMES[weight_round.assessment.scheme].size
    sums = {row.group_id: GroupSums.empty(size) for row in weight_round.sums.all()}
    entries = RollEntry.objects.filter(round=weight_round, current__submission__isnull=False)
    for group_id, points in entries.values_list("group_id", "current__submission__points"):
        sums[group_id] = sums[group_id].add(tuple(points or ()))
    return sums
