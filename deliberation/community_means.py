"""The answers of registered communities in a round, and whether their mean may be told after what was told before.

A mean of five and later one of six give the sixth answer away. So a community is held against every mean that was
published of its group, and of a community of it, by the rule for groups (R21, R35; P9).
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assessments import holding, policy, snapshot
from assessments.holding import Mean, Part, Place
from assessments.models import CurrentAnswer, GroupSum, RoundRecord, WeightRound
from assessments.scoring.group_sums import GroupSums
from assessments.scoring.held_back import is_held_back
from assessments.scoring.protective import Community
from assessments.scoring.schemes import SCHEMES
from deliberation.models import CommunityMean, ProtectiveFinding
from stakeholders.communities import people_in
from stakeholders.models import Community as Registered


@dataclass(frozen=True)
class Heard:
    """A registered community in a round: the mean of its people's answers, and whether it may not be told."""

    registered: Registered
    mean: Mean
    held_back: bool

    @property
    def as_input(self) -> Community:
        """What scoring needs of it."""
        row = self.registered
        return Community(row.code, row.group.code, self.mean.sums, self.held_back)


def communities_in(weight_round: WeightRound) -> list[Heard]:
    """Return the registered communities of affected groups with the sums of their people's answers.

    Who belongs to one was fixed when the round opened, as the roll was. An answer whose person was erased counts in
    the group and in no community. Where an earlier position of the group stands, its communities are those of then.
    """
    rows = _registered(weight_round)
    means = _means(rows, weight_round)
    told = _told(weight_round, [row.group_id for row in rows])
    least = policy.read(weight_round.assessment.policy).parameters.minimum_community
    return [
        Heard(row, mean, _is_held_back(mean, told.means[row.group_id], told.places, least))
        for row, mean in zip(rows, means, strict=True)
    ]


def write_down(finding: ProtectiveFinding, heard: Iterable[Heard]) -> None:
    """Keep which answers are behind the means that a finding tells: whatever is told later is held against them."""
    CommunityMean.objects.bulk_create(
        CommunityMean(
            finding=finding, community=one.registered, round_id=one.mean.round_id, places=sorted(one.mean.places)
        )
        for one in heard
    )


def parts_told(references: Sequence[str]) -> list[Part]:
    """Return the means of communities that were told beside some records."""
    beside = CommunityMean.objects.filter(finding__weight_round__record__reference__in=references)
    rows = beside.order_by("pk").values_list("round", "community__group", "places")
    return [Part(round_id, group_id, frozenset(places)) for round_id, group_id, places in rows]


def _registered(weight_round: WeightRound) -> list[Registered]:
    """Return the communities that there were when the round opened, of the groups it opened with."""
    groups = GroupSum.objects.filter(round=weight_round).values("group")
    registered = Registered.objects.filter(
        group__in=groups, group__is_affected=True, registered_at__lte=_opened(weight_round)
    )
    return list(registered.select_related("group").order_by("group__position_order", "registered_at", "pk"))


def _opened(weight_round: WeightRound) -> dt.datetime:
    return weight_round.opened_at or weight_round.opens_at


def _means(rows: Iterable[Registered], weight_round: WeightRound) -> list[Mean]:
    references = snapshot.standing_references(weight_round)
    records = RoundRecord.objects.filter(reference__in=references.values()).select_related(
        "round__assessment__incident__jurisdiction"
    )
    earlier = {record.reference: record.round for record in records}
    untold = snapshot.groups_without_position(weight_round)
    return [
        _nothing(weight_round)
        if row.group_id in untold
        else _mean(row, earlier.get(references.get(row.group.code, ""), weight_round))
        for row in rows
    ]


def _nothing(weight_round: WeightRound) -> Mean:
    """Of a group that is not counted, lest its mean tells an answer, nothing is told in parts either."""
    size = SCHEMES[weight_round.assessment.scheme].size
    return Mean(weight_round.pk, frozenset(), GroupSums.empty(size))


def _mean(row: Registered, weight_round: WeightRound) -> Mean:
    assessment = weight_round.assessment
    people = people_in(
        row,
        on=weight_round.opens_at.astimezone(assessment.incident.jurisdiction.zone).date(),
        known_at=_opened(weight_round),
    )
    entries = {"roll_entry__round": weight_round, "roll_entry__group": row.group, "roll_entry__person__in": people}
    answers = CurrentAnswer.objects.filter(**entries, submission__isnull=False)
    points = {place: tuple(found or ()) for place, found in answers.values_list("roll_entry", "submission__points")}
    sums = GroupSums.of(list(points.values()), SCHEMES[assessment.scheme].size)
    return Mean(weight_round.pk, frozenset(points), sums)


@dataclass(frozen=True)
class Told:
    """The means that were published of groups and of communities in them, by group id, and the places behind them."""

    means: Mapping[int, Sequence[Mean]]
    places: Mapping[int, Place]


def _told(weight_round: WeightRound, groups: Iterable[int]) -> Told:
    references = [weight_round.record.reference, *holding.compared_with(weight_round)]
    parts, published = parts_told(references), holding.published_means(references)
    places = holding.places_between(weight_round, references)
    means: dict[int, list[Mean]] = {group_id: [] for group_id in groups}
    for group_id, found in means.items():
        of_group = published.get(group_id, [])
        found += [holding.mean_of_group(one.round_id, group_id, one.sums, places) for one in of_group]
        found += [holding.mean_of_part(part, places) for part in parts if part.group_id == group_id]
    return Told(means, places)


def _is_held_back(mean: Mean, told: Sequence[Mean], places: Mapping[int, Place], least: int) -> bool:
    """Tell whether a mean may not be told beside earlier ones; the very same again tells nothing new."""
    if mean.sums.n < least:
        return False  # too few to be told at all
    known = [one for one in told if one.sums != mean.sums]
    return is_held_back([holding.comparison(one, mean, places) for one in known], least)
