"""What binds, written down: plain data with decimals as strings of 4 decimals, null where undefined."""

from collections.abc import Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from assessments.scoring.arithmetic import POINTS, in_context, text
from assessments.scoring.beside import beside_of
from assessments.scoring.change import Change, least_change, neighbouring_lines
from assessments.scoring.computation import Computation
from assessments.scoring.disagreement import is_fundamental, outcome_of, wide_factors
from assessments.scoring.inputs import GroupInput
from assessments.scoring.lines import MONTH, Lines, level_of, powers_of
from assessments.scoring.pooling import Position, silent_bounds
from assessments.scoring.version import FORMULA_VERSION
from assessments.scoring.voices import published_voices

Json = dict[str, Any]
UNROUNDED_PLACES = 8  # exact for the linear score: 4 decimals of a rating times 4 of a weight


@in_context
def binding_of(run: Computation) -> Json:
    """Write down a computation; the same input gives the same bytes on every machine."""
    return {
        "engine": FORMULA_VERSION,
        "scheme": run.inputs.scheme.code,
        "codes": list(run.inputs.scheme.factors),
        "aggregator": run.inputs.aggregator,
        "ratings": _by_code(run, [text(value) for value in run.ratings.values]),
        "sub_ratings": _component_ratings(run),
        "groups": _groups(run),
        "pooled": list(run.pooled),
        "score": text(run.score),
        "unrounded": text(run.form.score(run.pooled), UNROUNDED_PLACES),
        "weights_source": "RO" if run.is_heard else "EQ",
        "contributions": _contributions(run),
        "beside": beside_of(run),
        "times": [_time(run, lines) for lines in run.lines],
        "powers": _powers(run),
        "quorum": _quorum(run),
        "disagreement": _disagreement(run),
        "least_change": {lines.label: _changes(run, lines) for lines in run.lines},
        "peak_alarm": _peaks(run),
    }


def _by_code(run: Computation, values: Sequence[Any]) -> Json:
    return dict(zip(run.inputs.scheme.factors, values, strict=True))


def _component_ratings(run: Computation) -> Json | None:
    scheme = run.inputs.scheme
    if not scheme.components:
        return None
    named = [
        dict(zip(names, [text(value) for value in row], strict=True))
        for names, row in zip(scheme.components, run.ratings.components, strict=True)
    ]
    return _by_code(run, named)


def _groups(run: Computation) -> list[Json]:
    rows = zip(run.inputs.groups, run.positions, run.voices, run.equal_voices, run.own_scores, strict=True)
    return [
        {
            "code": group.code,
            "n": _told(group),
            "roll": group.roll_size,
            "present": position.is_present,
            "how": position.how,
            "position": _position(position),
            "voice": voice,
            "equal_voice": equal,
            "score": None if own is None else text(own),
            "level": None if own is None else _levels(own, run.lines),
            "powers": None if own is None else asdict(powers_of(own, run.inputs.parameters)),
        }
        for group, position, voice, equal, own in rows
    ]


def _told(group: GroupInput) -> int | None:
    """Answers of a group as they may be told: none, or enough; in between only that they are too few."""
    n = group.sums.n
    return n if n == 0 or n >= group.min_size else None


def _position(position: Position) -> list[int] | None:
    return None if position.points is None else list(position.points)


def _levels(score: Decimal, times: Sequence[Lines]) -> str | dict[str, str]:
    levels = {lines.label: level_of(score, lines) for lines in times}
    return levels.get(MONTH) or levels


def _contributions(run: Computation) -> list[Json]:
    """v a for each factor; they sum to z - a0."""
    rows = zip(run.inputs.scheme.factors, run.pooled, run.ratings.values, run.form.a, strict=True)
    return [
        {
            "code": code,
            "weight": text(Decimal(weight) / POINTS),
            "rating": text(rating),
            "a": text(a),
            "part": text(a * weight / POINTS),
            "unrounded": text(a * weight / POINTS, UNROUNDED_PLACES),
        }
        for code, weight, rating, a in rows
    ]


