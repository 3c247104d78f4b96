"""A town with one case, moved through the stages that the pages tell apart, and a visitor to look at it."""

import datetime as dt
from dataclasses import dataclass

import time_machine
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client

from assessments.actions import publication, rounds
from assessments.models import Assessment, WeightRound
from lastvote import clock
from lastvote.access import Role
from stakeholders import sessions
from stakeholders.models import Person
from tests import factories as make

CLOSED = make.NOW + 22 * make.DAY
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
LEANINGS = {
    "A": (4000, 1000, 3000, 2000), "B": (3000, 1000, 3000, 3000), "C": (3800, 800, 3100, 2300),
    "D": (3600, 700, 2900, 2800), "E": (1600, 4200, 3400, 800), "F": (2000, 4600, 800, 2600),
    "G": (2800, 1400, 3600, 2200),
}  # fmt: skip


@dataclass
class World:
    """What a test needs to reach."""

    town: make.Town
    assessment: Assessment
    weight_round: WeightRound | None = None

    @property
    def case_url(self) -> str:
        return f"/{self.town.jurisdiction.slug}/cases/{self.assessment.incident.reference}/"

    @property
    def desk_url(self) -> str:
        return f"/{self.town.jurisdiction.slug}/desk/cases/{self.assessment.incident.reference}/rounds/"

    def staff(self, role: Role) -> Person:
        return self.town.staff[role]


def rated(town: make.Town | None = None, **wanted: object) -> World:
    """A case whose ratings are frozen."""
    town = town or make.make_town(size=5)
    return World(town, make.make_assessment(town, **wanted))


def opened(town: make.Town | None = None, **wanted: object) -> World:
    """A case with an open round and no answers."""
    world = rated(town, **wanted)
    world.weight_round = make.open_round(world.town, world.assessment)
    return world


def answered(town: make.Town | None = None, *, silent: tuple[str, ...] = (), **wanted: object) -> World:
    """An open round that everybody has answered, but of a silent group only two people."""
    world = opened(town, **wanted)
    for code, people in world.town.members.items():
        for place, person in enumerate(people[:2] if code in silent else people):
            most, *rest = LEANINGS[code]
            make.answer(world.weight_round, person, (most - 50 * place, rest[0] + 50 * place, *rest[1:]))
    return world


def closed(town: make.Town | None = None, **wanted: object) -> World:
    """A closed round that is not counted to the end."""
    world = answered(town, **wanted)
    rounds.close_due_rounds(CLOSED)
    world.weight_round.refresh_from_db()
    return world


def published(town: make.Town | None = None, **wanted: object) -> World:
    """A published round."""
    world = closed(town, **wanted)
    publication.count_and_publish(world.assessment.pk, CLOSED)
    world.weight_round.refresh_from_db()
    return world


def visitor(person: Person | None = None, *, at: dt.datetime = make.NOW) -> Client:
    """A browser, signed in as ``person`` a moment ago."""
    client = Client()
    if person is not None:
        with time_machine.travel(at, tick=False):
            client.force_login(person.account, backend=BACKEND)
            session = client.session
            sessions.begin(session, now=clock.now())
            session.save()
    return client


def get(url: str, *, by: Client | Person | None = None, at: dt.datetime = make.NOW, **data: str) -> HttpResponse:
    """Open a page at a moment."""
    client = by if isinstance(by, Client) else visitor(by, at=at)
    with time_machine.travel(at, tick=False):
        return client.get(url, data)


def post(url: str, *, by: Client | Person, at: dt.datetime = make.NOW, **data: str) -> HttpResponse:
    """Send a form at a moment."""
    client = by if isinstance(by, Client) else visitor(by, at=at)
    with time_machine.travel(at, tick=False):
        return client.post(url, data)


def soup(response: HttpResponse) -> BeautifulSoup:
    """Read a page."""
    return BeautifulSoup(response.content, "html.parser")


def text_of(response: HttpResponse, selector: str = "main") -> str:
    """What people read in a part of a page, with single spaces."""
    return " ".join(" ".join(part.get_text(" ") for part in soup(response).select(selector)).split())
