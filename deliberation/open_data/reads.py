"""Named queries of the lists that only the API has: what belongs to public cases, and nothing that only the desk knows.

A source that no public row of evidence names, or a system without a case, is the secretariat's own business yet.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from assessments.models import AISystem, Deployer, EvidenceItem, Incident, Source
from assessments.states import Visibility
from stakeholders.models import Jurisdiction


@dataclass(frozen=True)
class InCases:
    """A row of a list, and the references of the cases in which the public finds it."""

    row: Any
    references: Sequence[str]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.row, name)


def public_cases(jurisdiction: Jurisdiction) -> QuerySet[Incident]:
    """Return every case that was not merged into another."""
    return Incident.objects.filter(jurisdiction=jurisdiction, merged_into=None)


def public_systems(jurisdiction: Jurisdiction) -> QuerySet[AISystem]:
    """Return the systems that public cases are about, by name."""
    cases = public_cases(jurisdiction)
    found = AISystem.objects.filter(jurisdiction=jurisdiction, pk__in=cases.values("system"))
    return found.select_related("deployer").order_by("name", "pk")


def public_deployers(jurisdiction: Jurisdiction) -> QuerySet[Deployer]:
    """Return the deployers of those systems, by name."""
    deployers = public_cases(jurisdiction).values("system__deployer")
    return Deployer.objects.filter(jurisdiction=jurisdiction, pk__in=deployers).order_by("name", "pk")


def public_sources(jurisdiction: Jurisdiction) -> QuerySet[Source]:
    """Return the sources that public rows of evidence name, by title."""
    named = _public_evidence(jurisdiction).values("sources")
    return Source.objects.filter(jurisdiction=jurisdiction, pk__in=named).order_by("title", "pk")


def systems_in_cases(jurisdiction: Jurisdiction, systems: Iterable[AISystem]) -> list[InCases]:
    """Join systems with their cases."""
    rows = list(systems)
    cases = public_cases(jurisdiction).filter(system__in=rows).values_list("system", "reference")
    return _joined(rows, cases)


def deployers_in_cases(jurisdiction: Jurisdiction, deployers: Iterable[Deployer]) -> list[InCases]:
    """Join deployers with their cases."""
    rows = list(deployers)
    cases = public_cases(jurisdiction).filter(system__deployer__in=rows).values_list("system__deployer", "reference")
    return _joined(rows, cases)


def sources_in_cases(jurisdiction: Jurisdiction, sources: Iterable[Source]) -> list[InCases]:
    """Join sources with the cases whose public evidence names them."""
    rows = list(sources)
    named = _public_evidence(jurisdiction).filter(sources__in=rows).values_list("sources", "incident__reference")
    return _joined(rows, named)


def _public_evidence(jurisdiction: Jurisdiction) -> QuerySet[EvidenceItem]:
    """Return what everybody may read; the evidence of a merged case stands on the page of the other."""
    return EvidenceItem.objects.filter(
        incident__jurisdiction=jurisdiction, superseded_by__isnull=True, visibility=Visibility.PUBLIC
    )


def _joined(rows: Sequence[Any], pairs: Iterable[tuple[int, str]]) -> list[InCases]:
    found: dict[int, set[str]] = defaultdict(set)
    for row, reference in pairs:
        found[row].add(reference)
    return [InCases(row, sorted(found[row.pk])) for row in rows]
