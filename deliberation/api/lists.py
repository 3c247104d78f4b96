"""Systems, deployers and sources: what public cases name of them."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from deliberation.api.public import PublicView, first, read, read_list
from deliberation.casework.api.seen import deployer_seen, source_seen, system_seen
from deliberation.open_data import reads
from deliberation.open_data.answers import DEPLOYER_LIST, SOURCE_LIST, SYSTEM_LIST
from deliberation.open_data.schemas import answer_schema
from lastvote.rest.sections import LISTS


class Systems(PublicView):
    """List the AI systems that cases are about."""

    operations: ClassVar = read_list(
        "systems",
        LISTS,
        _("List AI systems"),
        _("Every AI system that a public case is about, by name."),
        SYSTEM_LIST,
        leads={"system": {"token": first("systems", "token")}},
    )

    def found(self, **_slots: Any) -> bytes:
        town = self.jurisdiction
        return self.listed(SYSTEM_LIST, reads.public_systems(town), lambda rows: reads.systems_in_cases(town, rows))


class OneSystem(PublicView):
    """Serve one AI system."""

    operations: ClassVar = read(
        "system", LISTS, _("Read an AI system"), _("Its name, its deployer and its cases."),
        answer_schema(SYSTEM_LIST), tells_seen=True,
    )  # fmt: skip

    def found(self, *, token: str) -> bytes:
        rows = _named(reads.public_systems(self.jurisdiction), token)
        return SYSTEM_LIST.json(self.jurisdiction, {"systems": reads.systems_in_cases(self.jurisdiction, rows)})

    def seen(self, *, token: str) -> str:
        return system_seen(self.jurisdiction.systems.select_related("deployer").get(token=token))


class Deployers(PublicView):
    """List who puts them to use."""

    operations: ClassVar = read_list(
        "deployers",
        LISTS,
        _("List deployers"),
        _("Whoever puts those systems to use, by name."),
        DEPLOYER_LIST,
        leads={"deployer": {"token": first("deployers", "token")}},
    )

    def found(self, **_slots: Any) -> bytes:
        town = self.jurisdiction
        return self.listed(
            DEPLOYER_LIST, reads.public_deployers(town), lambda rows: reads.deployers_in_cases(town, rows)
        )


class OneDeployer(PublicView):
    """Serve one deployer."""

    operations: ClassVar = read(
        "deployer", LISTS, _("Read a deployer"), _("Its name and its cases."), answer_schema(DEPLOYER_LIST),
        tells_seen=True,
    )  # fmt: skip

    def found(self, *, token: str) -> bytes:
        rows = _named(reads.public_deployers(self.jurisdiction), token)
        return DEPLOYER_LIST.json(self.jurisdiction, {"deployers": reads.deployers_in_cases(self.jurisdiction, rows)})

    def seen(self, *, token: str) -> str:
        return deployer_seen(self.jurisdiction.deployers.get(token=token))


class Sources(PublicView):
    """List the publications that evidence rests on."""

    operations: ClassVar = read_list(
        "sources",
        LISTS,
        _("List sources"),
        _("Every publication that public evidence names, by title."),
        SOURCE_LIST,
        leads={"source": {"token": first("sources", "token")}},
    )

    def found(self, **_slots: Any) -> bytes:
        town = self.jurisdiction
        return self.listed(SOURCE_LIST, reads.public_sources(town), lambda rows: reads.sources_in_cases(town, rows))


class OneSource(PublicView):
    """Serve one publication."""

    operations: ClassVar = read(
        "source", LISTS, _("Read a source"), _("Its title, who published it, and its cases."),
        answer_schema(SOURCE_LIST), tells_seen=True,
    )  # fmt: skip

    def found(self, *, token: str) -> bytes:
        rows = _named(reads.public_sources(self.jurisdiction), token)
        return SOURCE_LIST.json(self.jurisdiction, {"sources": reads.sources_in_cases(self.jurisdiction, rows)})

    def seen(self, *, token: str) -> str:
        return source_seen(self.jurisdiction.sources.get(token=token))


def _named(rows: QuerySet[Any], token: str) -> list[Any]:
    found = list(rows.filter(token=token))
    if not found:
        raise Http404
    return found
