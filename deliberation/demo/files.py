"""Reading the demo's data files: towns and cases from TOML, people, answers and dated evidence from CSV."""

import calendar
import csv
import datetime as dt
import tomllib
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
EVIDENCE_FILE = "appendix_f_evidence.csv"
HISTORY_FILE = "past_cases.csv"
SAME_AGAIN = "as above"
SAME_FACT = "..."


@dataclass(frozen=True)
class SourceRow:
    """One publication that a row of evidence cites."""

    title: str
    publisher: str
    published_words: str
    addresses: tuple[str, ...]


@dataclass(frozen=True)
class EvidenceRow:
    """One dated statement as it stands in a file."""

    kind: str
    statement: str
    as_of: str
    low: str
    high: str
    unit: str
    bears_on: str
    caveat: str
    sources: tuple[SourceRow, ...]


def town(name: str) -> dict[str, Any]:
    """Return the file of a town."""
    return _toml(DATA / f"{name}.toml")


def case(key: str) -> dict[str, Any]:
    """Return the file of a case."""
    return _toml(DATA / "cases" / f"{key}.toml")


def members(town_name: str) -> list[dict[str, str]]:
    """Return the rows of the people file about one town: group and name."""
    return [row for row in _csv(DATA / "people.csv") if row["town"] == town_name]


def answers(key: str) -> list[dict[str, str]]:
    """Return the answers to one case's round: person, method, one column an item, reason, and why changed."""
    return _csv(DATA / "answers" / f"{key}.csv")


def history() -> bytes:
    """Return the file of labelled past cases, as somebody would upload it."""
    return (DATA / HISTORY_FILE).read_bytes()


def mail_name(name: str) -> str:
    """Return the part of an address before the @ for a name: ``liam.orourke``."""
    return name.lower().replace("'", "").replace(" ", ".")


def evidence(data: dict[str, Any]) -> list[EvidenceRow]:
    """Return a case's evidence: its own rows if it has some, else its rows of the shared file."""
    if "evidence" in data:
        return [_own_evidence(row) for row in data["evidence"]]
    rows = [row for row in _csv(DATA / EVIDENCE_FILE) if row["case"] == data["key"]]
    return [_filed_evidence(row, rows[: place + 1]) for place, row in enumerate(rows)]


def days_of(words: str) -> tuple[dt.date, dt.date] | None:
    """Return the first and last day that a printed date can mean; nothing for an undated row."""
    parts = [int(part) for part in words.split("-")] if words[:1].isdigit() else []
    match parts:
        case [year, month, day]:
            return dt.date(year, month, day), dt.date(year, month, day)
        case [year, month]:
            return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])
        case [year]:
            return dt.date(year, 1, 1), dt.date(year, 12, 31)
    return None


def _own_evidence(row: dict[str, str]) -> EvidenceRow:
    source = SourceRow(row["source"], row["publisher"], row["as_of"], ())
    return EvidenceRow(
        kind=row.get("kind", "evidence"),
        statement=row["statement"],
        as_of=row["as_of"],
        low=row.get("low", ""),
        high=row.get("high", ""),
        unit=row.get("unit", ""),
        bears_on=row["bears_on"],
        caveat=row["caveat"],
        sources=(source,),
    )


def _filed_evidence(row: dict[str, str], so_far: list[dict[str, str]]) -> EvidenceRow:
    return EvidenceRow(
        kind=row["kind"],
        statement=_statement(so_far),
        as_of=row["as_of"],
        low=row["low"],
        high=row["high"],
        unit=row["unit"],
        bears_on=row["bears_on"],
        caveat=row["caveat"],
        sources=_sources(row, _title(so_far)),
    )


def _statement(so_far: list[dict[str, str]]) -> str:
    """Return the last row's statement; "... as a share" goes on from the last row that stands on its own."""
    statement = so_far[-1]["statement"]
    if not statement.startswith(SAME_FACT):
        return statement
    whole = next(row["statement"] for row in reversed(so_far) if not row["statement"].startswith(SAME_FACT))
    return f"{whole}: {statement.removeprefix(SAME_FACT).strip()}"


def _title(so_far: list[dict[str, str]]) -> str:
    """Return the last row's source; "as above" repeats the one before it."""
    title = so_far[-1]["source"]
    if not title.startswith(SAME_AGAIN):
        return title
    return _title(so_far[:-1]) + title.removeprefix(SAME_AGAIN)


def _sources(row: dict[str, str], title: str) -> tuple[SourceRow, ...]:
    """Pair titles with publishers, both parted by semicolons; a missing title repeats the one before."""
    titles, publishers, addresses = (_parted(value) for value in (title, row["publisher"], row["url"]))
    sources = []
    for place, (name, publisher) in enumerate(zip_longest(titles, publishers)):
        own = addresses if len(publishers) == 1 else addresses[place : place + 1]
        sources.append(SourceRow(name or titles[-1], publisher or "", row["source_date"], tuple(own)))
    return tuple(sources)


def _parted(value: str) -> list[str]:
    return [part.strip() for part in value.split(";") if part.strip()]


def _toml(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file)


def _csv(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))
