"""The record that the close of a round publishes, and the files that a score string refers to."""

import json
from collections import Counter
from decimal import Decimal
from typing import Any

from assessments import holding, policy, reads, snapshot
from assessments.changed_because import changed_because
from assessments.models import Assessment, RollEntry, ScoreRun, WeightRound
from assessments.scoring.arithmetic import POINTS, half_up, text
from assessments.scoring.pooling import HELD
from assessments.scoring.record import canonical_bytes, reference
from assessments.scoring.score_string import string_of
from assessments.states import Channel, SubmissionKind

RECORD_VERSION = 1
KEPT, CHANGED, SILENT, NEW = "kept", "changed", "silent", "new"
"""What somebody may have done with their answer since the round before."""


def record_body(weight_round: WeightRound, run: ScoreRun) -> dict[str, Any]:
    """Return everything a stranger needs to recompute the score: what was fixed, what came in, what came out.

    The digest of the inputs stays inside: over few answers it could be guessed, and so could they.
    """
    result = json.loads(run.binding)
    counted = _groups_to_tell_of(weight_round, result)
    return {
        "record": "lastvote.round",
        "version": RECORD_VERSION,
        "synthetic": weight_round.assessment.incident.jurisdiction.synthetic,
        "frozen": json.loads(weight_round.frozen),
        "frozen_sha256": weight_round.frozen_sha256,
        "closed_at": weight_round.closed_at.isoformat() if weight_round.closed_at else None,
        "extension_reason": weight_round.extension_reason,
        "result": result,
        "statistics": public_statistics(run.statistics),
        "first_to_sent": first_to_sent(weight_round, counted),
        **_since_the_round_before(weight_round, counted),
        **_adopted(weight_round),
        **_assisted(weight_round, counted),
    }


def _assisted(weight_round: WeightRound, counted: dict[str, int]) -> dict[str, Any]:
    """Return how many standing answers of a group came on paper with help; a round without such a group says nothing.

    Only for groups that count, and only where both parts are as many as make a position: a smaller part would tell
    of single people. Where it is missing, there may be none or a few.
    """
    rows = RollEntry.objects.filter(round=weight_round, current__submission__isnull=False)
    found: dict[str, Counter[str]] = {}
    for code, channel in rows.values_list("group__code", "current__submission__detail__channel"):
        found.setdefault(code, Counter())[channel or Channel.SELF] += 1
    told = {
        code: {"paper": numbers[Channel.PAPER], "self": numbers[Channel.SELF]}
        for code, numbers in sorted(found.items())
        if code in counted and min(numbers[Channel.PAPER], numbers[Channel.SELF]) >= counted[code]
    }
    return {"assisted": told} if told else {}


def _adopted(weight_round: WeightRound) -> dict[str, Any]:
    """Return the positions that delegates adopted and why, named by the role; a round without any says nothing."""
    standing = sorted(snapshot.adopted_positions(weight_round).values(), key=lambda row: row.group.position_order)
    rows = {
        row.group.code: {
            "round": row.round.number,
            "points": row.points,
            "reason": row.reason,
            "language": row.language,
            "adopted_by": "delegate",
            "adopted_at": row.adopted_at.isoformat(),
        }
        for row in standing
    }
    return {"adopted": rows} if rows else {}


def _groups_to_tell_of(weight_round: WeightRound, result: dict[str, Any]) -> dict[str, int]:
    """Return the groups that moved to a position of their own answers, with how many answers make one.

    Of a group whose earlier position stands nothing new is told, not even how many of it changed.
    """
    least = {row["code"]: row["min_size"] for row in json.loads(weight_round.frozen)["groups"]}
    told = {row["code"] for row in result["groups"] if row["present"] and row["how"] != HELD}
    return {code: least[code] for code in told}


def _since_the_round_before(weight_round: WeightRound, counted: dict[str, int]) -> dict[str, Any]:
    """Return what only a round after another has to say; the record of a first one stays as it is."""
    if not holding.compared_with(weight_round):
        return {}
    standing = {"standing": snapshot.standing_references(weight_round)}
    if weight_round.carried_from_id is None:
        return standing
    since = since_the_round_before(weight_round, counted)
    changed = {code: row[CHANGED] for code, row in since.items()}
    return standing | {"since": since, "changed_because": changed_because(weight_round, changed, counted)}


