"""The reports on the published rounds of a case, the newest first, with where each of them comes from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from assessments.models import Incident, WeightRound
from assessments.states import ComputationKind, RoundState
from deliberation.computing.reads import WorkedOut, worked_out
from deliberation.manipulation.checks import Check, any_by_chance, checks_of, groups_flagged
from deliberation.manipulation.looks import looks_of
from deliberation.models import ReportLook
from deliberation.words import POSITION_SOURCES
from deliberation.working.steps import Words
from stakeholders.reads import groups_of


@dataclass(frozen=True)
class Report:
    """One report; without checks as long as it is not worked out. ``looks`` is what people concluded who looked."""

    weight_round: WeightRound
    worked: WorkedOut
    checks: list[Check]
    not_looked_at: Sequence[tuple[str, Words]]
    looks: Sequence[ReportLook]

    @property
    def found(self) -> Mapping[str, Any]:
        """What was worked out."""
        return self.worked.found or {}

    @property
    def flags(self) -> int:
        """How many flags ask people to look."""
        return groups_flagged(self.checks)

    @property
    def lookers(self) -> set[int]:
        """Who has looked at this very report."""
        return {one.looked_by_id for one in self.looks if one.report_sha256 == self.sha256}

    @property
    def sha256(self) -> str:
        """Name of what was worked out."""
        return self.worked.run.result_sha256 if self.worked.run else ""

    @property
    def by_chance(self) -> int:
        """In how many of 100 such reports chance alone would raise a flag of the comparisons with chance."""
        return int(any_by_chance(self.found["comparisons"], self.found["numbers"]["chance"]))


def reports_of(incident: Incident) -> list[Report]:
    """Return one report for each published round of a case."""
    names = {group.code: str(group) for group in groups_of(incident.jurisdiction)}
    rounds = WeightRound.objects.filter(assessment__incident=incident, state=RoundState.PUBLISHED)
    found = rounds.select_related("record", "assessment__policy__jurisdiction").order_by(
        "-assessment__number", "-number"
    )
    looks = looks_of(incident)
    return [_report(one, names, looks[one.pk]) for one in found]


def report_or_404(incident: Incident, assessment: int, number: int) -> Report:
    """Return the report on one published round of a case."""
    for one in reports_of(incident):
        if (one.weight_round.assessment.number, one.weight_round.number) == (assessment, number):
            return one
    raise Http404


def _report(weight_round: WeightRound, names: Mapping[str, str], looks: Sequence[ReportLook]) -> Report:
    worked = worked_out(ComputationKind.LOOK_OUT, weight_round.record, weight_round.assessment.policy)
    if worked.found is None:
        return Report(weight_round, worked, [], [], looks)
    left = [(names[row["group"]], POSITION_SOURCES[row["because"]]) for row in worked.found["not_looked_at"]]
    return Report(weight_round, worked, checks_of(worked.found, names), left, looks)
