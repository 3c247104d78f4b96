"""Publications that evidence rests on. One source can serve many incidents."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from assessments.actions.changes_seen import check_seen
from assessments.actions.days import check_years
from assessments.actions.written_words import check_address, check_words
from assessments.models import Source
from lastvote.access import Permission
from lastvote.audit.record import record
from lastvote.errors import Refused
from lastvote.transactions import locking
from stakeholders.models import Jurisdiction, Person
from stakeholders.rules import require

LONGEST_TITLE, LONGEST_PUBLISHER, LONGEST_DATE = 500, 300, 40
MOST_ADDRESSES = 5


@dataclass(frozen=True)
class SourceFacts:
    """What one publication is, and where it can be read. Addresses are shown, never fetched."""

    title: str
    publisher: str = ""
    published_words: str = ""
    published_on: dt.date | None = None
    addresses: tuple[str, ...] = ()

    @classmethod
    def of(cls, source: Source) -> "SourceFacts":
        """Return what a stored source says."""
        return cls(source.title, source.publisher, source.published_words, source.published_on, tuple(source.addresses))

    def columns(self) -> dict[str, Any]:
        """Return the values as the table holds them."""
        return {**vars(self), "addresses": list(self.addresses)}


def add_source(*, jurisdiction: Jurisdiction, facts: SourceFacts, by: Person, now: dt.datetime) -> Source:
    """Add a source; exactly the same one once more is answered with the first.

    Refuses a missing title, words that are too long or hidden, a day out of range, and addresses that are not https.
    Records ``source.added``.
    """
    _check(jurisdiction, facts, by, now)
    with locking():
        Jurisdiction.objects.select_for_update().get(pk=jurisdiction.pk)
        same = Source.objects.filter(jurisdiction=jurisdiction, title=facts.title, publisher=facts.publisher)
        found = next((source for source in same if SourceFacts.of(source) == facts), None)
        if found is not None:
            return found
        source = Source.objects.create(jurisdiction=jurisdiction, **facts.columns())
        _record("source.added", source, by, now)
    return source


def change_source(*, source: Source, facts: SourceFacts, seen: str, by: Person, now: dt.datetime) -> Source:
    """Correct a source for everything that rests on it. The same facts change nothing.

    Refuses what ``add_source`` refuses, a change of anything but what was seen, and a source on which fixed ratings
    rest: their evidence is published word for word. Records ``source.changed``.
    """
    _check(source.jurisdiction, facts, by, now)
    with locking():
        fresh = Source.objects.select_for_update(of=("self",)).get(pk=source.pk)
        before = SourceFacts.of(fresh)
        if before == facts:
            return fresh
        check_seen(seen, before.columns())
        _check_not_fixed(fresh)
        for name, value in facts.columns().items():
            setattr(fresh, name, value)
        fresh.save(update_fields=list(facts.columns()))
        changed = [name for name, value in vars(facts).items() if value != vars(before)[name]]
        _record("source.changed", fresh, by, now, {"changed": changed})
    return fresh


def _check(jurisdiction: Jurisdiction, facts: SourceFacts, by: Person, now: dt.datetime) -> None:
    if by.jurisdiction_id != jurisdiction.pk:
        raise Refused("not_allowed", _("Your role here does not include this."), status=403)
    require(by, Permission.MANAGE_INCIDENTS, on=now.astimezone(jurisdiction.zone).date())
    check_words(facts.title, field="title", longest=LONGEST_TITLE)
    check_words(facts.publisher, field="publisher", longest=LONGEST_PUBLISHER, required=False)
    check_words(facts.published_words, field="published_words", longest=LONGEST_DATE, required=False)
    check_years(published_on=facts.published_on)
    if len(facts.addresses) > MOST_ADDRESSES:
        sentence = _("Give at most %(most)s addresses.") % {"most": MOST_ADDRESSES}
        raise Refused("too_many_addresses", sentence, fields={"addresses": [sentence]})
    for address in facts.addresses:
        check_address(address, field="addresses")


def _check_not_fixed(source: Source) -> None:
    """Hold what frozen evidence bundles say: they are built again from these rows and named by their hash."""
    fixed = source.evidence.filter(incident__assessments__ratings_frozen_at__gte=F("created_at"))
    if fixed.exists():
        sentence = _("Fixed ratings rest on this source. Add a corrected one, and a new version of the evidence.")
        raise Refused("source_fixed", sentence, status=409)


def _record(kind: str, source: Source, by: Person, now: dt.datetime, facts: dict[str, Any] | None = None) -> None:
    record(
        kind=kind,
        subject="source",
        subject_id=source.pk,
        jurisdiction_id=source.jurisdiction_id,
        actor_id=by.pk,
        acting_as="secretariat",
        now=now,
        facts=facts,
    )