def _time(run: Computation, lines: Lines) -> Json:
    fundamental = is_fundamental(run.present_scores, lines, run.inputs.parameters)
    by_aggregator = {name: level_of(score, lines) for name, score in run.by_aggregator.items()}
    return {
        "label": lines.label,
        "t": text(lines.t),
        "phi": text(lines.phi),
        "lines": {j: text(value) for j, value in lines.s.items()},
        "alphas": {j: text(value) for j, value in lines.alpha.items()},
        "level": level_of(run.score, lines),
        "levels_beside": by_aggregator,
        "aggregators_differ": len(set(by_aggregator.values())) > 1,
        "fundamental": fundamental,
        "outcome": outcome_of(conflict=run.disagreement.conflict, fundamental=fundamental),
        "differing_groups": _differing(run, lines),
    }


def _differing(run: Computation, lines: Lines) -> list[str]:
    """Present groups whose own score has another level, or would open other powers, than the case's score."""
    pairs = zip(run.inputs.groups, run.own_scores, strict=True)
    return [
        group.code
        for group, own in pairs
        if own is not None and is_fundamental([own, run.score], lines, run.inputs.parameters)
    ]


def _powers(run: Computation) -> dict[str, bool]:
    """Without a quorum the result is provisional and opens no power."""
    powers = asdict(powers_of(run.score, run.inputs.parameters))
    return powers if run.quorum.met else powers | {"measures": False, "suspension": False}


def _quorum(run: Computation) -> Json:
    bounds = silent_bounds(run.form, published_voices(run.inputs.groups, run.inputs.parameters), run.positions)
    return {
        "met": run.quorum.met,
        "present": run.quorum.present,
        "needed": run.quorum.needed,
        "affected_present": run.quorum.affected_present,
        "provisional": not run.quorum.met,
        "bounds": None if bounds is None else [text(edge) for edge in bounds],
    }


def _disagreement(run: Computation) -> Json:
    found, codes = run.disagreement, run.inputs.scheme.factors
    here = [group.code for group, one in zip(run.inputs.groups, run.positions, strict=True) if one.is_present]
    fundamental = any(is_fundamental(run.present_scores, lines, run.inputs.parameters) for lines in run.lines)
    return {
        "index": None if found.index is None else text(found.index),
        "lone": {code: text(value) for code, value in zip(here, found.lone, strict=False)},
        "spread": {code: text(value) for code, value in zip(codes, found.spread, strict=False)},
        "wide": [codes[i] for i in wide_factors(found.spread, run.inputs.parameters)],
        "conflict_by_variance": found.conflict_by_variance,
        "conflict": found.conflict,
        "fundamental": fundamental,
        "outcome": outcome_of(conflict=found.conflict, fundamental=fundamental),
    }


def _changes(run: Computation, lines: Lines) -> Json:
    above, reached = neighbouring_lines(run.score, lines)
    return {"up": _change(run, lines, above, upward=True), "down": _change(run, lines, reached, upward=False)}


def _change(run: Computation, lines: Lines, level: str | None, *, upward: bool) -> Json | None:
    if level is None:
        return None
    change = least_change(run.form, run.pooled, lines.s[level], upward=upward)
    return {"line": level, "at": text(lines.s[level]), **_moved(change, run.inputs.scheme.factors)}


def _moved(change: Change | None, codes: tuple[str, ...]) -> Json:
    if change is None:
        return {"points": None, "into": None, "from": []}
    taken = [{"code": codes[i], "points": points} for i, points in change.taken]
    return {"points": change.points, "into": codes[change.into], "from": taken}


def _peaks(run: Computation) -> list[Json]:
    """Components that reach the High line on their own; a person must look, no score changes."""
    scheme = run.inputs.scheme
    return [
        {"code": code, "component": name, "value": text(value), "time": lines.label}
        for lines in run.lines
        for code, names, row in zip(scheme.factors, scheme.components, run.ratings.components, strict=False)
        for name, value in zip(names, row, strict=True)
        if value >= lines.s["H"]
    ]
