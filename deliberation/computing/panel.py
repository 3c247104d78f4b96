"""The long part of what would change a score: shares of groups, rules with their capture, kinds of answers left out.

All sets of groups are tried, so each further group doubles the work (D28, D29).
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from assessments.holding import compared_with
from assessments.scoring.arithmetic import Points, apportion, half_up, text
from assessments.scoring.exploring.alternatives import Alternative, alternative_of
from assessments.scoring.exploring.finding import Finding
from assessments.scoring.exploring.methods import methods_of
from assessments.scoring.exploring.present import pool_of
from assessments.scoring.exploring.shapley import MOST_GROUPS, shapley
from assessments.scoring.pooling import BY_MEAN
from assessments.scoring.record import canonical_bytes
from deliberation.computing.answers import Answered, answers_of
from deliberation.computing.subject import Published

Json = dict[str, Any]
RECORD = "lastvote.panel"
RECORD_VERSION = 1
BROUGHT, RULE, LEFT_OUT = "brought", "rule", "left_out"
RANK, NOT_SURE = "rank", "not_sure"
KINDS = {RANK: lambda answer: answer.by_rank, NOT_SURE: lambda answer: answer.not_sure}
"""Kinds of answers that can be left out to see what they do."""


def units_of(found: Published) -> list[list[str]]:
    """Name the pieces of work, each of which is never split. With too many groups only the last ones are left."""
    tried = 0 < len(found.groups) <= MOST_GROUPS
    by_groups = [[BROUGHT], *([RULE, name] for name in methods_of(found.run))] if tried else []
    return [*by_groups, *([LEFT_OUT, kind] for kind in KINDS)]


def work_out(found: Published, unit: Sequence[str]) -> Json:
    """Do one piece of work."""
    what, *name = unit
    if what == BROUGHT:
        return _brought(found)
    return _rule(found, name[0]) if what == RULE else _left_out(found, name[0])


def result_of(found: Published, units: Sequence[Sequence[str]], parts: Sequence[Json]) -> str:
    """Write all parts down with what they rest on."""
    by_kind = {kind: [part for unit, part in zip(units, parts, strict=True) if unit[0] == kind]
               for kind in (BROUGHT, RULE, LEFT_OUT)}  # fmt: skip
    return canonical_bytes(
        {
            "record": RECORD,
            "version": RECORD_VERSION,
            "round_record": found.weight_round.record.reference,
            "policy": found.score.assessment.policy.reference,
            "brought": next(iter(by_kind[BROUGHT]), None),
            "rules": by_kind[RULE],
            "left_out": by_kind[LEFT_OUT],
        }
    ).decode()


def _brought(found: Published) -> Json:
    shares = shapley(found.run.form, found.groups, found.run.lines[-1])
    rows = zip(found.groups, shares.shares, shares.pivots, strict=True)
    return {
        "start": text(shares.start),
        "groups": [{"group": group.code, "share": text(share), "pivot": text(pivot)} for group, share, pivot in rows],
    }


def _rule(found: Published, name: str) -> Json:
    tried: Finding[Alternative] = alternative_of(found.run, name)
    if tried.value is None:
        return {"rule": name, "why_not": tried.reason}
    one, labels = tried.value, [lines.label for lines in found.run.lines]
    return {
        "rule": name,
        "score": text(one.score),
        "levels": dict(zip(labels, one.levels, strict=True)),
        "low": text(one.capture[0]),
        "high": text(one.capture[1]),
        "groups_needed": dict(zip(labels, (needed.value for needed in one.to_dictate), strict=True)),
    }


def _left_out(found: Published, kind: str) -> Json:
    """Score the round without one kind of answers, wherever enough people gave it and enough others did not.

    Not for a round after another, of this rating or the one before: two such scores could tell of a single person.
    """
    if compared_with(found.weight_round):
        return {"kind": kind, "why_not": "second_round"}
    changed = _positions_without(found, kind)
    if not changed:
        return {"kind": kind, "why_not": "too_few"}
    pool = pool_of([replace(group, points=changed.get(group.code, group.points)) for group in found.groups])
    score = half_up(found.run.form.score(pool or found.run.pooled))
    return {"kind": kind, "score": text(score), "groups": list(changed)}


def _positions_without(found: Published, kind: str) -> dict[str, Points]:
    least, answers = found.score.parameters.minimum_answers, answers_of(found.weight_round, late_hours=0)
    own = [row.group.code for row in found.score.counted if row.how == BY_MEAN]
    rest = {code: _rest(answers.get(code, []), kind, least) for code in own}
    return {code: apportion([sum(column) for column in zip(*rows, strict=True)]) for code, rows in rest.items() if rows}


def _rest(answers: Sequence[Answered], kind: str, least: int) -> list[Points]:
    """The answers of a group that stay; none where either side would be too few to be shown."""
    left_out = [answer for answer in answers if KINDS[kind](answer)]
    rest = [answer.points for answer in answers if not KINDS[kind](answer)]
    return rest if min(len(left_out), len(rest)) >= least else []
