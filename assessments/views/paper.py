"""The paper form of a round: for everybody to look at and for workshops; for people on the roll with a code."""

import secrets

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from assessments import reads, rules
from assessments.actions.sheets import print_sheet
from assessments.round_reads import round_to_weigh
from assessments.views.paper_print import OnPaper, blank_facts, printed_page
from assessments.views.weigh_check import is_key
from assessments.views.weigh_scope import KEY_BYTES, unseen_by_others
from lastvote import clock
from stakeholders.scope import ScopedRequest, in_jurisdiction, signed_in_person


@unseen_by_others
@require_http_methods(["GET", "HEAD", "POST"])
@in_jurisdiction
def paper(request: ScopedRequest, ref: str) -> HttpResponse:
    """Show the form without a code; when asked to, print one with a code for the person who asks."""
    incident, weight_round = round_to_weigh(request.jurisdiction, ref)
    on_paper = OnPaper(incident, weight_round)
    now = clock.now()
    if not rules.accepts_answers(weight_round, now):
        return closed_page(request, on_paper)
    if request.method == "POST":
        return _print_own(request, on_paper)
    facts = blank_facts(on_paper) | {
        "own": reads.roll_entry_of(weight_round, request.person) is not None,
        "helps": rules.may_help(request.person, weight_round, now),
        "key": secrets.token_urlsafe(KEY_BYTES),
    }
    return render(request, "assessments/paper/blank.html", facts)


def closed_page(request: ScopedRequest, on_paper: OnPaper) -> HttpResponse:
    """Say that the round takes nothing now, on paper as little as on the screen."""
    facts = {"incident": on_paper.incident, "weight_round": on_paper.round}
    return render(request, "assessments/paper/closed.html", facts, status=409)


def key_of(request: ScopedRequest) -> str:
    """Return the key that the page was made with; a new one where none came."""
    key = request.POST.get("key", "")
    return key if is_key(key) else secrets.token_urlsafe(KEY_BYTES)


@signed_in_person
def _print_own(request: ScopedRequest, on_paper: OnPaper) -> HttpResponse:
    entry = reads.roll_entry_of(on_paper.round, request.person)
    if entry is None or request.person is None:
        facts = {"incident": on_paper.incident, "round": on_paper.round}
        return render(request, "assessments/weigh/not_on_roll.html", facts, status=403)
    printed = print_sheet(entry=entry, by=request.person, key=key_of(request), now=clock.now())
    return printed_page(request, on_paper, printed, request.path)
