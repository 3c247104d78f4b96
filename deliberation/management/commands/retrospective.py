"""``manage.py retrospective``: the tests on past cases as text or JSON, with the numbers that the pages show."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from deliberation.validation.past_cases import past_cases
from deliberation.validation.report import report
from stakeholders.models import Jurisdiction

Json = dict[str, Any]
STANDARD_OUTPUT = "-"
ONLY_FAILURES = "We tested only known failures, so this cannot show false alarms."


class Command(BaseCommand):
    """Published scores only; nothing is computed anew but the ranges that the evaluators leave."""

    help = "Show how the lines would have judged past cases. Reconstruction with hindsight risk, not a finding."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take which jurisdiction, and where JSON goes."""
        parser.add_argument("--jurisdiction", metavar="SLUG", help="one jurisdiction; without it, every one")
        parser.add_argument("--json", metavar="FILE", help="write JSON to a file, or to standard output for -")

    def handle(self, *, jurisdiction: str | None, json: str | None, **_options: Any) -> None:
        """Write JSON to standard output, or text, and JSON to a file if one is named."""
        reports = [report(place, past_cases(place)) for place in jurisdictions(jurisdiction)]
        if json == STANDARD_OUTPUT:
            self.stdout.write(as_json({"jurisdictions": reports}))
            return
        for one in reports:
            self.stdout.write("\n".join(told(one)))
        if json:
            Path(json).write_text(as_json({"jurisdictions": reports}) + "\n", encoding="utf-8")
            self.stdout.write(f"Written to {json}.")


def jurisdictions(slug: str | None) -> list[Jurisdiction]:
    """Return the jurisdiction asked for, or all; an unknown one is an error."""
    found = Jurisdiction.objects.order_by("slug")
    chosen = list(found if slug is None else found.filter(slug=slug))
    if not chosen:
        raise CommandError(f"There is no jurisdiction {slug}." if slug else "There is no jurisdiction yet.")
    return chosen


def as_json(data: Json) -> str:
    """Write data as people and programs read it."""
    return json.dumps(data, indent=2, ensure_ascii=False)


def told(found: Json) -> Iterator[str]:
    """Say in lines what a report holds."""
    yield f"{found['jurisdiction']}{' (made up)' if found['synthetic'] else ''}"
    if not found["cases"]:
        yield "  No past cases tested yet; the lines are therefore not calibrated."
        return
    for case in found["cases"]:
        kind = "control" if case["control"] else f"first outcome {case['first_outcome'] or 'not on record'}"
        yield f"  {case['reference']} {case['title']}: asked on {case['asked_on'] or 'no day'}, {kind}"
        for score in case["scores"]:
            yield from _score(score)
    for tally in found["tallies"]:
        yield f"  {tally['scheme']} {tally['time']}: {_tally(tally)}"
    if not found["can_show_false_alarms"]:
        yield f"  {ONLY_FAILURES}"


def _score(score: Json) -> Iterator[str]:
    judged = ", ".join(_judgement(time, one) for time, one in score["judgements"].items())
    yield f"    {score['scheme']} {score['score']} ({score['weights_source']}): {judged}"
    for row in score["weightings"]:
        levels = " ".join(f"{time} {level}" for time, level in row["levels"].items())
        scored = f"{row['score'] or 'undefined':9}  {_range(row):16}  {levels}"
        yield f"      {row['code']:22} {scored}".rstrip()


def _range(row: Json) -> str:
    return f"{row['low']}-{row['high']}" if row["low"] else ""


def _judgement(time: str, one: Json) -> str:
    lead = "" if one["lead_days"] is None else f" {one['lead_days']} days ahead"
    return f"{time} {one['level']} {one['verdict'] or 'cannot be told'}{lead}"


def _tally(tally: Json) -> str:
    hits = f"{tally['hits']} hits of {tally['failures']} failures{_interval(tally['hit_interval'])}"
    return f"{hits}, {tally['false_alarms']} false alarms of {tally['controls']} controls" + _interval(
        tally["false_alarm_interval"]
    )


def _interval(edges: list[str] | None) -> str:
    return f" ({edges[0]} to {edges[1]})" if edges else ""
