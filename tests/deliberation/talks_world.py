"""A case whose groups differ, moved through its rounds of talks as the clock would move it."""

import datetime as dt
from decimal import Decimal

from assessments.actions import publication, ratings, rounds
from assessments.models import WeightRound
from assessments.scoring.schemes import SCHEMES
from assessments.states import SchemeName
from deliberation.actions.cases import advance_case, advance_due_cases
from deliberation.models import Case, DeliberationRound
from lastvote.access import Role
from tests import factories as make
from tests.deliberation import world as w

GRAVE = {"I": "0.95", "E": "0.5", "R": "0.95", "X": "0.9"}
"""Ratings under which weights decide between Moderate and High."""
MILD = {"I": "0.7", "E": "0.4", "R": "0.85", "X": "0.55"}
LOW = {"I": "0.3", "E": "0.25", "R": "0.3", "X": "0.25"}
HARM = (8000, 800, 800, 400)
MISUSE = (800, 8000, 800, 400)
BALANCED = (2500, 2500, 2500, 2500)
SPLIT = dict.fromkeys("ABCDE", HARM) | dict.fromkeys("FG", MISUSE)
"""Five groups against two: far apart, and on both sides of a line under grave ratings."""
AGREED = dict.fromkeys("ABCDEFG", BALANCED)


def weigh(world: w.World, weight_round: WeightRound, leanings: dict[str, tuple[int, ...]], now: dt.datetime) -> None:
    """Have everybody of the groups named answer as their group leans."""
    for code, points in leanings.items():
        for person in world.town.members[code]:
            make.answer(weight_round, person, points, now=now)


def publish(world: w.World, weight_round: WeightRound) -> dt.datetime:
    """Close and publish at the legal time; return the moment at which the case can be judged."""
    now = weight_round.closes_at + dt.timedelta(minutes=1)
    rounds.close_due_rounds(now)
    publication.count_and_publish(world.assessment.pk, now)
    weight_round.refresh_from_db()
    assert weight_round.state == "published"
    return now


def judged(
    leanings: dict[str, tuple[int, ...]],
    *,
    values: dict[str, str] = GRAVE,
    later: dt.timedelta = dt.timedelta(0),
    scheme: SchemeName = SchemeName.CLASSIC,
    town: make.Town | None = None,
) -> tuple[w.World, dt.datetime]:
    """A case whose first round was answered as given and published, and what followed; all of it so much later."""
    world = w.rated(town or make.make_town(size=5), values=values, scheme=scheme)
    return world, judge(world, leanings, make.NOW + later)


def judge(world: w.World, leanings: dict[str, tuple[int, ...]], opens: dt.datetime) -> dt.datetime:
    """Have the first round of an assessment answered as given and published; return the moment of what followed."""
    announced = make.announce(world.town, world.assessment, opens_at=opens)
    world.weight_round = rounds.open_round(weight_round=announced, now=opens)
    weigh(world, world.weight_round, leanings, opens)
    now = publish(world, world.weight_round)
    advance_case(world.assessment.pk, now)
    return now


def case_of(world: w.World) -> Case:
    return Case.objects.select_related("assessment__incident__jurisdiction", "assessment__policy").get(
        assessment=world.assessment
    )


def talks_of(world: w.World) -> DeliberationRound:
    return case_of(world).rounds.select_related("follow_up", "basis").latest("number")


def answered_again(
    world: w.World, leanings: dict[str, tuple[int, ...]]
) -> dt.datetime:  # fmt: skip
    """Run the present round of talks to its end, with some groups answering anew; return the moment after it."""
    one = talks_of(world)
    opens = one.follow_up.opens_at + dt.timedelta(seconds=1)
    rounds.open_due_rounds(opens)
    one.follow_up.refresh_from_db()
    weigh(world, one.follow_up, leanings, opens)
    now = publish(world, one.follow_up)
    advance_due_cases(now)
    return now


def rated_again(world: w.World, now: dt.datetime, *, values: dict[str, str] = GRAVE) -> w.World:
    """The same case under a new assessment, rated and fixed, that takes the place of the old one."""
    old, by = world.assessment, world.staff(Role.SECRETARIAT)
    again = ratings.open_assessment(
        incident=old.incident, scheme=old.scheme, policy_version=old.policy, opened_on=now.date(), by=by, now=now,
        supersedes=old, rescored_because="New evidence.",
    )  # fmt: skip
    rows = [
        ratings.RatedValue(
            factor=factor, part=part, value=Decimal(values[factor]), reason="As told.",
            evidence=[old.incident.evidence.get()],
        )
        for factor, part in ratings.expected_parts(SCHEMES[old.scheme])
    ]  # fmt: skip
    for evaluator in world.town.evaluators[:2]:
        ratings.submit_rating(assessment=again, values=rows, by=evaluator, now=now)
    ratings.freeze_ratings(assessment=again, by=by, now=now)
    publication.count_and_publish(again.pk, now)
    again.refresh_from_db()
    return w.World(world.town, again)
