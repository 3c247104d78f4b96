"""The pages of the weight form on which people answer: start, most, least, compare, why."""

import secrets
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from assessments import reads, rules
from assessments.charts.shares import shares
from assessments.forms.choices import CompareForm, LeastForm, MostForm
from assessments.forms.why import WhyForm
from assessments.questionnaire import Page, Step
from assessments.round_reads import round_to_weigh
from assessments.views.weigh_closed import closed_page
from assessments.views.weigh_scope import (
    KEY_BYTES,
    Weighing,
    own_page,
    unseen_by_others,
    weigh_page,
    weighing_or_404,
)
from lastvote.web.forms import PlainForm
from lastvote.web.taken_out import told_what_was_taken_out
from stakeholders import kept_form
from stakeholders.scope import ScopedRequest, in_jurisdiction, signed_in_person

MINUTES = 5


@require_safe
@unseen_by_others
@in_jurisdiction
@signed_in_person
def start(request: ScopedRequest, ref: str) -> HttpResponse:
    """Say what is asked, how long it takes and who sees what; to people who are not on the roll, why not."""
    incident, weight_round = round_to_weigh(request.jurisdiction, ref)
    if reads.roll_entry_of(weight_round, request.person) is None:
        facts = {"incident": incident, "round": weight_round}
        return render(request, "assessments/weigh/not_on_roll.html", facts, status=403)
    weighing = weighing_or_404(request, ref)
    if not rules.accepts_answers(weighing.round, weighing.now):
        return closed_page(request, weighing)
    shown: dict[str, Any] = {"weighing": weighing, "minutes": MINUTES, **_before_now(weighing)}
    return render(request, "assessments/weigh/start.html", shown)


def _before_now(weighing: Weighing) -> dict[str, Any]:
    """Return what the first page shows of an answer that was carried over and that nothing was done with yet."""
    carried = weighing.own.carried
    if carried is None or carried != weighing.own.submission:
        return {}
    names = [item.name for item in weighing.canonical_items]
    return {"carried": shares(carried.points or (), names), "key": secrets.token_urlsafe(KEY_BYTES)}


@weigh_page
def most(request: ScopedRequest, weighing: Weighing) -> HttpResponse:
    """Which one would you stop from going to its worst?"""
    questionnaire = weighing.questionnaire
    form = MostForm(typed(request), items=weighing.items, initial={"most": questionnaire.most})
    if request.method == "POST" and form.is_valid():
        return weighing.go_on(Page(Step.MOST), questionnaire.with_most(form.cleaned_data["most"]))
    return question(request, weighing, Page(Step.MOST), form)


@weigh_page
def least(request: ScopedRequest, weighing: Weighing) -> HttpResponse:
    """Which of the others matters least?"""
    page = Page(Step.LEAST)
    questionnaire = weighing.questionnaire
    if not questionnaire.can_reach(page):
        return to_first_gap(weighing)
    items = [item for item in weighing.items if item.code != questionnaire.most]
    form = LeastForm(typed(request), items=items, initial={"least": questionnaire.least})
    if request.method == "POST" and form.is_valid():
        return weighing.go_on(page, questionnaire.having(least=form.cleaned_data["least"]))
    return question(request, weighing, page, form)


@weigh_page
def compare(request: ScopedRequest, weighing: Weighing, number: int) -> HttpResponse:
    """How much do the others matter next to the one that matters most? At most three a page."""
    page = Page(Step.COMPARE, number)
    questionnaire = weighing.questionnaire
    if not questionnaire.can_reach(page):
        return to_first_gap(weighing)
    codes = questionnaire.compare_pages[number - 1]
    form = CompareForm(
        typed(request),
        items=[weighing.item(code) for code in codes],
        questionnaire=questionnaire,
        most=weighing.item(str(questionnaire.most)),
        initial={code: questionnaire.label_of(code) for code in codes},
    )
    if request.method == "POST" and form.is_valid():
        return weighing.go_on(page, questionnaire.with_compared(form.cleaned_data))
    numbers = {"page_number": number, "page_total": len(questionnaire.compare_pages)}
    return question(request, weighing, page, form, most=form.most, questions=form.questions(), **numbers)


@weigh_page
def why(request: ScopedRequest, weighing: Weighing) -> HttpResponse:
    """Reasons, for those who want to give some."""
    page = Page(Step.WHY)
    questionnaire = weighing.questionnaire
    if not questionnaire.has_points():
        return to_first_gap(weighing)
    form = WhyForm(typed(request), items=weighing.items, initial=questionnaire.reasons)
    if request.method == "POST" and form.is_valid():
        told_what_was_taken_out(request, form)
        return weighing.go_on(page, questionnaire.having(reasons=form.reasons()))
    boxes = [form[item.code] for item in weighing.items]
    return question(request, weighing, page, form, boxes=boxes, boxes_open=any(box.value() for box in boxes))


@require_safe
@own_page
def change(request: ScopedRequest, weighing: Weighing) -> HttpResponse:  # noqa: ARG001 -- the wrapper's signature
    """Open the form again where this person began; it shows what they answered."""
    return redirect(weighing.url_of(weighing.questionnaire.pages[0]))


def typed(request: ScopedRequest) -> QueryDict | None:
    """Return what was sent, or what signing in again interrupted; nothing when the page is only opened."""
    if request.method == "POST":
        return request.POST
    kept = kept_form.take(request, path=request.get_full_path())
    if kept is None:
        return None
    data = QueryDict(mutable=True)
    for name, value in kept["fields"]:
        data.appendlist(name, value)
    return data


def to_first_gap(weighing: Weighing) -> HttpResponse:
    """Send somebody who jumped ahead back to the first question without an answer that can be used."""
    gap = weighing.questionnaire.first_gap()
    if gap.step in {Step.WHY, Step.CHECK}:  # everything is answered, and still it makes no shares
        gap = weighing.questionnaire.pages[-3]
    return redirect(weighing.url_of(gap))


def question(request: ScopedRequest, weighing: Weighing, page: Page, form: PlainForm, **facts: Any) -> HttpResponse:
    """Show one page of the form; 422 when it was sent and could not be used."""
    facts |= {
        "weighing": weighing,
        "form": form,
        "back_url": weighing.url_of(_before(weighing, page)),
        "points_url": weighing.url("weigh_points"),
        "interrupted": request.method == "GET" and form.is_bound,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, f"assessments/weigh/{page.step}.html", facts, status=status)


def _before(weighing: Weighing, page: Page) -> Page | None:
    pages = weighing.questionnaire.pages
    return weighing.questionnaire.before(page) if page in pages else None
