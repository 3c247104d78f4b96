"""Where a page of the weight form stands: which round, whose place on its roll, what was typed so far.

``weigh_page`` wraps every page of the form. Visitors go to sign-in, people who are not on the roll get 404, and a
round that takes no answers gets a page (409) that shows what was typed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, cast

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods

from assessments import reads, rules
from assessments.actions import answers
from assessments.models import Incident, RollEntry, WeightRound
from assessments.own_questionnaire import questionnaire_of
from assessments.questionnaire import Page, Questionnaire, Step
from assessments.reads import OwnAnswer
from assessments.round_reads import round_to_weigh
from assessments.views.weigh_closed import closed_page
from assessments.wording import Item, in_order, items_of
from lastvote import clock
from lastvote.errors import Refused
from stakeholders.models import Person
from stakeholders.scope import ScopedRequest, View, in_jurisdiction, signed_in_person

KEY_BYTES = 18
"""Random bytes in the key that a page is made with, so that a form sent twice counts once."""


@dataclass(frozen=True)
class Weighing:
    """One person's place on one round, and their questionnaire."""

    incident: Incident
    round: WeightRound
    person: Person
    own: OwnAnswer
    questionnaire: Questionnaire
    now: datetime

    @property
    def entry(self) -> RollEntry:
        """The place on the roll."""
        return self.own.entry

    @property
    def items(self) -> tuple[Item, ...]:
        """The items in the order shown to this person."""
        return in_order(self.round.assessment.scheme, self.questionnaire.order)

    @property
    def canonical_items(self) -> tuple[Item, ...]:
        """The items in the scheme's own order."""
        return items_of(self.round.assessment.scheme)

    def item(self, code: str) -> Item:
        """Return one item."""
        return next(item for item in self.items if item.code == code)

    def url(self, name: str, *arguments: Any) -> str:
        """Return the address of a page of this form."""
        return reverse(name, args=[self.incident.jurisdiction.slug, self.incident.reference, *arguments])

    def url_of(self, page: Page | None) -> str:
        """Return the address of a step; without one, of the start page."""
        if page is None:
            return self.url("weigh")
        return self.url(f"weigh_{page.step}", *([page.number] if page.step == Step.COMPARE else []))

    def save(self, questionnaire: Questionnaire) -> None:
        """Keep what was typed, until it is sent or the round closes."""
        answers.save_draft(weight_round=self.round, by=self.person, data=dict(questionnaire.data), now=self.now)

    def go_on(self, page: Page, questionnaire: Questionnaire) -> HttpResponse:
        """Keep what was typed on ``page`` and go to the next one."""
        following = questionnaire.after(page)
        if following.step == Step.CHECK:
            questionnaire = questionnaire.with_first_points()
        self.save(questionnaire)
        return redirect(self.url_of(following))


WeighView = Callable[..., HttpResponse]


def weigh_page(view: WeighView) -> View:
    """Serve ``view(request, weighing, ...)`` to a person on the roll of a round that takes answers."""

    @wraps(view)
    def page(request: ScopedRequest, weighing: Weighing, *args: Any, **kwargs: Any) -> HttpResponse:
        if not rules.accepts_answers(weighing.round, weighing.now):
            return closed_page(request, weighing)
        try:
            return view(request, weighing, *args, **kwargs)
        except Refused as refusal:
            if refusal.code != "round_closed":
                raise
            return closed_page(request, weighing)

    return own_page(page)


def own_page(view: WeighView) -> View:
    """Serve ``view(request, weighing, ...)`` to a person on the roll, whatever the state of the round."""

    @wraps(view)
    @require_http_methods(["GET", "HEAD", "POST"])
    @in_jurisdiction
    @signed_in_person
    def page(request: ScopedRequest, ref: str, *args: Any, **kwargs: Any) -> HttpResponse:
        weighing = weighing_or_404(request, ref)
        return view(request, weighing, *args, **kwargs)

    return unseen_by_others(page)


def unseen_by_others(view: View) -> View:
    """Keep the page out of every cache, and its address out of every other site's logs.

    The policy is not ``no-referrer``: with that, browsers would hide where a form comes from, and it would be refused.
    """

    @wraps(view)
    def page(*args: Any, **kwargs: Any) -> HttpResponse:
        response = view(*args, **kwargs)
        patch_cache_control(response, no_store=True, private=True)
        response["Referrer-Policy"] = "same-origin"
        return response

    return page


def weighing_or_404(request: ScopedRequest, ref: str) -> Weighing:
    """Find the round of an incident and the person's place on it; people without a place learn nothing."""
    incident, weight_round = round_to_weigh(request.jurisdiction, ref)
    person = cast("Person", request.person)
    own = reads.own_answer(weight_round, person)
    if own is None:
        raise Http404
    return Weighing(
        incident=incident,
        round=weight_round,
        person=person,
        own=own,
        questionnaire=questionnaire_of(weight_round, own),
        now=clock.now(),
    )
