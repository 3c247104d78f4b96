"""Where a helper begins: naming a sheet to type, or printing one for a person who asks."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments import paper_codes, rules, sheet_reads
from assessments.actions.sheets import MOST_TYPED, not_allowed, print_sheet
from assessments.forms.paper import NumberForm, PlaceForm
from assessments.models import PaperSheet
from assessments.round_reads import round_to_weigh
from assessments.states import SheetState
from assessments.views.paper import closed_page, key_of
from assessments.views.paper_print import OnPaper, printed_page
from assessments.views.weigh import typed
from assessments.views.weigh_scope import KEY_BYTES, unseen_by_others
from lastvote import clock
from lastvote.errors import Refused
from lastvote.web.forms import PlainForm
from stakeholders import limits
from stakeholders.models import Person
from stakeholders.reads import groups_of
from stakeholders.scope import ScopedRequest, View, in_jurisdiction, signed_in_person


@dataclass(frozen=True)
class Helping(OnPaper):
    """A helper before a round that takes answers."""

    person: Person
    now: datetime

    def url(self, name: str, *more: object) -> str:
        """Return the address of one of the helper's pages."""
        return reverse(name, args=[self.incident.jurisdiction.slug, self.incident.reference, *more])


def helper_page(view: Callable[..., HttpResponse]) -> View:
    """Serve ``view(request, helping, ...)`` to people who may help in this round; nobody else is let in."""

    @wraps(view)
    @unseen_by_others
    @require_http_methods(["GET", "HEAD", "POST"])
    @in_jurisdiction
    @signed_in_person
    def page(request: ScopedRequest, ref: str, *args: Any, **kwargs: Any) -> HttpResponse:
        incident, weight_round = round_to_weigh(request.jurisdiction, ref)
        now, person = clock.now(), request.person
        if person is None or not rules.may_help(person, weight_round, now):
            raise not_allowed()
        helping = Helping(incident, weight_round, person, now)
        if not rules.accepts_answers(weight_round, now):
            return closed_page(request, helping)
        try:
            return view(request, helping, *args, **kwargs)
        except Refused as refusal:
            if refusal.code != "round_closed":
                raise
            return closed_page(request, helping)

    return page


@dataclass(frozen=True)
class Row:
    """One sheet that the helper typed, by its number; nothing of what it says."""

    sheet: PaperSheet
    number: str
    state: SheetState


@helper_page
def helping(request: ScopedRequest, helping: Helping) -> HttpResponse:
    """Say what a helper does and does not do; lead to a sheet by its number; list the sheets typed, by number."""
    form = NumberForm(typed(request))
    if request.method == "POST" and form.is_valid():
        sheet = sheet_reads.sheet_of_round(helping.round, form.cleaned_data["number"])
        if sheet is not None:
            return redirect(helping.url("paper_sheet", sheet.number))
        form.add_error("number", _("No sheet of this round has this number. Check it on the sheet."))
    rows = [
        Row(one, paper_codes.shown(one.number), SheetState(one.state))
        for one in sheet_reads.sheets_typed_by(helping.person, helping.round)
    ]
    facts = {"helping": helping, "form": form, "rows": rows, "most": MOST_TYPED}
    return render(request, "assessments/paper/help.html", facts, status=_status(request, form))


@helper_page
def print_for(request: ScopedRequest, helping: Helping) -> HttpResponse:
    """Find the one person of this name in this group, and print a sheet with a code for them."""
    groups = groups_of(request.jurisdiction)
    form = PlaceForm(typed(request), groups=groups)
    if request.method == "POST" and form.is_valid():
        limits.spend(request, "paper_name")
        given = form.cleaned_data
        entry = sheet_reads.place_named(helping.round, given["group"], given["name"])
        if entry is not None:
            printed = print_sheet(entry=entry, by=helping.person, key=key_of(request), now=helping.now)
            return printed_page(request, helping, printed, helping.url("paper_help"))
        sentence = _("We do not find exactly one person of this name in this group. Ask for name and group again.")
        form.add_error("name", sentence)
    facts = {"helping": helping, "form": form, "key": secrets.token_urlsafe(KEY_BYTES)}
    return render(request, "assessments/paper/print_for.html", facts, status=_status(request, form))


def _status(request: ScopedRequest, form: PlainForm) -> int:
    return 422 if request.method == "POST" and form.errors else 200
