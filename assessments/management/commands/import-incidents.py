"""``manage.py import-incidents FILE``: bring cases from a CSV file into the database."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments.actions.case_imports import Outcome, PlannedRow, import_cases
from assessments.case_table.table import read_cases
from assessments.history_table.faults import Report
from assessments.management.acting import acting_person
from lastvote import clock
from lastvote.errors import Refused
from stakeholders.models import Jurisdiction


class Command(BaseCommand):
    """Exit 0 when every new row is in; 1 with a report when any row is wrong, and then none is in."""

    help = "Import cases from a file of the AI Incident Database or of our own format: all of its rows, or none."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, the place, and in whose name this happens."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--jurisdiction", required=True, metavar="SLUG")
        parser.add_argument("--by", required=True, metavar="EMAIL", help="whoever of the secretariat does this")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *, file: Path, **options: Any) -> None:
        """Read, then store everything that is new, or nothing."""
        jurisdiction = Jurisdiction.objects.filter(slug=options["jurisdiction"]).first()
        if jurisdiction is None:
            raise CommandError(f"There is no jurisdiction {options['jurisdiction']}.")
        by = acting_person(jurisdiction, options["by"])
        table = read_cases(_content(file), language=(jurisdiction.languages or ["en"])[0])
        if isinstance(table, Report):
            self._print_report(table, as_json=options["json"])
            sys.exit(1)
        tell = (lambda _done, _all: None) if options["json"] else self._tell
        try:
            plan = import_cases(jurisdiction=jurisdiction, table=table, by=by, now=clock.now(), tell=tell)
        except Refused as refused:
            raise CommandError(str(refused.message)) from refused
        self._print_plan(plan, as_json=options["json"])

    def _tell(self, done: int, total: int) -> None:
        self.stdout.write(f"{done} of {total} cases written")

    def _print_report(self, report: Report, *, as_json: bool) -> None:
        if as_json:
            faults = [vars(fault) for fault in report.faults]
            self.stdout.write(json.dumps({"ok": False, "faults": faults, "is_cut": report.is_cut}, indent=2))
            return
        for fault in report.faults:
            place = ", ".join(part for part in (f"row {fault.row}" if fault.row else "", fault.column or "") if part)
            self.stderr.write(f"{place or 'file'}: {fault.problem} {fault.allowed}")
        self.stderr.write("Nothing was imported.")

    def _print_plan(self, plan: list[PlannedRow], *, as_json: bool) -> None:
        counts = {outcome.value: sum(one.outcome == outcome for one in plan) for outcome in Outcome}
        if as_json:
            differing = [one.reference for one in plan if one.outcome == Outcome.DIFFERENT]
            self.stdout.write(json.dumps({"ok": True, **counts, "left_as_they_are": differing}, indent=2))
            return
        self.stdout.write(f"{counts['new']} new, {counts['here']} here already, {counts['different']} left as they are")


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
