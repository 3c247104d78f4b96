"""Where random histories play: towns that differ in scheme, method, voices, number and size of groups.

What a stage is made of stands here as plain data, so that a process without a database can build the same scoring.
"""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from assessments.actions import policies, rounds
from assessments.models import WeightRound
from assessments.scoring.schemes import SCHEMES
from assessments.states import SchemeName
from lastvote.access import Role
from lastvote.texts import text
from stakeholders.models import Person
from tests import factories as make

CODES = make.CODES
VOICE_ROWS = (
    ("1", "1", "0.4", "0.3"), ("1", "1.2", "0.4", "0.4"), ("1", "1", "0.5", "0.2"), ("1.5", "0.8", "0.6", "0.1"),
    ("0.5", "2", "0.4", "0.5"), ("1", "0.8", "0.4", "0.1"), ("1.2", "0.8", "0.5", "0.1"),
)  # fmt: skip
VALUES = ("0.7", "0.4", "0.85", "0.55", "0.1234", "0.9", "0.3333")
CLOSES_AT = make.NOW + 21 * make.DAY
AFTER_CLOSE = CLOSES_AT + dt.timedelta(seconds=10)


@dataclass(frozen=True)
class Plan:
    """Everything that a stage's score rests on besides the answers. ``sizes`` are places on the roll by group."""

    scheme: str
    aggregator: str
    voices: str
    sizes: tuple[int, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The groups, in canonical order."""
        return CODES[: len(self.sizes)]

    @property
    def values(self) -> dict[str, str]:
        """What both evaluators say of each factor."""
        return dict(zip(SCHEMES[self.scheme].factors, VALUES, strict=False))

    def policy_body(self) -> dict:
        """The policy in force on this stage."""
        body = make.policy_body(voices=self.voices, codes=self.codes)
        body["aggregators"] = {"classic": self.aggregator, "taxonomy": self.aggregator}
        for row, numbers in zip(body["voices"], VOICE_ROWS, strict=False):
            row.update(zip(("beta", "gamma", "expertise", "impact"), numbers, strict=True))
        return body


PLANS = (
    Plan("classic", "linear", "equal", (6, 7, 5, 8, 5, 3, 6)),
    Plan("taxonomy", "linear", "eq7", (6, 5, 7, 5, 4, 6, 5)),
    Plan("classic", "linear", "eq7", (5, 6, 5)),
    Plan("taxonomy", "linear", "equal", (7, 6, 6, 5)),
    Plan("classic", "tempered", "equal", (6, 6, 2, 5, 7)),
    Plan("taxonomy", "tempered", "eq7", (5, 5, 5, 6, 6, 4)),
    Plan("classic", "linear", "equal", (9, 1, 8)),
    Plan("classic", "tempered", "eq7", (5, 6, 5, 5, 6, 5, 5)),
    Plan("taxonomy", "linear", "eq7", (8, 4, 8)),
    Plan("classic", "linear", "eq7", (5, 4, 6, 5, 8)),
)


@dataclass
class Stage:
    """An open round on a rated incident, nobody has answered yet."""

    plan: Plan
    town: make.Town
    round: WeightRound
    people: list[Person] = field(default_factory=list)

    @property
    def outsider(self) -> Person:
        """Somebody of the town who has no place on the roll."""
        return self.town.evaluators[0]

    @property
    def month(self) -> int:
        """Months since the town's roadmap began."""
        return self.round.assessment.month


def build(plan: Plan, opens_at: dt.datetime = make.NOW, town: str = "A") -> Stage:
    """Make the stage through the real actions; several stages need towns of different names."""
    slug = f"stage-{town.lower()}"
    town = make.make_town(slug=slug, code=f"S{town}", codes=plan.codes, size=0)
    for letter, size in zip(plan.codes, plan.sizes, strict=True):
        town.members[letter] = [
            make.add_member(town.jurisdiction, town.groups[letter], number) for number in range(size)
        ]
    town.policy = policies.adopt_policy(
        jurisdiction=town.jurisdiction, body=plan.policy_body(), reason=text("For this stage."),
        effective_from=make.START, proposed_by=town.staff[Role.ADMIN], adopted_by=town.staff[Role.CHAIR],
        now=make.NOW - 99 * make.DAY,
    )  # fmt: skip
    assessment = make.make_assessment(town, scheme=SchemeName(plan.scheme), values=plan.values)
    announced = make.announce(town, assessment, opens_at=opens_at)
    weight_round = rounds.open_round(weight_round=announced, now=opens_at)
    people = [person for letter in plan.codes for person in town.members[letter]]
    return Stage(plan=plan, town=town, round=weight_round, people=people)


def rated(plan: Plan) -> tuple[tuple[Decimal, ...], ...]:
    """One evaluator's values in the core's shape; components are rated alike."""
    widths = SCHEMES[plan.scheme].widths
    return tuple(
        (Decimal(plan.values[factor]),) * width
        for factor, width in zip(SCHEMES[plan.scheme].factors, widths, strict=True)
    )
