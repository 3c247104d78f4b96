"""Where it plays: towns with an open round each, and cases that evaluators rate meanwhile. All through real actions."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import transaction
from django.test import Client

from assessments.actions import rounds
from assessments.models import Assessment, WeightRound
from assessments.scoring.schemes import SCHEMES
from assessments.states import SchemeName
from lastvote import clock
from lastvote.access import TokenScope
from stakeholders import sessions
from stakeholders.access_tokens import make_token
from stakeholders.models import Person
from tests import factories as make
from tests import rating_world as rw
from tests.torture.sizes import Size

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PROGRAMS = 3
"""One person of so many sends by a program."""
SCHEMES_IN_TURN = (SchemeName.CLASSIC, SchemeName.CLASSIC, SchemeName.TAXONOMY)


@dataclass(frozen=True)
class Place:
    """One person's place on the roll of an open round, as a client knows it."""

    name: str
    """Town and case, as in the address."""
    person_id: int
    codes: tuple[str, ...]
    session: str
    token: str = ""
    """Whoever has one sends by a program and not by the pages."""


@dataclass(frozen=True)
class Desk:
    """One evaluator's part in one case that is being rated."""

    name: str
    person_id: int
    codes: tuple[str, ...]
    session: str


@dataclass
class World:
    """All that is sent to."""

    rounds: list[WeightRound] = field(default_factory=list)
    rated: list[Assessment] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    desks: list[Desk] = field(default_factory=list)
    slugs: list[str] = field(default_factory=list)


def build(size: Size) -> World:
    """Found the towns, open their rounds, sign everybody in."""
    world = World()
    for number in range(size.towns):
        with transaction.atomic():  # thousands of rows, and one wait for the disk
            _add_town(world, number, size)
    return world


def _add_town(world: World, number: int, size: Size) -> None:
    slug = f"town-{number + 1}"
    town = make.make_town(slug=slug, code=f"T{number + 1}", size=size.members)
    world.slugs.append(slug)
    weight_round = _open(town, SCHEMES_IN_TURN[number % len(SCHEMES_IN_TURN)])
    world.rounds.append(weight_round)
    codes = SCHEMES[weight_round.assessment.scheme].factors
    name = f"{slug}/cases/{weight_round.assessment.incident.reference}"
    for place, person in enumerate(person for people in town.members.values() for person in people):
        if place % PROGRAMS:
            world.places.append(Place(name, person.pk, codes, _session(person)))
        else:
            world.places.append(Place(name, person.pk, codes, "", _token(person)))
    evaluators = [(person, _session(person)) for person in town.evaluators]
    for _case in range(size.cases):
        assessment = rw.unrated(town)
        world.rated.append(assessment)
        world.desks.extend(_desks(slug, assessment, evaluators))


def _desks(slug: str, assessment: Assessment, evaluators: list[tuple[Person, str]]) -> Iterator[Desk]:
    name = f"{slug}/cases/{assessment.incident.reference}/assessments/{assessment.number}"
    for person, session in evaluators:
        yield Desk(name, person.pk, SCHEMES[assessment.scheme].factors, session)


def _open(town: make.Town, scheme: SchemeName) -> WeightRound:
    """Open a round by the real clock."""
    opens_at = clock.now().replace(microsecond=0) - dt.timedelta(minutes=1)
    announced = make.announce(town, make.make_assessment(town, scheme=scheme), opens_at=opens_at)
    return rounds.open_round(weight_round=announced, now=opens_at)


def _token(person: Person) -> str:
    """Make a token with which a program may answer for a person."""
    scopes = frozenset({TokenScope.ANSWER})
    return make_token(person=person, name="For this run", scopes=scopes, case_reference="", days=1, now=clock.now())[1]


def _session(person: Person) -> str:
    """Sign somebody in, with a proof of who they are that holds for as long as a run may last."""
    client = Client()
    client.force_login(person.account, backend=BACKEND)
    session = client.session
    sessions.begin(session, now=clock.now())
    sessions.prove(session, now=clock.now() + dt.timedelta(hours=12))
    session.save()
    return client.cookies["session"].value
