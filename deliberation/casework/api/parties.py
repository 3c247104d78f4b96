"""Keeping deployers, systems and sources by program, with the actions of the desk."""

from typing import ClassVar, TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404
from rest_framework.request import Request
from rest_framework.response import Response

from assessments.actions import parties, sources
from assessments.actions.parties import deployer_facts
from assessments.actions.sources import SourceFacts
from assessments.models import AISystem, Deployer, Source
from deliberation.casework.api import documented
from deliberation.casework.api.bodies import DEPLOYER, SOURCE, SYSTEM, known_fields, source_facts, system_facts
from deliberation.casework.api.seen import deployer_seen, source_seen, system_seen
from deliberation.casework.api.writing import Adding, Changing
from lastvote import clock
from lastvote.rest.body import words_from

Row = TypeVar("Row", bound=Model)


class NewDeployer(Adding):
    """Add whoever puts systems to use."""

    operations: ClassVar = documented.ADD_DEPLOYER

    def post(self, _request: Request) -> Response:
        known_fields(self.body, DEPLOYER, changes=False)
        name = words_from(self.body.get("name"), "name")

        def act() -> int:
            return parties.add_deployer(jurisdiction=self.jurisdiction, name=name, by=self.somebody, now=clock.now()).pk

        made = Deployer.objects.get(pk=self.once("deployer", act))
        return self.made("api_deployer", made.token, **_shown(made.token, deployer_seen(made)))


class ChangedDeployer(Changing):
    """Rename a deployer."""

    operations: ClassVar = documented.CHANGE_DEPLOYER

    def patch(self, _request: Request, token: str) -> Response:
        rows = self.jurisdiction.deployers.all()
        known_fields(self.body, DEPLOYER, changes=True)
        row = _found(rows, token)
        name = words_from(self.body.get("name", row.name), "name")
        changed = self.changed(
            lambda seen: parties.change_deployer(deployer=row, name=name, seen=seen, by=self.somebody, now=clock.now()),
            lambda: deployer_facts(_found(rows, token)),
        )
        return Response(_shown(token, deployer_seen(changed)))


class NewSystem(Adding):
    """Add a system of a deployer."""

    operations: ClassVar = documented.ADD_SYSTEM

    def post(self, _request: Request) -> Response:
        known_fields(self.body, SYSTEM, changes=False)
        facts = system_facts(self.body, self.jurisdiction, None)

        def act() -> int:
            return parties.add_system(by=self.somebody, now=clock.now(), **facts).pk

        made = AISystem.objects.select_related("deployer").get(pk=self.once("system", act))
        return self.made("api_system", made.token, **_shown(made.token, system_seen(made)))


class ChangedSystem(Changing):
    """Describe a system anew."""

    operations: ClassVar = documented.CHANGE_SYSTEM

    def patch(self, _request: Request, token: str) -> Response:
        rows = self.jurisdiction.systems.select_related("deployer", "jurisdiction")
        known_fields(self.body, SYSTEM, changes=True)
        row = _found(rows, token)
        facts = system_facts(self.body, self.jurisdiction, parties.system_facts(row))
        changed = self.changed(
            lambda seen: parties.change_system(system=row, facts=facts, seen=seen, by=self.somebody, now=clock.now()),
            lambda: parties.system_facts(_found(rows, token)),
        )
        return Response(_shown(token, system_seen(changed)))


class NewSource(Adding):
    """Add a publication; exactly the same one once more is answered with the first."""

    operations: ClassVar = documented.ADD_SOURCE

    def post(self, _request: Request) -> Response:
        known_fields(self.body, SOURCE, changes=False)
        facts = source_facts(self.body, None)

        def act() -> int:
            return sources.add_source(jurisdiction=self.jurisdiction, facts=facts, by=self.somebody, now=clock.now()).pk

        made = Source.objects.get(pk=self.once("source", act))
        return self.made("api_source", made.token, **_shown(made.token, source_seen(made)))


class ChangedSource(Changing):
    """Correct a publication."""

    operations: ClassVar = documented.CHANGE_SOURCE

    def patch(self, _request: Request, token: str) -> Response:
        rows = self.jurisdiction.sources.select_related("jurisdiction")
        known_fields(self.body, SOURCE, changes=True)
        row = _found(rows, token)
        facts = source_facts(self.body, row)
        changed = self.changed(
            lambda seen: sources.change_source(source=row, facts=facts, seen=seen, by=self.somebody, now=clock.now()),
            lambda: SourceFacts.of(_found(rows, token)).columns(),
        )
        return Response(_shown(token, source_seen(changed)))


def _found(rows: QuerySet[Row], token: str) -> Row:
    row = rows.filter(token=token).first()
    if row is None:
        raise Http404
    return row


def _shown(token: str, seen: str) -> dict[str, str]:
    return {"token": token, "seen": seen}
