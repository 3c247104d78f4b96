"""The protective score: the most that affected communities' own answers make of a case, never below its score (D27).

It binds, so it is exact and starts from published numbers, as every score does.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assessments.scoring.aggregators import TEMPERED, CommonForm, common_form
from assessments.scoring.arithmetic import Points, check_decimal, half_up, in_context
from assessments.scoring.computation import Computation
from assessments.scoring.errors import ScoringError
from assessments.scoring.group_sums import GroupSums
from assessments.scoring.lines import Lines, Powers, level_of, powers_of
from assessments.scoring.uncertainty import alert_of, probabilities

POOLED = "pooled"
GROUP = "group"
COMMUNITY = "community"
TOO_FEW = "too_few_members"
REST_TOO_FEW = "rest_of_group_too_few"
HELD_BACK = "earlier_publication_tells"


@dataclass(frozen=True)
class Community:
    """A verified community within a group of those affected.

    group : code of the group that its members belong to
    sums : answers of its members, which are among those of the group
    held_back : whether its mean and an earlier publication could together give an answer away
    """

    code: str
    group: str
    sums: GroupSums
    held_back: bool = False


@dataclass(frozen=True)
class Term:
    """One of the scores of which the highest counts.

    kind : `pooled`, `group` or `community`
    code : of the group or community; empty for the pooled weights
    own_ratings : under the ratings that communities gave themselves
    """

    kind: str
    code: str
    own_ratings: bool
    score: Decimal


@dataclass(frozen=True)
class Protective:
    """The protective score and where it comes from.

    score : published, never below the score of the case
    terms : all scores that entered
    decided_by : the first of the highest terms
    tempered : the same under the tempered form, shown beside it
    affected_absent : no group of those affected is present, so all present groups entered instead
    left_out : (code of a community, `too_few_members`, `rest_of_group_too_few` or `earlier_publication_tells`)
    """

    score: Decimal
    terms: tuple[Term, ...]
    decided_by: Term
    tempered: Decimal
    affected_absent: bool
    left_out: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Standing:
    """What a protective score calls for under one set of lines."""

    level: str
    alert: str
    powers: Powers


@in_context
def protective_score(
    run: Computation, communities: Sequence[Community] = (), own_ratings: Sequence[Decimal] | None = None
) -> Protective:
    """Take the highest of: the score, the score under each affected group's and each community's own weights.

    Parameters
    ----------
    run : the case, computed
    communities : verified communities within affected groups, nobody in two of them and each with its own code; those
        too small to be shown do not count, nor those held back, and of several that together leave too few others of
        their group, the later ones do not
    own_ratings : (F,) published ratings by the communities themselves, or None; their weights are then tried with
        these as well, the pooled weights are not

    Raises
    ------
    ScoringError `E_SHAPE` for a community of a group that is not an affected one, with answers that its group cannot
        have, or with the code of another, or for ratings of another size; `E_RANGE`, `E_TYPE`, `E_NONFINITE`,
        `max_decimal_places` for ratings that cannot be published

    Degenerate: without affected groups every present group's own score enters, flagged, but not under the communities'
    own ratings; with nobody present the score stands.
    Source: App. E (iii); D27. One aggregator only, the one of the case.
    """
    _check_codes(communities)
    for community in communities:
        _check(run, community)
    if own_ratings is not None:
        _check_ratings(run, own_ratings)
    reasons = _reasons(run, communities)
    counted = [community for community in communities if reasons[community.code] is None]
    terms = _terms(run, run.form, counted, own_ratings)
    decided_by = max(terms, key=lambda term: term.score)
    tempered = common_form(TEMPERED, run.ratings.values, run.inputs.parameters.eta)
    return Protective(
        score=decided_by.score,
        terms=terms,
        decided_by=decided_by,
        tempered=max(term.score for term in _terms(run, tempered, counted, own_ratings)),
        affected_absent=not _affected(run),
        left_out=tuple((code, reason) for code, reason in reasons.items() if reason),
    )


def weights_behind(run: Computation, term: Term, communities: Sequence[Community]) -> Points:
    """(F,) points of the weights that a term was scored under."""
    if term.kind == POOLED:
        return run.pooled
    if term.kind == COMMUNITY:
        return next(community.sums.position() for community in communities if community.code == term.code)
    return next(points for code, points in _present(run) if code == term.code)


def standing_of(run: Computation, score: Decimal, sd: float, lines: Lines) -> Standing:
    """Level, alert and powers of a protective score, with the standard deviation of the case.

    Parameters
    ----------
    score : published
    sd : unrounded, from the statistics of the case

    Without a quorum no power opens.
    Source: D27, with D18, D19, D21.
    """
    level = level_of(score, lines)
    powers = powers_of(score, run.inputs.parameters)
    return Standing(
        level=level,
        alert=alert_of(level, probabilities(score, sd, lines), lines),
        powers=powers if run.quorum.met else replace(powers, measures=False, suspension=False),
    )


def _check_codes(communities: Sequence[Community]) -> None:
    codes = Counter(community.code for community in communities)
    for code, times in codes.items():
        if times > 1:
            raise ScoringError("E_SHAPE", f"{times} communities have the code {code}.", community=code)


def _check(run: Computation, community: Community) -> None:
    sums = {group.code: group.sums for group in run.inputs.groups if group.is_affected}
    if community.group not in sums:
        raise ScoringError(
            "E_SHAPE", f"Community {community.code} belongs to no affected group.", community=community.code
        )
    own, whole = community.sums, sums[community.group]
    # no answer has a negative part, so no sum over some members is above the same sum over all of them
    sums_of_both = zip((own.n, *own.s, *own.q), (whole.n, *whole.s, *whole.q), strict=False)
    if own.size != whole.size or any(part > all_of_it for part, all_of_it in sums_of_both):
        raise ScoringError("E_SHAPE", f"Community {community.code} does not fit its group.", community=community.code)


def _check_ratings(run: Computation, own_ratings: Sequence[Decimal]) -> None:
    if len(own_ratings) != run.inputs.scheme.size:
        raise ScoringError("E_SHAPE", f"{run.inputs.scheme.size} ratings needed, got {len(own_ratings)}.")
    for rating in own_ratings:
        check_decimal(rating, "rating")


def _reasons(run: Computation, communities: Sequence[Community]) -> dict[str, str | None]:
    """Why a community does not count, in the order given; their means together must not give away the rest."""
    least = run.inputs.parameters.minimum_community
    rest = {group.code: group.sums.n for group in run.inputs.groups}
    reasons: dict[str, str | None] = {}
    for community in communities:
        left = rest[community.group] - community.sums.n
        reasons[community.code] = _reason(community, left, least)
        if reasons[community.code] in (None, HELD_BACK):  # of one that is held back, readers know nearly all
            rest[community.group] = left
    return reasons


def _reason(community: Community, left: int, least: int) -> str | None:
    if community.sums.n < least:
        return TOO_FEW
    if 0 < left < least:
        return REST_TOO_FEW
    return HELD_BACK if community.held_back else None


def _terms(
    run: Computation, form: CommonForm, communities: Iterable[Community], own_ratings: Sequence[Decimal] | None
) -> tuple[Term, ...]:
    pooled = Term(POOLED, "", own_ratings=False, score=half_up(form.score(run.pooled)))
    affected = [(GROUP, code, points) for code, points in _affected(run)]
    stand_in = [] if affected else [(GROUP, code, points) for code, points in _present(run)]
    affected += [(COMMUNITY, community.code, community.sums.position()) for community in communities]
    terms = [
        Term(kind, code, own_ratings=False, score=half_up(form.score(points)))
        for kind, code, points in (*stand_in, *affected)
    ]
    if own_ratings is not None:
        own_form = common_form(form.kind, own_ratings, form.eta)
        terms += [
            Term(kind, code, own_ratings=True, score=half_up(own_form.score(points))) for kind, code, points in affected
        ]
    return (pooled, *terms)


def _present(run: Computation) -> list[tuple[str, Points]]:
    pairs = zip(run.inputs.groups, run.positions, strict=True)
    return [(group.code, one.points) for group, one in pairs if one.points is not None]


def _affected(run: Computation) -> list[tuple[str, Points]]:
    codes = {group.code for group in run.inputs.groups if group.is_affected}
    return [(code, points) for code, points in _present(run) if code in codes]
