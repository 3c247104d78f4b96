"""Bringing labelled past cases into the database: all of a file or nothing of it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from assessments.models import LabelledCase, LabelledHistory
from assessments.scoring.record import canonical_bytes, digest
from assessments.scoring.schemes import SCHEMES
from lastvote.access import Permission
from lastvote.audit.record import record
from lastvote.errors import Refused
from lastvote.texts import Text, words_of
from lastvote.transactions import locking
from stakeholders.models import Jurisdiction, Person
from stakeholders.rules import require

FEWEST_FACTORS = 2
LABEL_DECIMALS = 10
"""Digits after the point that the database keeps of a label."""
AT_ONCE = 500
"""Rows written in one statement."""


@dataclass(frozen=True)
class PastCase:
    """One row: its ratings in the order of the factors, and how bad it turned out to be."""

    name: str
    values: tuple[Decimal, ...]
    label: Decimal
    raters: int | None = None
    day: dt.date | None = None


@dataclass(frozen=True)
class Origin:
    """Where a history comes from, for people to read. ``columns`` says how the file was read."""

    name: Text
    source: Text
    licence: Text
    synthetic: bool = False
    columns: dict[str, Any] = field(default_factory=dict)


def import_history(
    *,
    jurisdiction: Jurisdiction,
    origin: Origin,
    factors: Sequence[str],
    cases: Sequence[PastCase],
    by: Person,
    now: dt.datetime,
) -> LabelledHistory:
    """Store labelled past cases in one transaction; the same cases once more are answered with the first import.

    Refuses people without the right, an empty list, rows that do not fit their factors, values outside 0 to 1, and a
    history without name or source. Records ``history.imported``.
    """
    _require(jurisdiction, by, now)
    _check(origin, factors, cases)
    sha256 = digest(content_bytes(factors, cases))
    with locking():
        Jurisdiction.objects.select_for_update().get(pk=jurisdiction.pk)
        found = jurisdiction.histories.filter(sha256=sha256).first()
        if found is not None:
            return found
        history = _store(jurisdiction, origin, factors, cases, sha256=sha256, by=by, now=now)
        record(
            kind="history.imported",
            subject="history",
            subject_id=history.pk,
            jurisdiction_id=jurisdiction.pk,
            actor_id=by.pk,
            acting_as="secretariat",
            now=now,
            facts={"number": history.number, "sha256": sha256, "cases": history.case_count, "factors": list(factors)},
        )
    return history


def content_bytes(factors: Sequence[str], cases: Sequence[PastCase]) -> bytes:
    """Return the canonical JSON of what a training rests on; its hash names the content."""
    rows = [
        {
            "name": case.name,
            "values": list(case.values),
            "label": case.label,
            "raters": case.raters,
            "day": case.day.isoformat() if case.day else None,
        }
        for case in cases
    ]
    return canonical_bytes({"factors": list(factors), "cases": rows})


def _require(jurisdiction: Jurisdiction, by: Person, now: dt.datetime) -> None:
    if by.jurisdiction_id != jurisdiction.pk:
        raise Refused("not_allowed", _("Your role here does not include this."), status=403)
    require(by, Permission.IMPORT_HISTORY, on=now.astimezone(jurisdiction.zone).date())


def _check(origin: Origin, factors: Sequence[str], cases: Sequence[PastCase]) -> None:
    """Hold again what reading the file has checked: rows may also come from elsewhere."""
    if not words_of(dict(origin.name)).strip() or not words_of(dict(origin.source)).strip():
        raise Refused("name_required", _("Give the history a name and say where it comes from."))
    if len(factors) < FEWEST_FACTORS or len(set(factors)) != len(factors):
        raise Refused("E_SHAPE", _("A history needs two or more different factors."))
    if not cases:
        raise Refused("E_EMPTY", _("There is no past case in this file."))
    if any(len(case.values) != len(factors) for case in cases):
        raise Refused("E_SHAPE", _("Every past case needs one value for each factor."))
    if not all(_in_range(number) for case in cases for number in (*case.values, case.label)):
        raise Refused("E_RANGE", _("Every value and every label must lie between 0 and 1."))
    if any(decimals_of(case.label) > LABEL_DECIMALS for case in cases):
        raise Refused("max_decimal_places", _("A label can have at most 10 digits after the point."))


def decimals_of(number: Decimal) -> int:
    """Return how many digits after the point a number needs."""
    return max(0, -int(number.normalize().as_tuple().exponent))


def _in_range(number: Decimal) -> bool:
    return number.is_finite() and 0 <= number <= 1


def _store(
    jurisdiction: Jurisdiction,
    origin: Origin,
    factors: Sequence[str],
    cases: Sequence[PastCase],
    *,
    sha256: str,
    by: Person,
    now: dt.datetime,
) -> LabelledHistory:
    last = jurisdiction.histories.aggregate(last=Max("number"))["last"] or 0
    history = LabelledHistory.objects.create(
        jurisdiction=jurisdiction,
        number=last + 1,
        name=origin.name,
        source=origin.source,
        licence=origin.licence,
        scheme=scheme_of(factors),
        factors=list(factors),
        columns=origin.columns,
        sha256=sha256,
        case_count=len(cases),
        synthetic=origin.synthetic,
        imported_by=by,
        imported_at=now,
    )
    rows = (
        LabelledCase(
            history=history,
            number=number,
            name=case.name,
            ratings=[format(value, "f") for value in case.values],
            label=case.label,
            raters=case.raters,
            day=case.day,
        )
        for number, case in enumerate(cases, start=1)
    )
    LabelledCase.objects.bulk_create(rows, batch_size=AT_ONCE)
    return history


def scheme_of(factors: Sequence[str]) -> str:
    """Return the scheme whose factors these are, in this order; nothing where they belong to none of ours."""
    return next((code for code, scheme in SCHEMES.items() if scheme.factors == tuple(factors)), "")
