"""The case list: rows with their newest published score, chips that remove a filter, links to other pages."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.paginator import Page
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from assessments import policy
from assessments.models import Incident, ScoreRun
from deliberation.governing import findings_of, governing
from deliberation.models import ProtectiveFinding
from deliberation.reads import CaseFilter
from deliberation.states import CaseOrder, CaseStage
from lastvote.web.scores import out_of_100


@dataclass(frozen=True)
class CaseRow:
    """One case in the list. ``instead_of`` is the published score where the most protective view counts."""

    incident: Any
    stage: str | Promise
    is_open: bool
    score: str
    first: bool
    instead_of: str


@dataclass(frozen=True)
class Chip:
    """A filter in force, and the address without it."""

    words: str | Promise
    url: str


@dataclass(frozen=True)
class PageLinks:
    """Addresses of the pages before and after."""

    before: str
    after: str


def rows_of(incidents: Iterable[Incident]) -> list[CaseRow]:
    """Join cases with the newest published score of the assessment they are in, and with the one that counts."""
    cases: list[Any] = list(incidents)
    assessments = [case.assessment_id for case in cases if case.assessment_id]
    findings = findings_of(assessments)
    runs = newest_runs(assessments, findings)
    return [_row(case, runs.get(case.assessment_id), findings.get(case.assessment_id)) for case in cases]


def newest_runs(
    assessments: Iterable[int], findings: Mapping[int, ProtectiveFinding] | None = None
) -> dict[int, ScoreRun]:
    """Return the newest published run of each assessment that has one.

    With the ``findings`` that hold, one without a score has that of the assessment in which its finding was made.
    """
    made_in = {pk: finding.case.assessment_id for pk, finding in (findings or {}).items()}
    wanted = [*assessments, *made_in.values()]
    runs = ScoreRun.objects.filter(assessment__in=wanted, published=True).select_related("assessment__policy")
    found = {run.assessment_id: run for run in runs.order_by("rev")}
    return {pk: found[earlier] for pk, earlier in made_in.items()} | found


def _row(case: Any, run: ScoreRun | None, finding: ProtectiveFinding | None) -> CaseRow:
    stage = CaseStage(case.stage)
    shown = shown_score(run, finding) if run else None
    return CaseRow(
        incident=case,
        stage=stage.label,
        is_open=stage == CaseStage.WEIGHING,
        score=shown.counts if shown else "",
        first=bool(run and run.round_id is None),
        instead_of=shown.instead_of if shown else "",
    )


@dataclass(frozen=True)
class Shown:
    """A score out of 100 as people read it, so that rounding crosses no line.

    ``instead_of`` is the published score beside the one that counts, where the most protective view does.
    """

    counts: str
    instead_of: str


def shown_score(run: ScoreRun, finding: ProtectiveFinding | None) -> Shown:
    """Return the score that counts, and where a rule made it so, the published one beside it."""
    binding = json.loads(run.binding)
    parameters = policy.read(run.assessment.policy).parameters
    levels = [Decimal(line) for time in binding["times"] for line in time["lines"].values()]
    lines = [*levels, parameters.measures_line, parameters.suspension_line]
    found = governing(Decimal(binding["score"]), finding)
    published = "" if finding is None else out_of_100(found.published, lines)
    return Shown(out_of_100(found.score, lines), published)


def chips(query: QueryDict, wanted: CaseFilter) -> list[Chip]:
    """Return one chip for each filter in force."""
    found = []
    if wanted.words:
        found.append(Chip(_("Words: %(words)s") % {"words": wanted.words}, _without(query, "q")))
    if wanted.stage:
        found.append(Chip(CaseStage(wanted.stage).label, _without(query, "stage")))
    if wanted.order != CaseOrder.NEWEST:
        found.append(Chip(CaseOrder(wanted.order).label, _without(query, "sort")))
    return found


def _without(query: QueryDict, name: str) -> str:
    """Return the address without one filter, on its first page."""
    rest = query.copy()
    for dropped in (name, "page"):
        rest.pop(dropped, None)
    return _address(rest)


def page_links(query: QueryDict, page: Page[Any]) -> PageLinks:
    """Return the addresses of the neighbouring pages, empty where there is none."""
    before = _at(query, page.previous_page_number()) if page.has_previous() else ""
    return PageLinks(before, _at(query, page.next_page_number()) if page.has_next() else "")


def _at(query: QueryDict, number: int) -> str:
    other = query.copy()
    other["page"] = str(number)
    return _address(other)


def _address(query: QueryDict) -> str:
    for name in list(query):
        if not any(query.getlist(name)):
            del query[name]
    return f"?{query.urlencode()}"
