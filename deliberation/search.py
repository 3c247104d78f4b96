"""Finding cases by words. Every word must stand somewhere in the case: its texts, its evidence, its sources.

The lists of the desk are searched in the same way, by the texts of their rows.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce

from assessments.models import EvidenceItem, Incident
from assessments.states import Visibility
from lastvote.folding import Folded, Joined, fold
from stakeholders.models import Jurisdiction


@dataclass(frozen=True)
class Wider:
    """One word alone, and how many cases hold it."""

    word: str
    count: int


def saying(cases: QuerySet[Any], jurisdiction: Jurisdiction, words: str, *, withheld: bool = False) -> QuerySet[Any]:
    """Keep the cases that hold every word; withheld evidence counts only for those who may read it."""
    found = _with_words(cases, jurisdiction)
    for word in _each(words):
        found = found.filter(_says(jurisdiction, word, withheld=withheld))
    return found


def wider(cases: QuerySet[Any], jurisdiction: Jurisdiction, words: str, *, withheld: bool = False) -> list[Wider]:
    """Return how many cases each word finds alone, in one question; a single word has none."""
    each = _each(words)
    if not each[1:]:
        return []
    counts = {
        f"word_{place}": Count("pk", filter=_says(jurisdiction, word, withheld=withheld))
        for place, word in enumerate(each)
    }
    found = _with_words(cases, jurisdiction).order_by().aggregate(**counts)
    return [Wider(word, found[f"word_{place}"]) for place, word in enumerate(each)]


def holding(rows: QuerySet[Any], words: str, *texts: Any) -> QuerySet[Any]:
    """Keep the rows of any list that hold every word somewhere in ``texts``."""
    found: QuerySet[Any] = rows.alias(said=Folded(Joined(*texts)))
    for word in _each(words):
        found = found.filter(said__contains=word)
    return found


def _each(words: str) -> list[str]:
    return list(dict.fromkeys(fold(words).split()))


def _says(jurisdiction: Jurisdiction, word: str, *, withheld: bool) -> Q:
    """Match cases that hold a word themselves, in their evidence, or in a case that was merged into them.

    Evidence and merged cases are read once for the whole list. Asked anew for each case, they would take the square of
    the time.
    """
    rows = EvidenceItem.objects.filter(incident__jurisdiction=jurisdiction, superseded_by__isnull=True)
    if not withheld:
        rows = rows.filter(visibility=Visibility.PUBLIC)
    told = rows.alias(said=Folded(Joined("statement", "sources__title", "sources__publisher")))
    kept = told.filter(said__contains=word).annotate(kept=Coalesce("incident__merged_into", "incident"))
    merged = Incident.objects.filter(jurisdiction=jurisdiction).exclude(merged_into=None)
    gone = _with_words(merged, jurisdiction).filter(said__contains=word)
    return (
        Q(said__contains=word)
        | Q(pk__in=kept.order_by().values("kept"))
        | Q(pk__in=gone.order_by().values("merged_into"))
    )


def _with_words(cases: QuerySet[Any], jurisdiction: Jurisdiction) -> QuerySet[Any]:
    texts: list[Any] = ["reference", "system__name", "system__deployer__name"]
    for language in jurisdiction.languages or ["en"]:
        texts += [KT(f"title__texts__{language}"), KT(f"summary__texts__{language}")]
    found: QuerySet[Any] = cases.alias(said=Folded(Joined(*texts)))
    return found
