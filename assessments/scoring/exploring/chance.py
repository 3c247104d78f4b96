"""Could the distance between groups be chance? An F test on group sums (D23).

Reported only: members are not a random sample, and flooding a group inflates its variance. So a large p never
cancels a deliberation.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assessments.scoring.disagreement import between_variance
from assessments.scoring.exploring.covariance import Floats, covariance, pooled_covariance
from assessments.scoring.exploring.finding import NO_VARIANCE, NOBODY, ONE_GROUP, Finding
from assessments.scoring.exploring.present import PresentGroup


@dataclass(frozen=True)
class FTest:
    """Ratio of distance to noise, its degrees of freedom, and how often chance alone gives as much."""

    f: float
    nu1: float
    nu2: float
    p: float


@dataclass(frozen=True)
class Chance:
    """Distance between groups against the noise of who happened to answer.

    between : V_B, mean squared distance from the mean position
    noise : what V_B would be on average if all groups agreed
    corrected : V_B less noise, 0 at least
    test : the F test; no value, `one_group` or `no_variance`
    taken_as_sure : codes of groups that brought no noise, because their delegate adopted the position
        or because no spread can be estimated
    """

    between: float
    noise: float
    corrected: float
    test: Finding[FTest]
    taken_as_sure: tuple[str, ...]


@dataclass(frozen=True)
class _Noise:
    """Covariance of one group's mean, and the degrees of freedom it was estimated with (0: nothing estimated)."""

    gamma: Floats
    freedom: int


def chance(groups: Sequence[PresentGroup]) -> Finding[Chance]:
    """Set the distance between the present groups against chance, every group one voice.

    Parameters
    ----------
    groups : the present groups

    Returns
    -------
    no value, `nobody`, without groups; otherwise every number is finite

    Degenerate: one group, or no spread within any group, leaves the test out and says why.
    Source: D23; ANOVA-type statistic of Brunner, Dette and Munk (1997) with the degrees of freedom of Box (1954).
    """
    if not groups:
        return Finding(None, NOBODY)
    between = float(between_variance([group.points for group in groups]))
    noises = _noises(groups)
    own = 1 / len(groups) - 1 / len(groups) ** 2
    noise = own * sum(float(np.trace(one.gamma)) for one in noises)
    sure = tuple(group.code for group, one in zip(groups, noises, strict=True) if not one.freedom)
    return Finding(Chance(between, noise, max(0.0, between - noise), _test(between, noise, noises), sure))


def _noises(groups: Sequence[PresentGroup]) -> list[_Noise]:
    pooled = pooled_covariance([group.sums for group in groups if group.sums])
    return [_noise(group, pooled) for group in groups]


def _noise(group: PresentGroup, pooled: tuple[Floats, int] | None) -> _Noise:
    nothing = _Noise(np.zeros((len(group.points),) * 2), 0)
    if group.sums is None:
        return nothing
    own = covariance(group.sums)
    if own is not None:
        return _Noise(own / group.sums.n, group.sums.n - 1)
    return nothing if pooled is None else _Noise(pooled[0], pooled[1])


def _test(between: float, noise: float, noises: Sequence[_Noise]) -> Finding[FTest]:
    count = len(noises)
    if count == 1:
        return Finding(None, ONE_GROUP)
    if noise <= 0:
        return Finding(None, NO_VARIANCE)
    # products of traces: tr(Gamma_k Gamma_l) is the sum over entries, as both are symmetric
    flat = np.array([one.gamma.ravel() for one in noises])
    products = flat @ flat.T
    weights = np.full((count, count), -1 / count**2) + np.eye(count) / count
    known = np.array([one.freedom for one in noises])
    own = np.divide(np.diag(weights) ** 2 * np.diag(products), known, out=np.zeros(count), where=known > 0)
    nu1 = noise**2 / float(np.sum(weights**2 * products))
    nu2 = noise**2 / float(np.sum(own))
    f = between / noise
    return Finding(FTest(f, nu1, nu2, _tail(f, nu1, nu2)))


def _tail(f: float, nu1: float, nu2: float) -> float:
    from scipy.special import betainc  # noqa: PLC0415 -- scipy is heavy; string checks and forms never need it

    return float(betainc(nu2 / 2, nu1 / 2, nu2 / (nu2 + nu1 * f)))
