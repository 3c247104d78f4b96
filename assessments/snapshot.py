"""The only bridge between rows and the scoring core: rows -> scoring input.

Called inside a transaction that holds the assessment's row lock, so everything read belongs to one revision.
"""

import json
from collections.abc import Iterable, Mapping

from assessments import holding, policy, position_reads, reads
from assessments.models import AdoptedPosition, Assessment, GroupSum, Rating, ScoreRun, WeightRound
from assessments.scoring.group_sums import GroupSums
from assessments.scoring.inputs import EvaluatorRating, GroupInput, ScoringInput
from assessments.scoring.schemes import SCHEMES, Scheme
from stakeholders.models import Group
from stakeholders.reads import groups_of


def scoring_input(assessment: Assessment, weight_round: WeightRound | None) -> ScoringInput:
    """Read everything that one score follows from; without a round nobody has answered yet."""
    rules = policy.read(assessment.policy)
    scheme = SCHEMES[assessment.scheme]
    return ScoringInput(
        scheme=scheme,
        aggregator=assessment.aggregator,
        ratings=tuple(
            evaluator_rating(rating, scheme, number)
            for number, rating in enumerate(reads.latest_ratings(assessment), start=1)
        ),
        groups=group_inputs(assessment, rules, weight_round, only=_codes_of_standing_run(assessment, weight_round)),
        parameters=rules.parameters,
        month=assessment.month,
    )


def _codes_of_standing_run(assessment: Assessment, weight_round: WeightRound | None) -> list[str] | None:
    """Return the groups of a score from before any round: one that is added later changes nothing that was scored."""
    if weight_round is not None:
        return None
    run = ScoreRun.objects.filter(assessment=assessment, round=None, rev=assessment.input_rev).first()
    return None if run is None else [group["code"] for group in json.loads(run.binding)["groups"]]


def group_inputs(
    assessment: Assessment,
    rules: policy.Policy,
    weight_round: WeightRound | None,
    *,
    only: list[str] | None = None,
) -> tuple[GroupInput, ...]:
    """Return the groups in canonical order with their sums and places on the roll; of all groups, or ``only`` some.

    A round has the groups that it opened with: one that is added later changes nothing that was scored.
    """
    size = SCHEMES[assessment.scheme].size
    sums = _sums_by_group(weight_round)
    places = reads.roll_sizes(weight_round) if weight_round else {}
    groups = groups_of(assessment.incident.jurisdiction)
    if weight_round:
        groups = groups.filter(pk__in=sums)
    elif only is not None:
        groups = groups.filter(code__in=only)
    standing = _standing_publications(weight_round, list(groups), sums, rules) if weight_round else {}
    adopted = _positions(weight_round, standing) if weight_round else {}
    inputs = []
    for group in groups:
        earlier, position = standing.get(group.pk), adopted.get(group.pk)
        if earlier is not None and position is None:
            inputs.append(_group_input(group, earlier.sums, earlier.roll_size, rules, held=True))
        else:
            is_held = group.pk in standing and position is None  # by a part of it alone, with nothing that could stand
            own = sums[group.pk] if group.pk in sums and not is_held else GroupSums.empty(size)
            inputs.append(_group_input(group, own, places.get(group.pk, 0), rules, position=position))
    return tuple(inputs)


def _standing_publications(
    weight_round: WeightRound, groups: Iterable[Group], sums: dict[int, GroupSums], rules: policy.Policy
) -> dict[int, holding.Publication | None]:
    """Return the earlier publications that stand: what is scored of such a group is what they counted."""
    return holding.standing_publications(weight_round, sums, {group.pk: _least(group, rules) for group in groups})


def standing_references(weight_round: WeightRound) -> dict[str, str]:
    """Return, by group code, the record whose position of the group stands in this round."""
    sums = _sums_by_group(weight_round)
    groups = list(groups_of(weight_round.assessment.incident.jurisdiction).filter(pk__in=sums))
    standing = _standing_publications(weight_round, groups, sums, policy.read(weight_round.assessment.policy))
    adopted = position_reads.standing_positions(weight_round)
    return {
        group.code: earlier.reference
        for group in groups
        if (earlier := standing.get(group.pk)) is not None and group.pk not in adopted
    }


def groups_without_position(weight_round: WeightRound) -> set[int]:
    """Return the ids of groups held back because of a part of them alone, with nothing of them that could stand."""
    sums = _sums_by_group(weight_round)
    groups = groups_of(weight_round.assessment.incident.jurisdiction).filter(pk__in=sums)
    standing = _standing_publications(weight_round, groups, sums, policy.read(weight_round.assessment.policy))
    adopted = _positions(weight_round, standing)
    return {group_id for group_id, earlier in standing.items() if earlier is None and group_id not in adopted}


def adopted_positions(weight_round: WeightRound) -> dict[int, AdoptedPosition]:
    """Return, by group id, the positions of delegates that count in this round."""
    sums = _sums_by_group(weight_round)
    groups = groups_of(weight_round.assessment.incident.jurisdiction).filter(pk__in=sums)
    rules = policy.read(weight_round.assessment.policy)
    return _positions(weight_round, _standing_publications(weight_round, groups, sums, rules))


def _positions(
    weight_round: WeightRound, standing: Mapping[int, holding.Publication | None]
) -> dict[int, AdoptedPosition]:
    """Return, by group id, what delegates adopted.

    A group that is held back while no mean of it was ever published keeps what its delegate adopted before, though its
    own answers would count by now.
    """
    own = position_reads.standing_positions(weight_round)
    bare = [group_id for group_id, earlier in standing.items() if earlier is None and group_id not in own]
    return own | position_reads.adopted_before(holding.compared_with(weight_round), bare) if bare else own


def _least(group: Group, rules: policy.Policy) -> int:
    return max(group.min_size, rules.parameters.minimum_answers)


def _group_input(
    group: Group,
    sums: GroupSums,
    roll_size: int,
    rules: policy.Policy,
    *,
    position: AdoptedPosition | None = None,
    held: bool = False,
) -> GroupInput:
    return GroupInput(
        code=group.code,
        is_affected=group.is_affected,
        is_civil_society=group.is_civil_society,
        min_size=_least(group, rules),
        sums=sums,
        adopted=tuple(position.points) if position else None,
        roll_size=roll_size,
        voice=rules.voices.get(group.code, policy.NEUTRAL_VOICE),
        held=held,
    )


def _sums_by_group(weight_round: WeightRound | None) -> dict[int, GroupSums]:
    rows = GroupSum.objects.filter(round=weight_round) if weight_round else []
    return {row.group_id: sums_of(row) for row in rows}


def sums_of(row: GroupSum) -> GroupSums:
    """Read one row of exact sums."""
    return GroupSums(n=row.n, s=tuple(row.s), q=tuple(row.q))


def evaluator_rating(rating: Rating, scheme: Scheme, number: int) -> EvaluatorRating:
    """Read one rating; evaluators are numbered, never named, in what is computed and published."""
    values = {(row.factor, row.part): row.value for row in rating.values.all()}
    parts = [range(1, width + 1) for width in scheme.widths] if scheme.components else [range(1)] * scheme.size
    return EvaluatorRating(
        evaluator=f"E{number}",
        values=tuple(
            tuple(values[factor, part] for part in here) for factor, here in zip(scheme.factors, parts, strict=True)
        ),
    )
