"""The desk's lists of sources and of systems, as far as they hold the words that somebody looks for."""

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.db.models.fields.json import KT

from assessments.models import Source
from deliberation.search import holding
from stakeholders.models import Jurisdiction


def sources_with(place: Jurisdiction, words: str) -> QuerySet[Source]:
    """Return publications that hold every word in title, publisher or printed date, the newest first."""
    return holding(place.sources.order_by("-pk"), words, "title", "publisher", "published_words")


def deployers_with(place: Jurisdiction, words: str) -> QuerySet[Any]:
    """Return deployers by name, each with its systems that hold every word, in their own texts or its name."""
    descriptions = [KT(f"description__texts__{language}") for language in place.languages or ["en"]]
    found = holding(place.systems.order_by("name", "pk"), words, "name", "deployer__name", *descriptions)
    named = holding(place.deployers.all(), words, "name")
    here = place.deployers.filter(Q(pk__in=named.values("pk")) | Exists(found.filter(deployer=OuterRef("pk"))))
    return here.prefetch_related(Prefetch("systems", queryset=found)).order_by("name")
