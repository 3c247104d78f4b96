"""Other rules than the default for one case and over many: score, level, and how easily they are captured (D29)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from assessments.scoring.aggregators import CommonForm
from assessments.scoring.arithmetic import Points
from assessments.scoring.computation import Computation
from assessments.scoring.errors import ScoringError
from assessments.scoring.exploring.finding import NO_CASES, OUT_OF_REACH, Finding
from assessments.scoring.exploring.methods import DEFAULT, Method, methods_of
from assessments.scoring.exploring.present import present_groups
from assessments.scoring.exploring.shapley import MOST_GROUPS
from assessments.scoring.lines import Lines, level_of


@dataclass(frozen=True)
class Alternative:
    """What one rule makes of one case.

    score : published
    levels : one for each set of lines of the case
    capture : lowest and highest published score that any single group could bring about
    to_dictate : for each set of lines the fewest groups that together can bring another level, the others staying
        as they are; no value, `out_of_reach`, if not even all groups can
    """

    score: Decimal
    levels: tuple[str, ...]
    capture: tuple[Decimal, Decimal]
    to_dictate: tuple[Finding[int], ...]


@dataclass(frozen=True)
class Comparison:
    """How often a rule agrees with the default.

    defined : cases for which the rule gives a score
    same : those of them with the default's level under every set of lines
    share : same of defined; no value, `no_cases`, if it is defined for none
    """

    defined: int
    same: int
    share: Finding[Fraction]


Alternatives = Mapping[str, Finding[Alternative]]


def alternatives_of(
    run: Computation, further: Mapping[str, CommonForm] | None = None
) -> dict[str, Finding[Alternative]]:
    """Score one case under every rule, by name, the default first.

    Parameters
    ----------
    run : the case, computed; 12 present groups at most
    further : more forms to compare, such as a learned one, by name

    Raises
    ------
    ScoringError `E_RANGE` for more groups

    Degenerate: a rule that is not defined gives its reason; see `methods_of`.
    Source: D29; D.2.
    """
    _check_groups(run)
    return {name: _found(run, found) for name, found in methods_of(run, further).items()}


def alternative_of(run: Computation, name: str) -> Finding[Alternative]:
    """Score one case under one of the rules that `methods_of` names; the same as `alternatives_of` gives for it.

    Raises
    ------
    ScoringError `E_RANGE` for more than 12 present groups

    Source: D29; D.2.
    """
    _check_groups(run)
    return _found(run, methods_of(run)[name])


def _check_groups(run: Computation) -> None:
    if len(present_groups(run)) > MOST_GROUPS:
        raise ScoringError("E_RANGE", f"At most {MOST_GROUPS} groups can be tried out.", maximum=MOST_GROUPS)


def _found(run: Computation, method: Finding[Method]) -> Finding[Alternative]:
    if method.value is None:
        return Finding(None, method.reason)
    return Finding(_try_out(method.value, [group.points for group in present_groups(run)], run.lines))


def compare(cases: Sequence[Alternatives]) -> dict[str, Comparison]:
    """Count over many cases how often each rule gives the same level as the default.

    Parameters
    ----------
    cases : what `alternatives_of` found for each

    Degenerate: no cases, or none in which a rule is defined, give `no_cases`.
    Source: D29.
    """
    names = dict.fromkeys(name for case in cases for name in case)
    return {
        name: _agreement([(case[DEFAULT].value, case[name].value) for case in cases if name in case]) for name in names
    }


def _agreement(pairs: Sequence[tuple[Alternative | None, Alternative | None]]) -> Comparison:
    both = [default.levels == other.levels for default, other in pairs if default and other]
    share = Finding(Fraction(sum(both), len(both))) if both else Finding[Fraction](None, NO_CASES)
    return Comparison(len(both), sum(both), share)


def _try_out(method: Method, positions: Sequence[Points], times: Sequence[Lines]) -> Alternative:
    score = method.score_of(positions)
    singles = [(k,) for k in range(len(positions))]
    return Alternative(
        score=score,
        levels=tuple(level_of(score, lines) for lines in times),
        capture=(
            min(_captured(method, positions, group, method.low) for group in singles),
            max(_captured(method, positions, group, method.high) for group in singles),
        ),
        to_dictate=tuple(_to_dictate(method, positions, level_of(score, lines), lines) for lines in times),
    )


def _captured(method: Method, positions: Sequence[Points], groups: Sequence[int], answer: Points) -> Decimal:
    return method.score_of([answer if k in groups else points for k, points in enumerate(positions)])


def _to_dictate(method: Method, positions: Sequence[Points], level: str, lines: Lines) -> Finding[int]:
    """Every rule rises with every group's score, so groups that want another level go to one of the two ends."""
    for size in range(1, len(positions) + 1):
        for groups in combinations(range(len(positions)), size):
            ends = (_captured(method, positions, groups, answer) for answer in (method.low, method.high))
            if any(level_of(score, lines) != level for score in ends):
                return Finding(size)
    return Finding(None, OUT_OF_REACH)