def public_statistics(statistics: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is for comparing runs only and what would say more of a group than its position does."""
    public = {name: value for name, value in statistics.items() if name not in ("raw", "groups")}
    groups = statistics.get("groups", {})
    return {**public, "divided": sorted(code for code, row in groups.items() if row["divided"])}


def first_to_sent(weight_round: WeightRound, counted: dict[str, int]) -> dict[str, str]:
    """Return, for each group that counts, how far its answers moved on average after their effect was shown.

    Only where enough of them were sent in this round.
    The distance is the share of points that moved between the first vector a person reached and the one they sent.
    """
    moved: dict[str, list[int]] = {}
    sent_here = {"current__submission__kind": SubmissionKind.ANSWER}
    entries = RollEntry.objects.filter(round=weight_round, **sent_here).order_by("pk")
    rows = entries.values_list(
        "group__code", "current__submission__points", "current__submission__detail__first_points"
    )
    for code, sent, first in rows:
        moved.setdefault(code, []).append(_moved(sent or [], first or sent or []))
    return {
        code: text(half_up(Decimal(sum(moves)) / (2 * POINTS * len(moves))))
        for code, moves in moved.items()
        if len(moves) >= counted.get(code, len(moves) + 1)
    }


def _moved(sent: list[int], first: list[int]) -> int:
    return sum(abs(here - there) for here, there in zip(sent, first, strict=True))


def since_the_round_before(weight_round: WeightRound, counted: dict[str, int]) -> dict[str, dict[str, int]]:
    """Return, for each group that counts, how many kept, changed, said nothing or answered for the first time.

    All four numbers of a group or none: with one left out, the count of its answers would give it away.
    """
    found: dict[str, Counter[str]] = {}
    entries = RollEntry.objects.filter(round=weight_round, current__submission__isnull=False)
    rows = entries.values_list(
        "group__code",
        "current__submission__kind",
        "current__submission__points",
        "earlier__round_id",
        "earlier__current__submission__points",
    )
    for code, kind, points, earlier_round, before in rows:
        standing = before if earlier_round == weight_round.carried_from_id else None
        found.setdefault(code, Counter())[_since(kind, points, standing)] += 1
    return {
        code: {name: numbers[name] for name in (KEPT, CHANGED, SILENT, NEW)}
        for code, numbers in sorted(found.items())
        if code in counted and min(numbers.values()) >= counted[code]
    }


def _since(kind: str, points: list[int] | None, before: list[int] | None) -> str:
    if before is None:
        return NEW
    if kind == SubmissionKind.CARRIED:
        return SILENT
    return KEPT if points == before else CHANGED


def evidence_body(assessment: Assessment) -> dict[str, Any]:
    """Return the frozen evidence bundle: the rows that ratings could rest on, without what is withheld."""
    return {
        "record": "lastvote.evidence",
        "version": RECORD_VERSION,
        "incident": assessment.incident.reference,
        "assessment": assessment.number,
        "cutoff": assessment.evidence_cutoff.isoformat() if assessment.evidence_cutoff else None,
        "items": [_evidence_row(item) for item in reads.evidence_frozen(assessment)],
    }


def _evidence_row(item: Any) -> dict[str, Any]:
    row = {"number": item.number, "version": item.version, "as_of": item.as_of_words, "kind": item.kind}
    if item.visibility != "public":
        return {**row, "withheld": item.visibility_reason}
    return {
        **row,
        "statement": item.statement,
        "low": None if item.low is None else item.low,
        "high": None if item.high is None else item.high,
        "unit": item.unit,
        "caveat": item.caveat,
        "sources": [source.title for source in item.sources.all()],
    }


def round_reference(weight_round: WeightRound, body: bytes) -> str:
    """Return the short, checkable name of a round's record."""
    incident = weight_round.assessment.incident
    return reference(f"{incident.reference}-A{weight_round.assessment.number}-R{weight_round.number}", body)


def evidence_reference(assessment: Assessment) -> str:
    """Return the short, checkable name of the frozen evidence bundle."""
    body = canonical_bytes(evidence_body(assessment))
    return reference(f"{assessment.incident.reference}-A{assessment.number}-EV", body)


def score_string(assessment: Assessment, run: ScoreRun, record: str | None) -> str:
    """Return the portable string of a published run."""
    return string_of(
        json.loads(run.binding),
        policy.read(assessment.policy).parameters,
        month=assessment.month,
        record=record,
        evidence=evidence_reference(assessment),
        policy=assessment.policy.reference,
    ).canonical()
