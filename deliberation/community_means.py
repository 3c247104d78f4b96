"""The answers of registered communities in a round, and whether their mean may be told after what was told before.

A mean of five and later one of six give the sixth answer away. So a community is held against every mean that was
published of its group, and of a community of it, by the rule for groups (R21, R35; P9).
"""

import json
from collections.abc import Iterable, Mapping, Sequence

from assessments import holding, policy, snapshot
from assessments.holding import Mean, Place
from assessments.models import CurrentAnswer, RoundRecord, WeightRound
from assessments.scoring.group_sums import GroupSums
from assessments.scoring.held_back import is_held_back
from assessments.scoring.protective import COMMUNITY, Community
from assessments.scoring.schemes import SCHEMES
from deliberation.models import ProtectiveFinding
from stakeholders.communities import people_in
from stakeholders.models import Community as Registered


def communities_of(weight_round: WeightRound) -> list[Community]:
    """Return the registered communities of affected groups with the sums of their people's answers.

    Who belongs to one was fixed when the round opened, as the roll was. An answer whose person was erased counts in
    the group and in no community. Where an earlier position of the group stands, its communities are those of then.
    """
    rows = _registered(weight_round)
    means = dict(zip(rows, _means(rows, weight_round), strict=True))
    references = [weight_round.record.reference, *holding.compared_with(weight_round)]
    places = holding.places_of(RoundRecord.objects.filter(reference__in=references).values_list("round", flat=True))
    told = _told(rows, weight_round, references, places)
    least = policy.read(weight_round.assessment.policy).parameters.minimum_community
    return [
        Community(row.code, row.group.code, mean.sums, _is_held_back(mean, told[row.group_id], places, least))
        for row, mean in means.items()
    ]


def _registered(weight_round: WeightRound) -> list[Registered]:
    jurisdiction = weight_round.assessment.incident.jurisdiction
    registered = Registered.objects.filter(group__jurisdiction=jurisdiction, group__is_affected=True)
    return list(registered.select_related("group").order_by("group__position_order", "registered_at", "pk"))


def _means(rows: Iterable[Registered], weight_round: WeightRound) -> list[Mean]:
    references = snapshot.standing_references(weight_round)
    records = RoundRecord.objects.filter(reference__in=references.values()).select_related(
        "round__assessment__incident__jurisdiction"
    )
    earlier = {record.reference: record.round for record in records}
    return [_mean(row, earlier.get(references.get(row.group.code, ""), weight_round)) for row in rows]


def _mean(row: Registered, weight_round: WeightRound) -> Mean:
    assessment = weight_round.assessment
    people = people_in(
        row,
        on=weight_round.opens_at.astimezone(assessment.incident.jurisdiction.zone).date(),
        known_at=weight_round.opened_at or weight_round.opens_at,
    )
    entries = {"roll_entry__round": weight_round, "roll_entry__group": row.group, "roll_entry__person__in": people}
    answers = CurrentAnswer.objects.filter(**entries, submission__isnull=False)
    points = {place: tuple(found or ()) for place, found in answers.values_list("roll_entry", "submission__points")}
    sums = GroupSums.of(list(points.values()), SCHEMES[assessment.scheme].size)
    return Mean(weight_round.pk, frozenset(points), sums)


def _told(
    rows: Sequence[Registered], weight_round: WeightRound, references: Sequence[str], places: Mapping[int, Place]
) -> dict[int, list[Mean | None]]:
    """Return, by group id, the means that were published of a group or of a community in it.

    None stands for one that cannot be worked out again, because somebody in it was erased since.
    """
    told: dict[int, list[Mean | None]] = {row.group_id: [] for row in rows}
    for group_id, means in holding.published_means(references).items():
        if group_id in told:
            told[group_id] += [holding.mean_of_group(one.round_id, group_id, one.sums, places) for one in means]
    earlier = ProtectiveFinding.objects.filter(weight_round__record__reference__in=references)
    for finding in earlier.exclude(weight_round=weight_round).select_related("weight_round__assessment__incident"):
        weights = {
            term["code"]: tuple(term["weights"])
            for term in json.loads(finding.body)["terms"]
            if term["kind"] == COMMUNITY
        }
        then = [row for row in rows if row.code in weights]
        for row, mean in zip(then, _means(then, finding.weight_round), strict=True):
            is_known = mean.sums.n > 0 and mean.sums.position() == weights[row.code]
            told[row.group_id].append(mean if is_known else None)
    return told


def _is_held_back(mean: Mean, told: Sequence[Mean | None], places: Mapping[int, Place], least: int) -> bool:
    """Tell whether a mean may not be told beside earlier ones; the very same again tells nothing new."""
    if mean.sums.n < least:
        return False  # too few to be told at all
    known = [one for one in told if one is not None and one.sums != mean.sums]
    return None in told or is_held_back([holding.comparison(one, mean, places) for one in known], least)
