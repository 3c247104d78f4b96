"""Cases that anybody can try their weights on: every case whose ratings are fixed."""

from dataclasses import dataclass

from django.db.models import Max

from assessments.models import Assessment
from stakeholders.models import Jurisdiction


@dataclass(frozen=True)
class Choice:
    """One case to choose."""

    reference: str
    assessment: Assessment


def choices_of(jurisdiction: Jurisdiction) -> list[Choice]:
    """Return the newest rated assessment of every case, newest case first."""
    rated = Assessment.objects.filter(incident__jurisdiction=jurisdiction, incident__merged_into=None)
    rated = rated.filter(runs__published=True)
    newest = rated.values("incident").annotate(newest=Max("pk")).values("newest")
    found = Assessment.objects.filter(pk__in=newest).select_related("incident__jurisdiction", "policy__jurisdiction")
    return [Choice(one.incident.reference, one) for one in found.order_by("-incident__created_at", "-incident_id")]
