"""A digest of all that a result follows from; its cost does not grow with the number of answers."""

from typing import Any

from assessments.scoring.inputs import GroupInput, ScoringInput
from assessments.scoring.record import canonical_bytes, digest
from assessments.scoring.version import FORMULA_VERSION


def inputs_digest(inputs: ScoringInput) -> str:
    """SHA-256 over group sums, ratings, policy, roll sizes and formula version.

    Who the evaluators are does not enter, nor their order; single answers do not either, only their sums.
    """
    record = {
        "engine": FORMULA_VERSION,
        "scheme": inputs.scheme,
        "aggregator": inputs.aggregator,
        "ratings": sorted(rating.values for rating in inputs.ratings),
        "groups": [_group_record(group) for group in inputs.groups],
        "parameters": inputs.parameters.to_json(),
        "month": inputs.month,
    }
    return digest(canonical_bytes(record))


def _group_record(group: GroupInput) -> dict[str, Any]:
    # sums pass the whole numbers that JSON keeps exactly, so they are written as text
    held = {"held": True} if group.held else {}  # named only where it is so: other digests stay what they were
    return held | {
        "code": group.code,
        "is_affected": group.is_affected,
        "is_civil_society": group.is_civil_society,
        "min_size": group.min_size,
        "n": group.sums.n,
        "s": [str(value) for value in group.sums.s],
        "q": [str(value) for value in group.sums.q],
        "adopted": group.adopted,
        "roll_size": group.roll_size,
        "voice": group.voice,
    }
