"""Which groups' earlier positions stand in a round, because too few of their members' answers changed.

What a round is compared with is fixed when it opens, under the hash of its frozen header, so the same answer comes out
whenever it is computed again. Who is who between two rounds is told by the places on the rolls, which outlive people.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from assessments.models import GroupSum, RollEntry, RoundRecord, WeightRound
from assessments.scoring.group_sums import GroupSums
from assessments.scoring.held_back import Comparison, is_held_back
from assessments.scoring.pooling import BY_MEAN
from stakeholders.models import Group


@dataclass(frozen=True)
class Publication:
    """What one earlier round published as the mean of one group, and the record that says so."""

    round_id: int
    reference: str
    sums: GroupSums
    roll_size: int


@dataclass(frozen=True)
class Part:
    """Some answers of a group in one round of which a mean was published too, by their places on the roll."""

    round_id: int
    group_id: int
    places: frozenset[int]


@dataclass(frozen=True)
class Mean:
    """A mean of some answers of one round: the places on its roll that they stand on, and their exact sums."""

    round_id: int
    places: frozenset[int]
    sums: GroupSums


@dataclass(frozen=True)
class Place:
    """One place on a roll with the points that stand on it, and the same person's place before."""

    id: int
    round_id: int
    group_id: int
    earlier_id: int | None
    points: list[int] | None


PartsTold = Callable[[Sequence[str]], list[Part]]
_parts_told: list[PartsTold] = []


def register_parts(told: PartsTold) -> None:
    """Let an app name the parts of groups of which it published means beside some records."""
    if told not in _parts_told:
        _parts_told.append(told)


def standing_publications(
    weight_round: WeightRound, sums: Mapping[int, GroupSums], least: Mapping[int, int]
) -> dict[int, Publication | None]:
    """Return, by group id, the earlier publication that stands instead of a mean of the answers of this round.

    ``sums`` are those of this round, ``least`` the answers that make a position, both by group id. A group that has
    fewer answers now than make a position is not counted at all, so nothing of it stands. None stands for a group that
    is held back because of a part of it, while no mean of the whole was ever published.
    """
    references = compared_with(weight_round)
    earlier, parts = published_means(references), [part for told in _parts_told for part in told(references)]
    if not earlier and not parts:
        return {}
    places = places_between(weight_round, references)
    held: dict[int, Publication | None] = {}
    for group_id in sorted({*earlier, *(part.group_id for part in parts)} & sums.keys()):
        now = mean_of_group(weight_round.pk, group_id, sums[group_id], places)
        told = _told(group_id, earlier.get(group_id, []), parts, now, places)
        compared = [comparison(before, now, places) for before in told]
        if sums[group_id].n >= least[group_id] and is_held_back(compared, least[group_id]):
            held[group_id] = next(iter(earlier.get(group_id, [])), None)
    return held


def compared_with(weight_round: WeightRound) -> list[str]:
    """Return the references of the records that a round is compared with, newest first, as fixed when it opened."""
    return list(json.loads(weight_round.frozen).get("after", [])) if weight_round.frozen else []


def published_means(references: Sequence[str]) -> dict[int, list[Publication]]:
    """Return, by group id, the means that records published of it; a held position is an earlier mean."""
    if not references:
        return {}
    records = {row.reference: row for row in RoundRecord.objects.filter(reference__in=references)}
    rounds = [records[reference].round_id for reference in references]
    sums = {(row.round_id, row.group_id): row for row in GroupSum.objects.filter(round__in=rounds)}
    ids = dict(Group.objects.filter(pk__in={group_id for _round, group_id in sums}).values_list("code", "pk"))
    found: dict[int, list[Publication]] = {}
    for reference in references:
        record = records[reference]
        for row in json.loads(record.body)["result"]["groups"]:
            if row["how"] == BY_MEAN:
                stored = sums[record.round_id, ids[row["code"]]]
                total = GroupSums(n=stored.n, s=tuple(stored.s), q=tuple(stored.q))
                publication = Publication(record.round_id, reference, total, row["roll"])
                found.setdefault(ids[row["code"]], []).append(publication)
    return found


def places_of(rounds: Iterable[int]) -> dict[int, Place]:
    """Return every place on the rolls of some rounds."""
    rows = RollEntry.objects.filter(round__in=rounds).values_list(
        "pk", "round_id", "group_id", "earlier_id", "current__submission__points"
    )
    return {row[0]: Place(*row) for row in rows}


def places_between(weight_round: WeightRound, references: Sequence[str]) -> dict[int, Place]:
    """Return every place on the rolls of a round and of all with these records.

    Also of those in between that published no mean: a person's place before may be the only way to the one before it.
    """
    rounds = RoundRecord.objects.filter(reference__in=references).values_list("round", flat=True)
    return places_of({weight_round.pk, *rounds})


def mean_of_group(round_id: int, group_id: int, sums: GroupSums, places: Mapping[int, Place]) -> Mean:
    """Return the mean of all answers that a group gave in a round."""
    answered = (
        place.id
        for place in places.values()
        if place.round_id == round_id and place.group_id == group_id and place.points is not None
    )
    return Mean(round_id, frozenset(answered), sums)


def mean_of_part(part: Part, places: Mapping[int, Place]) -> Mean:
    """Return the mean of some answers of a group."""
    points = [found for place in part.places if (found := places[place].points) is not None]
    return Mean(part.round_id, part.places, GroupSums.of([tuple(one) for one in points], len(points[0])))


def comparison(before: Mean, now: Mean, places: Mapping[int, Place]) -> Comparison:
    """Count whose answer is in both, and whose is the same in both."""
    in_both = kept = 0
    for place in now.places:
        then = _place_in(before.round_id, places[place], places)
        if then is not None and then.id in before.places:
            in_both += 1
            kept += then.points == places[place].points
    return Comparison(before.sums, now.sums, kept=kept, changed=before.sums.n + now.sums.n - in_both - kept)


def _told(
    group_id: int, means: Iterable[Publication], parts: Iterable[Part], now: Mean, places: Mapping[int, Place]
) -> list[Mean]:
    """Return what was told of a group and of parts of it; the very same as a part said tells nothing new."""
    of_parts = [mean_of_part(part, places) for part in parts if part.group_id == group_id]
    return [
        *(mean_of_group(one.round_id, group_id, one.sums, places) for one in means),
        *(mean for mean in of_parts if mean.sums != now.sums),
    ]


def _place_in(round_id: int, place: Place, places: Mapping[int, Place]) -> Place | None:
    """Return the same person's place on the roll of an earlier round."""
    found: Place | None = place
    while found is not None and found.round_id != round_id:
        found = places.get(found.earlier_id) if found.earlier_id is not None else None
    return found
