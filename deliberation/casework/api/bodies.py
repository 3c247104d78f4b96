"""Bodies about records, read into the facts that the actions take. A change names only what it changes."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.db.models import TextChoices as Choices
from django.utils.translation import gettext as _

from assessments.actions.evidence import Statement
from assessments.actions.incidents import IncidentFacts
from assessments.actions.sources import SourceFacts
from assessments.actions.written_words import check_address
from assessments.models import EvidenceItem, Incident, Source
from assessments.states import EvidenceKind, IncidentKind, Visibility
from deliberation.casework.forms import OFFERED_KINDS
from deliberation.casework.texts import revised
from lastvote.errors import Refused
from lastvote.rest.body import each, refuse_unknown, words_from
from lastvote.rest.numbers import decimal_from
from lastvote.rest.problems import Fault, Unusable, pointer
from lastvote.rest.times import day_from
from lastvote.texts import Text
from stakeholders.models import Jurisdiction

Choice = TypeVar("Choice", bound=Choices)
Row = TypeVar("Row", bound=Model)

SEEN = "seen"
TEXTS = ("title", "summary", "affected", "description")
"""Texts in each language of the place: one field here, one for each language on a form."""
CASE = ("kind", "system", "title", "summary", "affected", "happened_from", "happened_to")
WORDS = ("statement", "as_of_words", "unit", "figure_of", "bears_on", "caveat", "visibility_reason")
EVIDENCE = ("kind", *WORDS, "as_of_from", "as_of_to", "low", "high", "visibility", "sources")
SYSTEM = ("deployer", "name", "description", "covered_by_mandate", "publicly_procured")
SOURCE = ("title", "publisher", "published_words", "published_on", "addresses")
DEPLOYER = ("name",)


def known_fields(body: Mapping[str, Any], names: Collection[str], *, changes: bool) -> None:
    """Refuse other fields; a change must say which version its writer has seen."""
    refuse_unknown(body, [*names, SEEN] if changes else names)
    if changes:
        words_from(body.get(SEEN), SEEN, required=True)


def case_facts(body: Mapping[str, Any], place: Jurisdiction, before: Incident | None) -> IncidentFacts:
    """Read what is said about a case."""
    old = IncidentFacts.of(before) if before else None
    offered = [*OFFERED_KINDS, *([old.kind] if old else [])]
    said = {**(dict.fromkeys(CASE) if old is None else {}), **body}
    read: dict[str, Any] = {} if old is None else dict(vars(old))
    if "kind" in said:
        read["kind"] = _choice(said["kind"], IncidentKind, "kind", offered=offered)
    if "system" in said:
        read["system"] = _row(said["system"], place.systems.all(), "system")
    for name in ("title", "summary", "affected"):
        if name in said:
            read[name] = _text(said[name], place, name, read.get(name))
    for name in ("happened_from", "happened_to"):
        if name in said:
            read[name] = day_from(said[name], name)
    return IncidentFacts(**read)


def statement(
    body: Mapping[str, Any], place: Jurisdiction, before: EvidenceItem | None
) -> tuple[Statement, list[Source]]:
    """Read one row of evidence and its sources. One end of a figure or a span alone stands for both."""
    read: dict[str, Any] = dict(vars(Statement.of(before))) if before else {"language": (place.languages or ["en"])[0]}
    said = {**({"kind": None, "statement": None, "as_of_words": None} if before is None else {}), **body}
    read |= {name: words_from(said[name], name) for name in WORDS if name in said}
    read |= {name: day_from(said.get(name), name) for name in ("as_of_from", "as_of_to") if name in said or not before}
    read |= {name: _figure(said[name], name) for name in ("low", "high") if name in said}
    if "kind" in said:
        read["kind"] = _choice(said["kind"], EvidenceKind, "kind")
    if "visibility" in said:
        read["visibility"] = _choice(said["visibility"], Visibility, "visibility")
    for first, last in (("low", "high"), ("as_of_from", "as_of_to")):
        if first in said and last not in said:
            read[last] = read[first]
    sources = list(before.sources.all()) if before else []
    if "sources" in said:
        sources = _sources(said["sources"], place)
    return Statement(**read), sources


def system_facts(body: Mapping[str, Any], place: Jurisdiction, before: dict[str, Any] | None) -> dict[str, Any]:
    """Read what is said about a system."""
    said = {**(dict.fromkeys(SYSTEM) if before is None else {}), **body}
    read = dict(before or {})
    if "deployer" in said:
        read["deployer"] = _row(said["deployer"], place.deployers.all(), "deployer")
    if "name" in said:
        read["name"] = words_from(said["name"], "name")
    if "description" in said:
        read["description"] = _text(said["description"], place, "description", read.get("description"))
    for name in ("covered_by_mandate", "publicly_procured"):
        if name in said:
            read[name] = _yes_or_no(said[name], name)
    return read


def source_facts(body: Mapping[str, Any], before: Source | None) -> SourceFacts:
    """Read what is said about a publication."""
    read: dict[str, Any] = dict(vars(SourceFacts.of(before))) if before else {"title": ""}
    read |= {name: words_from(body[name], name) for name in ("title", "publisher", "published_words") if name in body}
    if "published_on" in body:
        read["published_on"] = day_from(body["published_on"], "published_on")
    if "addresses" in body:
        pairs = list(enumerate(_list(body["addresses"], "addresses")))
        read["addresses"] = tuple(each(pairs, _address))
    return SourceFacts(**read)


@contextmanager
def pointing(body: Mapping[str, Any]) -> Iterator[None]:
    """Let refusals of an action, which speak of forms, point into this body."""
    try:
        yield
    except Refused as refused:
        refused.fields = {_place(name, body): told for name, told in refused.fields.items()}
        raise


def _place(name: str, body: Mapping[str, Any]) -> str:
    base, _underscore, language = name.rpartition("_")
    if base not in TEXTS or base not in body:
        return pointer(name if base not in TEXTS else base)
    return pointer(base, language) if isinstance(body[base], dict) else pointer(base)


def _text(value: Any, place: Jurisdiction, name: str, before: Text | None) -> Text:
    """Read words in the first language of the place, or an object by language."""
    languages: Sequence[str] = place.languages or ["en"]
    if not isinstance(value, dict):
        return revised(before, {languages[0]: words_from(value, name)}, source=languages[0])
    unknown = [language for language in value if language not in languages]
    if unknown:
        sentence = _("Texts here are in these languages: %(codes)s.") % {"codes": ", ".join(languages)}
        raise Unusable(*(Fault("unknown_language", sentence, pointer(name, language)) for language in unknown))
    typed = {language: words_from(words, name, language) for language, words in value.items()}
    return revised(before, {languages[0]: "", **typed} if before is None else typed, source=languages[0])


def _choice(value: Any, kind: type[Choice], name: str, *, offered: Sequence[Choice] = ()) -> Choice:
    allowed = list(offered or kind)
    if not isinstance(value, str) or value not in allowed:
        sentence = _("Choose one of: %(options)s.") % {"options": ", ".join(allowed)}
        raise Unusable(Fault("required" if value is None else "unknown_option", sentence, pointer(name)))
    return kind(value)


def _row(value: Any, rows: QuerySet[Row], name: str) -> Row:
    """Find a row of this jurisdiction by its name in addresses."""
    token = words_from(value, name, required=True)
    found = rows.filter(token=token).first()
    if found is None:
        sentence = _("There is no such row on the list of this jurisdiction.")
        raise Unusable(Fault(f"unknown_{name}", sentence, pointer(name)))
    return found


def _sources(value: Any, place: Jurisdiction) -> list[Source]:
    tokens = each(enumerate(_list(value, "sources")), lambda one, at: words_from(one, "sources", at, required=True))
    known = {source.token: source for source in place.sources.filter(token__in=tokens)}
    sentence = _("This source is not on the list of this jurisdiction.")
    faults = [
        Fault("unknown_source", sentence, pointer("sources", at))
        for at, token in enumerate(tokens)
        if token not in known
    ]
    if faults:
        raise Unusable(*faults)
    return [known[token] for token in dict.fromkeys(tokens)]


def _address(value: Any, place: str | int) -> str:
    """Read one address of a source; what is none is named by its place in the list."""
    address = words_from(value, "addresses", place, required=True)
    try:
        check_address(address, field="addresses")
    except Refused as refused:
        raise Unusable(Fault(refused.code, refused.message, pointer("addresses", place))) from refused
    return address


def _list(value: Any, name: str) -> list[Any]:
    if not isinstance(value, list):
        raise Unusable(Fault("list_expected", _("A list is needed here, in square brackets."), pointer(name)))
    return value


def _figure(value: Any, name: str) -> Any:
    return None if value is None else decimal_from(value, name)


def _yes_or_no(value: Any, name: str) -> bool:
    if value is not None and not isinstance(value, bool):
        raise Unusable(Fault("not_a_boolean", _("This must be true or false, without quotes."), pointer(name)))
    return bool(value)
