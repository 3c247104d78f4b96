"""What is always shown beside the score: other aggregators, other voices, and the equations as printed."""

from typing import Any

from assessments.scoring.aggregators import weighted_mean
from assessments.scoring.arithmetic import Points, equal_points, text
from assessments.scoring.computation import Computation
from assessments.scoring.pooling import pooled_points
from assessments.scoring.ratings import printed_categories
from assessments.scoring.voices import eq7_weights, voice_points

Json = dict[str, Any]


def beside_of(run: Computation) -> Json:
    """Write down the alternatives; none of them decides anything."""
    split = equal_points(run.inputs.scheme.size)
    return {
        **{name: text(score) for name, score in run.by_aggregator.items()},
        "equal_voices": _under_voices(run, run.equal_voices),
        "eq7_voices": _under_eq7(run),
        "equal_weights": {"score": text(run.form.score(split))},
        "printed_categories": _printed(run),
    }


def _under_eq7(run: Computation) -> Json | None:
    """Null where the voices table is outside the ranges of the policy, so eq. (7) has nothing to say."""
    if not all(group.voice.within(run.inputs.parameters) for group in run.inputs.groups):
        return None
    weights = eq7_weights(run.inputs.groups, run.inputs.parameters)
    return _under_voices(run, voice_points(weights, [one.is_present for one in run.positions]))


def _under_voices(run: Computation, voices: Points) -> Json:
    pooled = pooled_points(voices, run.positions)
    return {
        "voices": list(voices),
        "pooled": None if pooled is None else list(pooled),
        "score": None if pooled is None else text(run.form.score(pooled)),
    }


def _printed(run: Computation) -> Json | None:
    """Eq. (14)-(20) and eq. (2) over them; null where eq. (14) divides by zero."""
    if not run.inputs.scheme.components:
        return None
    values = printed_categories(run.ratings, run.inputs.parameters)
    known = [value for value in values if value is not None]
    return {
        "ratings": {
            code: None if value is None else text(value)
            for code, value in zip(run.inputs.scheme.factors, values, strict=True)
        },
        "score": text(weighted_mean(run.pooled, known)) if len(known) == len(values) else None,
    }
