"""Every way from the groups' positions to a score that is compared with the default (D29)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from assessments.scoring.aggregators import AGGREGATORS, MULTIPLICATIVE, CommonForm, common_form, multiplicative
from assessments.scoring.arithmetic import POINTS, Points, apportion, half_up
from assessments.scoring.categories import RMS
from assessments.scoring.computation import Computation
from assessments.scoring.exploring.finding import NO_COMPONENTS, NOBODY, TOO_FEW_GROUPS, Finding
from assessments.scoring.exploring.present import PresentGroup, present_groups
from assessments.scoring.exploring.rank_rules import HALF, QUARTER, TRIMMED_FROM, trimmed_mean, upper_quantile
from assessments.scoring.ratings import published_ratings

DEFAULT = "default"
MEDIAN = "median"
TRIMMED_MEAN = "trimmed_mean"
UPPER_QUARTILE = "upper_quartile"


@dataclass(frozen=True)
class Method:
    """One way to a score.

    score_of : (G', F) positions of all present groups to the published score; rises with every group's own score
    low, high : (F,) answers that lower and raise a score most
    """

    score_of: Callable[[Sequence[Points]], Decimal]
    low: Points
    high: Points


def methods_of(run: Computation, further: Mapping[str, CommonForm] | None = None) -> dict[str, Finding[Method]]:
    """All ways to score one case, by name, the default first.

    Parameters
    ----------
    run : the case, computed
    further : more forms to compare, such as a learned one, by name

    Degenerate: no value, `nobody`, without groups; `too_few_groups` for the trimmed mean; `no_components` for the
    root mean square where factors are rated directly.
    """
    groups = present_groups(run)
    forms = {DEFAULT: run.form} | _other_forms(run) | dict(further or {})
    methods = {name: Finding(_of_form(form, groups)) for name, form in forms.items()}
    methods[MULTIPLICATIVE] = Finding(_printed(run, groups))
    methods |= _by_rank(run.form, groups)
    methods[RMS] = _root_mean_square(run, groups)
    return methods if groups else dict.fromkeys(methods, Finding(None, NOBODY))


def _other_forms(run: Computation) -> dict[str, CommonForm]:
    eta = run.inputs.parameters.eta
    return {kind: common_form(kind, run.ratings.values, eta) for kind in AGGREGATORS if kind != run.form.kind}


def _of_form(form: CommonForm, groups: Sequence[PresentGroup]) -> Method:
    return _method(form.a, lambda positions: half_up(form.score(_pool(groups, positions))))


def _printed(run: Computation, groups: Sequence[PresentGroup]) -> Method:
    values = run.ratings.values
    return _method(values, lambda positions: half_up(multiplicative(_pool(groups, positions), values)))


def _root_mean_square(run: Computation, groups: Sequence[PresentGroup]) -> Finding[Method]:
    if not run.inputs.scheme.components:
        return Finding(None, NO_COMPONENTS)
    parameters = replace(run.inputs.parameters, category_rule=RMS)
    ratings = published_ratings(run.inputs.scheme, run.inputs.ratings, parameters)
    return Finding(_of_form(common_form(run.inputs.aggregator, ratings.values, parameters.eta), groups))


def _by_rank(form: CommonForm, groups: Sequence[PresentGroup]) -> dict[str, Finding[Method]]:
    voices = tuple(group.voice for group in groups)

    def quantile(share: Fraction) -> Finding[Method]:
        return Finding(_method(form.a, lambda positions: upper_quantile(_own(form, positions), voices, share)))

    trimmed = _method(form.a, lambda positions: half_up(trimmed_mean(_own(form, positions))))
    return {
        MEDIAN: quantile(HALF),
        TRIMMED_MEAN: Finding(trimmed) if len(groups) >= TRIMMED_FROM else Finding(None, TOO_FEW_GROUPS),
        UPPER_QUARTILE: quantile(QUARTER),
    }


def _method(effects: Sequence[Decimal], score_of: Callable[[Sequence[Points]], Decimal]) -> Method:
    places = range(len(effects))
    low, high = (choose(places, key=lambda i: effects[i]) for choose in (min, max))
    return Method(score_of, *(tuple(POINTS if i == place else 0 for i in places) for place in (low, high)))


def _pool(groups: Sequence[PresentGroup], positions: Sequence[Points]) -> Points:
    pairs = list(zip(groups, positions, strict=True))
    return apportion([sum(column) for column in zip(*([g.voice * p for p in row] for g, row in pairs), strict=True)])


def _own(form: CommonForm, positions: Sequence[Points]) -> list[Decimal]:
    return [half_up(form.score(points)) for points in positions]
