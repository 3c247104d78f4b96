"""``manage.py compare-aggregators``: other ways to put groups together, over past cases and labelled histories."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from assessments.policy_reads import policy_in_force
from deliberation.management.commands.retrospective import STANDARD_OUTPUT, as_json, jurisdictions
from deliberation.validation.alternatives import compared
from deliberation.validation.alternatives_report import alternatives_report
from lastvote import clock
from stakeholders.models import Jurisdiction

Json = dict[str, Any]


class Command(BaseCommand):
    """Published scores and published training records only."""

    help = "Compare median, trimmed mean, quartile and other rules with the published way (D29; D.2 of the paper)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take which jurisdiction, and where JSON goes."""
        parser.add_argument("--jurisdiction", metavar="SLUG", help="one jurisdiction; without it, every one")
        parser.add_argument("--json", metavar="FILE", help="write JSON to a file, or to standard output for -")

    def handle(self, *, jurisdiction: str | None, json: str | None, **_options: Any) -> None:
        """Write JSON to standard output, or text, and JSON to a file if one is named."""
        reports = [_report(place) for place in jurisdictions(jurisdiction)]
        if json == STANDARD_OUTPUT:
            self.stdout.write(as_json({"jurisdictions": reports}))
            return
        for one in reports:
            self.stdout.write("\n".join(_told(one)))
        if json:
            Path(json).write_text(as_json({"jurisdictions": reports}) + "\n", encoding="utf-8")
            self.stdout.write(f"Written to {json}.")


def _report(place: Jurisdiction) -> Json:
    today = clock.local_date(clock.now(), place.zone)
    return alternatives_report(place, compared(place, policy_in_force(place, today)))


def _told(found: Json) -> Iterator[str]:
    yield f"{found['jurisdiction']}{' (made up)' if found['synthetic'] else ''}"
    unweighed = found["scores_before_any_answers"]
    yield f"  {len(found['cases'])} past scores with groups, {unweighed} from before any answers"
    for row in found["rules"]:
        yield f"    {row['rule']:18} {_over_cases(row)}"
    for case in found["cases"]:
        yield f"  {case['reference']} {case['scheme']}"
        for rule, one in case["rules"].items():
            yield f"    {rule:18} {_of_case(one)}"
    for history in found["histories"]:
        yield f"  {history['reference']}, {history['cases']} labelled cases; no groups, so no rule over groups"
        for row in history["rules"]:
            yield f"    {row['rule']:18} mean loss {row['mean_loss']}, same level as linear {row['same_level']}"


def _over_cases(row: Json) -> str:
    if row["why_not"]:
        return f"not defined: {row['why_not']}"
    moved = f"one group +{row['raised_by_one_group']} -{row['lowered_by_one_group']}"
    return f"same level {row['same_level']} of {row['cases']}, {moved}, {row['fewest_groups_that_dictate']} dictate"


def _of_case(one: Json) -> str:
    if "why_not" in one:
        return f"not defined: {one['why_not']}"
    low, high = one["with_one_group_captured"]
    dictate = " ".join(str(number) for number in one["groups_that_dictate"])
    return f"{one['score']} {' '.join(one['levels'])}, one group {low}-{high}, {dictate} dictate"
