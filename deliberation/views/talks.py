"""The public page of a round of talks: where the groups differ, why, and what follows."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.reads import incident_or_404, record_of
from assessments.wording import items_of
from deliberation import listing
from deliberation.before_after import before_after
from deliberation.models import DeliberationRound, Statement
from deliberation.results import PublishedScore
from deliberation.room import reads
from deliberation.room.agenda import cards_of
from deliberation.room.days import parts_of
from deliberation.room.forms import FilterForm
from deliberation.room.reasons import Wanted, rows_of
from deliberation.room.shown import shown_rows
from deliberation.room.standing import standing_of
from deliberation.room.verdict import CONVENED, verdict_line
from deliberation.room.voice import voices_of
from deliberation.room.weights import strip_of
from deliberation.since import because_of, since_of
from deliberation.states import Convened, DeliberationState
from deliberation.views.case import score_of_round
from lastvote import clock
from stakeholders.models import Group
from stakeholders.reads import groups_of
from stakeholders.scope import ScopedRequest, in_jurisdiction

PAGE_SIZE = 20


@require_safe
@in_jurisdiction
def talks(request: ScopedRequest, ref: str, number: int, assessment: int | None = None) -> HttpResponse:
    """Show a round of talks; its numbers are those of the round of answers that showed the difference."""
    incident = incident_or_404(request.jurisdiction, ref)
    one = reads.talks_or_404(incident, number, assessment)
    score = score_of_round(one.basis, list(groups_of(request.jurisdiction)))
    statements, groups = reads.reasons_of(one), reads.groups_in(one)
    sessions = reads.sessions_of(one)
    now = clock.now()
    record = record_of(one.follow_up)
    voices = voices_of(one, groups, statements, sessions)
    facts = {
        "incident": incident,
        "talks": one,
        "state": DeliberationState(one.state),
        "parts": parts_of(reads.clocks_of(one), now),
        "standing": standing_of(one, request.person, now),
        "sessions": sessions,
        "voices": voices,
        "silent": [row for row in voices if row.silent],
        "since": since_of(record, groups),
        "because": because_of(record, groups),
        "compared": before_after(one.follow_up, record, score, groups),
    }
    facts |= _numbers(one, score, statements, visitor_of(request)) | _reasons(request, one, statements, groups)
    return render(request, "deliberation/room/talks.html", facts)


def _numbers(
    one: DeliberationRound, score: PublishedScore | None, statements: Sequence[Statement], visitor: str
) -> dict[str, Any]:
    """What the published close of the basis says; talks are convened by nothing else."""
    if score is None:
        raise Http404
    return {
        "score": score,
        "fundamental": score.differs,
        "verdict": verdict_line(score.binding),
        "convened": CONVENED[Convened(one.because)],
        "cards": cards_of(one, score, statements, visitor),
        "strip": strip_of(score),
    }


def _reasons(
    request: ScopedRequest, one: DeliberationRound, statements: Sequence[Statement], groups: Sequence[Group]
) -> dict[str, Any]:
    form = FilterForm(request.GET, items=items_of(one.basis.assessment.scheme), groups=groups)
    rows = rows_of(statements, form.wanted(), visitor_of(request))
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    return {
        "filter_form": form,
        "filtered": form.wanted() != Wanted(),
        "page": page,
        "pages": listing.page_links(request.GET, page),
        "reasons": shown_rows(one, list(page.object_list), groups),
        "stated": len(statements),
    }


def visitor_of(request: ScopedRequest) -> str:
    """Return what tells visitors apart for the order of reasons. Nothing of it is kept."""
    if request.person is not None:
        return f"person {request.person.pk}"
    return f"{request.META.get('REMOTE_ADDR', '')} {request.META.get('HTTP_USER_AGENT', '')}"
