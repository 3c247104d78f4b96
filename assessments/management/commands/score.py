"""``manage.py score "<string>"``: work a score string out again. Needs no database unless asked to look files up."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from assessments import resolution
from assessments.scoring.errors import ScoringError
from assessments.scoring.score_string import Verdict, check, parse


class Command(BaseCommand):
    """Exit 0 when the string recomputes, otherwise 1 with a sentence."""

    help = "Recompute a score from its string, e.g. manage.py score '0.6250/ISS:1.0/M:C4L/...'"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the string, and whether to look up the files it names."""
        parser.add_argument("string", help="the whole string, in quotes")
        parser.add_argument(
            "--resolve", action="store_true", help="also check RD, EV and PO against this site's records"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *, string: str, resolve: bool, json: bool, **_options: Any) -> None:
        """Print every step, the verdict, and leave with its exit code."""
        text = string.strip()
        try:
            verdict = check(text)
            problems = [verdict.problem.message] if verdict.problem else []
        except ScoringError as error:
            verdict = Verdict(ok=False, stated=None, recomputed=None, steps=(), problem=error)
            problems = [error.message]
        files = resolution.resolve(parse(text)) if resolve and verdict.recomputed is not None else []
        problems += [file.problem for file in files if file.problem]
        self._print(verdict, files, problems, as_json=json)
        if problems:
            sys.exit(1)

    def _print(
        self, verdict: Verdict, files: list[resolution.ResolvedFile], problems: list[str], *, as_json: bool
    ) -> None:
        if as_json:
            self.stdout.write(json.dumps(_as_json(verdict, files, problems), indent=2))
            return
        for step in verdict.steps:
            self.stdout.write(f"  {step}")
        for file in files:
            if not file.problem:
                self.stdout.write(f"{file.key}: {file.reference} is on record here, unchanged.")
        for problem in problems:
            self.stderr.write(problem)
        if not problems:
            self.stdout.write(_agreement(verdict))


def _agreement(verdict: Verdict) -> str:
    if verdict.stated is None:
        return f"The score is {verdict.recomputed}. The string states none to compare with."
    return f"The score recomputes: {verdict.recomputed}."


def _as_json(verdict: Verdict, files: list[resolution.ResolvedFile], problems: list[str]) -> dict[str, Any]:
    return {
        "ok": not problems,
        "stated": None if verdict.stated is None else str(verdict.stated),
        "recomputed": None if verdict.recomputed is None else str(verdict.recomputed),
        "code": verdict.problem.code if verdict.problem else None,
        "problems": problems,
        "steps": list(verdict.steps),
        "files": [{"key": file.key, "reference": file.reference, "ok": not file.problem} for file in files],
    }
