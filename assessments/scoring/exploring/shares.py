"""How much of the voice, and of the members, stands at or over a line (D20). Reported, never decided by."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import sqrt

from assessments.scoring.aggregators import CommonForm
from assessments.scoring.arithmetic import POINTS, half_up
from assessments.scoring.exploring.finding import NOBODY, Finding
from assessments.scoring.exploring.present import PresentGroup, published_scores
from assessments.scoring.group_sums import pooled_variance_along


@dataclass(frozen=True)
class MemberShare:
    """Estimated share of members at or over a line.

    taken_as_agreed : codes of groups whose members were taken to agree with their group, because a delegate
        adopted the position or no spread can be estimated
    """

    share: float
    taken_as_agreed: tuple[str, ...]


def voice_at_or_over(form: CommonForm, groups: Sequence[PresentGroup], s: Decimal) -> Finding[Decimal]:
    """Share of voice whose own published score reaches a line.

    Parameters
    ----------
    groups : the present groups
    s : published line in [0, 1]

    Returns
    -------
    exact share in [0, 1]; no value, `nobody`, without groups

    Source: D20. One group alone can pass every alpha, so this share sets off nothing.
    """
    if not groups:
        return Finding(None, NOBODY)
    scores = published_scores(form, groups)
    reached = sum(group.voice for group, score in zip(groups, scores, strict=True) if score >= s)
    return Finding(Decimal(reached) / POINTS)


def members_at_or_over(form: CommonForm, groups: Sequence[PresentGroup], s: Decimal) -> Finding[MemberShare]:
    """Estimated share of members whose own weights would reach a line, each group with its voice.

    Parameters
    ----------
    groups : the present groups
    s : published line in [0, 1]

    Degenerate: no spread, or a line that the form only nears, gives all or none of a group; a group of one borrows the
    pooled spread; `nobody` without groups.
    Source: D20, sum of pi Phi((z - G^-1(s)) / sqrt(a'Ca)).
    """
    if not groups:
        return Finding(None, NOBODY)
    variances = [_variance(form, group, groups) for group in groups]
    shares = [_share(form, group, s, variance) for group, variance in zip(groups, variances, strict=True)]
    total = sum(group.voice * share for group, share in zip(groups, shares, strict=True))
    agreed = tuple(group.code for group, variance in zip(groups, variances, strict=True) if variance is None)
    return Finding(MemberShare(min(1.0, total / POINTS), agreed))


def _variance(form: CommonForm, group: PresentGroup, groups: Sequence[PresentGroup]) -> Fraction | None:
    if group.sums is None:
        return None
    own = group.sums.variance_along(form.a)
    return own if own is not None else pooled_variance_along([one.sums for one in groups if one.sums], form.a)


def _share(form: CommonForm, group: PresentGroup, s: Decimal, variance: Fraction | None) -> float:
    if not variance or not form.attains(s):
        return 1.0 if half_up(form.score(group.points)) >= s else 0.0
    from scipy.special import ndtr  # noqa: PLC0415 -- scipy is heavy; string checks and forms never need it

    over = Fraction(form.inner(group.points)) - Fraction(form.inverse(s))
    return float(ndtr(float(over) / sqrt(variance)))
