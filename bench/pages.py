"""Queries per page, and what a page weighs."""

import time

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from bench import figures
from lastvote.access import Role
from tests.proofs.sites import BACKEND, Visitor
from tests.proofs.stages import Stage

REPEATS = 5


def measure(stage: Stage, port: int) -> None:
    """Print for every page how many queries it makes."""
    figures.title("(d) Queries, milliseconds and kilobytes of a page, inside one process")
    incident = stage.round.assessment.incident
    town, case = [incident.jurisdiction.slug], [incident.jurisdiction.slug, incident.reference]
    visitor = Visitor(stage, stage.people[1], port)
    visitor.fill_in(I="40", E="30", R="20", X="10")
    secretariat = Client()
    secretariat.force_login(stage.town.staff[Role.SECRETARIAT].account, backend=BACKEND)
    everybody = Client()
    for name, place, client in (
        ("jurisdictions", [], everybody),
        ("home", town, everybody),
        ("cases", town, everybody),
        ("case", case, everybody),
        ("working", case, everybody),
        ("lines", town, everybody),
        ("how_it_works", town, everybody),
        ("glossary", town, everybody),
        ("you", town, visitor.client),
        ("weigh", case, visitor.client),
        ("weigh_points", case, visitor.client),
        ("weigh_check", case, visitor.client),
        ("desk", town, secretariat),
        ("desk_round", case, secretariat),
    ):
        _page(name, place, client)


def _page(name: str, place: list[str], client: Client) -> None:
    try:
        address = reverse(name, args=place)
    except NoReverseMatch:
        figures.line(name, "no such page")
        return
    client.get(address)
    taken = []
    for _ in range(REPEATS):
        started = time.perf_counter()
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
        taken.append(1000 * (time.perf_counter() - started))
    status = "" if response.status_code == 200 else f"status {response.status_code}"
    size = len(response.content) / 1000
    figures.line(name, f"{len(queries):3d} queries, {size:6.1f} kB, {figures.spread(taken, ' ms')} {status}")
