"""``manage.py recompute``: bring scores up to date, or verify that every stored one follows from its inputs."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments import verification
from assessments.actions import publication
from assessments.models import Assessment
from lastvote import clock


class Command(BaseCommand):
    """Exit 0 when everything agrees; 1 when a comparison fails."""

    help = "Recompute scores: --verify compares every stored byte with a recomputation from scratch."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take which assessments, and whether to compare instead of storing."""
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--all", action="store_true", help="every assessment")
        which.add_argument("--case", metavar="REF", help="the assessments of one case, such as NB-2027-0042")
        parser.add_argument("--verify", action="store_true", help="compare and change nothing")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *, all: bool, case: str | None, verify: bool, json: bool, **_options: Any) -> None:  # noqa: A002 -- the option's name
        """Go through the assessments one by one."""
        chosen = Assessment.objects.select_related("incident__jurisdiction", "policy").order_by("pk")
        if not all:
            chosen = chosen.filter(incident__reference=case)
            if not chosen.exists():
                raise CommandError(f"There is no assessment of a case {case}.")
        if not verify:
            for assessment in chosen.exclude(input_rev=0):
                publication.count_and_publish(assessment.pk, clock.now())
        findings = [finding for assessment in chosen.all() for finding in verification.verify(assessment)]
        self._print(findings, as_json=json)
        if any(finding.problem for finding in findings):
            sys.exit(1)

    def _print(self, findings: list[verification.Finding], *, as_json: bool) -> None:
        wrong = [finding for finding in findings if finding.problem]
        if as_json:
            rows = [{"subject": row.subject, "check": row.check, "problem": row.problem} for row in findings]
            self.stdout.write(json.dumps({"ok": not wrong, "compared": len(findings), "findings": rows}, indent=2))
            return
        for finding in findings:
            self.stdout.write(f"{finding.subject}: {finding.check}: {finding.problem or 'equal'}")
        self.stdout.write(f"{len(findings)} comparisons, {len(wrong)} differ.")
