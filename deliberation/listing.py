"""The case list: rows with their newest published score, chips that remove a filter, links to other pages."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.paginator import Page
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from assessments import policy
from assessments.models import Incident, ScoreRun
from deliberation.reads import CaseFilter
from deliberation.states import CaseOrder, CaseStage
from lastvote.web.scores import out_of_100


@dataclass(frozen=True)
class CaseRow:
    """One case in the list."""

    incident: Any
    stage: str | Promise
    is_open: bool
    score: str
    first: bool


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
    """Join cases with the newest published score of the assessment they are in."""
    cases: list[Any] = list(incidents)
    runs = newest_runs([case.assessment_id for case in cases if case.assessment_id])
    return [_row(case, runs.get(case.assessment_id)) for case in cases]


def newest_runs(assessments: list[int]) -> dict[int, ScoreRun]:
    """Return the newest published run of each assessment that has one."""
    runs = ScoreRun.objects.filter(assessment__in=assessments, published=True).select_related("assessment__policy")
    return {run.assessment_id: run for run in runs.order_by("rev")}


def _row(case: Any, run: ScoreRun | None) -> CaseRow:
    stage = CaseStage(case.stage)
    return CaseRow(
        incident=case,
        stage=stage.label,
        is_open=stage == CaseStage.WEIGHING,
        score=shown_score(run) if run else "",
        first=bool(run and run.round_id is None),
    )


def shown_score(run: ScoreRun) -> str:
    """Return a published score out of 100, so that rounding crosses no line."""
    binding = json.loads(run.binding)
    parameters = policy.read(run.assessment.policy).parameters
    lines = [Decimal(line) for time in binding["times"] for line in time["lines"].values()]
    return out_of_100(Decimal(binding["score"]), [*lines, parameters.measures_line, parameters.suspension_line])


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
