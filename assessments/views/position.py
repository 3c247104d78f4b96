"""Where a delegate adopts the position of a group: one page to fill in, one to check, one that says it is done.

Nothing is kept between the first two but what the check page sends back; a delegate's own answer has its own form.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from assessments import position_reads, rules
from assessments.actions.answers import round_closed
from assessments.actions.positions import Stance, adopt_position
from assessments.charts.shares import Shares, shares
from assessments.forms.points import A_HUNDREDTH, plain_number
from assessments.forms.position import REASON, PositionForm
from assessments.models import AdoptedPosition, Incident, WeightRound
from assessments.round_reads import round_to_weigh
from assessments.scoring.arithmetic import Points
from assessments.scoring.elicitation import points_from_ratios
from assessments.views.weigh import typed
from assessments.views.weigh_check import is_key
from assessments.views.weigh_scope import KEY_BYTES, unseen_by_others
from assessments.wording import Item, items_of
from lastvote import clock
from lastvote.errors import Refused
from stakeholders.models import Group, Person
from stakeholders.scope import ScopedRequest, in_jurisdiction, recently_signed_in, signed_in_person

CHECK, ADOPT = "check", "adopt"


@dataclass(frozen=True)
class Speaking:
    """A delegate before a round, and the group for which they speak."""

    incident: Incident
    round: WeightRound
    group: Group
    person: Person
    now: datetime

    @property
    def items(self) -> tuple[Item, ...]:
        """The items in the scheme's order: a group has no order drawn by lot."""
        return items_of(self.round.assessment.scheme)

    @property
    def newest(self) -> AdoptedPosition | None:
        """What stands for the group in this round, whoever put it down."""
        return next(
            (row for row in position_reads.positions_adopted_in(self.round) if row.group_id == self.group.pk), None
        )

    def url(self, name: str) -> str:
        """Return the address of one of these pages."""
        return reverse(name, args=[self.incident.jurisdiction.slug, self.incident.reference])


@unseen_by_others
@require_http_methods(["GET", "HEAD", "POST"])
@in_jurisdiction
@signed_in_person
@recently_signed_in
def position(request: ScopedRequest, ref: str) -> HttpResponse:
    """Take the points and the reasons, show them to be checked, and adopt them."""
    speaking = _speaking_or_404(request, ref)
    form = PositionForm(typed(request), items=speaking.items, initial=_initial(speaking))
    if not rules.accepts_answers(speaking.round, speaking.now):
        return _closed_page(request, speaking, form)
    if request.method == "POST" and form.is_valid():
        if request.POST.get("do") == ADOPT:
            return _adopt(request, speaking, form)
        if request.POST.get("do") == CHECK:
            return _check_page(request, speaking, form)
    return _form_page(request, speaking, form)


@require_safe
@unseen_by_others
@in_jurisdiction
@signed_in_person
def position_adopted(request: ScopedRequest, ref: str) -> HttpResponse:
    """Say that the position is put down and sealed; its author sees it here."""
    speaking = _speaking_or_404(request, ref)
    newest = speaking.newest
    if newest is None or newest.adopted_by != speaking.person:
        raise Http404
    facts = {
        "speaking": speaking,
        "position": newest,
        "chart": _chart(speaking, tuple(newest.points)),
        "open": rules.accepts_answers(speaking.round, speaking.now),
    }
    return render(request, "assessments/position/adopted.html", facts)


def _speaking_or_404(request: ScopedRequest, ref: str) -> Speaking:
    incident, weight_round = round_to_weigh(request.jurisdiction, ref)
    now = clock.now()
    group = rules.group_spoken_for(request.person, weight_round, now)
    if group is None or request.person is None:
        raise Http404
    return Speaking(incident, weight_round, group, request.person, now)


def _initial(speaking: Speaking) -> dict[str, str]:
    """Start from one's own position in this round, else from the public one of the round before."""
    newest = speaking.newest
    if newest is None:
        newest = position_reads.standing_positions(speaking.round).get(speaking.group.pk)
    elif newest.adopted_by != speaking.person:
        return {}
    if newest is None:
        return {}
    numbers = {
        item.code: plain_number(points * A_HUNDREDTH)
        for item, points in zip(speaking.items, map(Decimal, newest.points), strict=True)
    }
    return {**numbers, REASON: newest.reason}


def _form_page(request: ScopedRequest, speaking: Speaking, form: PositionForm) -> HttpResponse:
    newest = speaking.newest
    facts = {
        "speaking": speaking,
        "form": form,
        "replaces_another": newest is not None and newest.adopted_by != speaking.person,
        "interrupted": request.method == "GET" and form.is_bound,
    }
    status = 422 if request.method == "POST" and form.errors else 200
    return render(request, "assessments/position/form.html", facts, status=status)


def _check_page(request: ScopedRequest, speaking: Speaking, form: PositionForm, problem: str = "") -> HttpResponse:
    facts = {
        "speaking": speaking,
        "chart": _chart(speaking, _points(form)),
        "reason": form.cleaned_data[REASON],
        "typed": form.typed(),
        "key": secrets.token_urlsafe(KEY_BYTES),
        "problem": problem,
    }
    return render(request, "assessments/position/check.html", facts, status=422 if problem else 200)


def _closed_page(request: ScopedRequest, speaking: Speaking, form: PositionForm) -> HttpResponse:
    names = {item.code: str(item.name) for item in speaking.items} | {REASON: _("Your reasons")}
    words = form.typed() if request.method == "POST" else {}
    facts = {"speaking": speaking, "typed": [(names[name], said) for name, said in words.items() if said.strip()]}
    return render(request, "assessments/position/closed.html", facts, status=409)


def _adopt(request: ScopedRequest, speaking: Speaking, form: PositionForm) -> HttpResponse:
    key = request.POST.get("key", "")
    if not is_key(key):
        return _check_page(request, speaking, form, problem=_("Check the position and adopt it again."))
    stance = Stance(_points(form), form.cleaned_data[REASON], get_language() or settings.LANGUAGE_CODE)
    try:
        adopt_position(weight_round=speaking.round, by=speaking.person, stance=stance, key=key, now=speaking.now)
    except Refused as refusal:
        if refusal.code == round_closed(speaking.round).code:
            return _closed_page(request, speaking, form)
        if refusal.code != "key_reused":
            raise
        return _check_page(request, speaking, form, problem=str(refusal.message))
    return redirect(speaking.url("position_adopted"))


def _points(form: PositionForm) -> Points:
    return points_from_ratios([Decimal(form.cleaned_data[item.code]["number"] or "0") for item in form.items])


def _chart(speaking: Speaking, points: Points) -> Shares:
    return shares(points, [item.name for item in speaking.items])
