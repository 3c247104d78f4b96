"""``manage.py import-history FILE``: bring labelled past cases from a CSV file into the database."""

import json
import sys
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments.actions.histories import Origin
from assessments.actions.uploads import import_table
from assessments.history_table.faults import Report
from assessments.history_table.mapping import ColumnMapping
from assessments.history_table.table import read_history
from assessments.management.acting import acting_person
from assessments.models import LabelledHistory
from lastvote import clock
from lastvote.errors import Refused
from lastvote.texts import text
from stakeholders.models import Jurisdiction


class Command(BaseCommand):
    """Exit 0 when every row is in; 1 with a report when any row is wrong, and then none is in."""

    help = "Import labelled past cases from a CSV file: all of its rows, or none and a report of what is wrong."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, what its columns mean, and where it comes from."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--jurisdiction", required=True, metavar="SLUG")
        parser.add_argument("--by", required=True, metavar="EMAIL", help="whoever of the secretariat does this")
        parser.add_argument("--name", required=True, help="what the history is called")
        parser.add_argument("--source", required=True, help="who published the cases")
        parser.add_argument("--licence", default="", help="under which licence")
        parser.add_argument(
            "--case", nargs="+", action="extend", required=True, metavar="COLUMN", help="what names a case"
        )
        parser.add_argument("--map", nargs="+", action="extend", required=True, metavar="FACTOR=COLUMN")
        parser.add_argument("--label", required=True, metavar="COLUMN", help="how bad each case turned out to be")
        parser.add_argument(
            "--scale", nargs="+", action="extend", default=[], metavar="COLUMN=WORST", help="1 if not given"
        )
        parser.add_argument("--raters", metavar="COLUMN", help="how many people labelled each case blind")
        parser.add_argument("--day", metavar="COLUMN")
        parser.add_argument("--synthetic", action="store_true", help="the cases are made up")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *, file: Path, **options: Any) -> None:
        """Read, then store everything or nothing."""
        jurisdiction = Jurisdiction.objects.filter(slug=options["jurisdiction"]).first()
        if jurisdiction is None:
            raise CommandError(f"There is no jurisdiction {options['jurisdiction']}.")
        mapping = _mapping(options)
        found = read_history(_content(file), mapping)
        if isinstance(found, Report):
            self._print_report(found, as_json=options["json"])
            sys.exit(1)
        by = acting_person(jurisdiction, options["by"])
        try:
            history = import_table(
                jurisdiction=jurisdiction,
                table=found,
                mapping=mapping,
                origin=_origin(options),
                by=by,
                now=clock.now(),
            )
        except Refused as refused:
            raise CommandError(str(refused.message)) from refused
        self._print_history(history, as_json=options["json"])

    def _print_report(self, report: Report, *, as_json: bool) -> None:
        if as_json:
            faults = [vars(fault) for fault in report.faults]
            self.stdout.write(json.dumps({"ok": False, "faults": faults, "is_cut": report.is_cut}, indent=2))
            return
        for fault in report.faults:
            place = ", ".join(part for part in (f"row {fault.row}" if fault.row else "", fault.column or "") if part)
            self.stderr.write(f"{place or 'file'}: {fault.problem} {fault.allowed}")
        self.stderr.write("Nothing was imported.")

    def _print_history(self, history: LabelledHistory, *, as_json: bool) -> None:
        if as_json:
            facts = {"ok": True, "history": history.reference, "cases": history.case_count, "sha256": history.sha256}
            self.stdout.write(json.dumps(facts, indent=2))
            return
        self.stdout.write(f"{history.reference}: {history.case_count} cases, SHA-256 {history.sha256}")


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from error


def _mapping(options: dict[str, Any]) -> ColumnMapping:
    return ColumnMapping(
        names=tuple(options["case"]),
        factors=dict(_pairs(options["map"], "--map FACTOR=COLUMN")),
        label=options["label"],
        scales={column: _scale(worst) for column, worst in _pairs(options["scale"], "--scale COLUMN=WORST")},
        raters=options["raters"],
        day=options["day"],
    )


def _pairs(words: Iterable[str], wanted: str) -> list[tuple[str, str]]:
    parts = [word.partition("=") for word in words]
    if not all(left and sign and right for left, sign, right in parts):
        raise CommandError(f"Write {wanted}.")
    if len({left for left, _sign, _right in parts}) < len(parts):
        raise CommandError(f"{wanted}: each name once.")
    return [(left, right) for left, _sign, right in parts]


def _scale(words: str) -> Decimal:
    try:
        return Decimal(words)
    except InvalidOperation as error:
        raise CommandError(f"A scale is a number, not {words}.") from error


def _origin(options: dict[str, Any]) -> Origin:
    return Origin(
        name=text(options["name"]),
        source=text(options["source"]),
        licence=text(options["licence"]),
        synthetic=options["synthetic"],
    )
