"""The page on which people check what they answered, and send it."""

import hashlib
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assessments.actions.answers import Answer, submit_answer
from assessments.actions.why_changed import Change
from assessments.before_now import BeforeNow, before_and_now
from assessments.charts.shares import Shares, shares
from assessments.forms.change import ChangeForm
from assessments.forms.choices import COMPARE_LABELS
from assessments.forms.points import WHOLE, plain_number, total_of
from assessments.questionnaire import Note, NoteKind, Page, Step
from assessments.reasons_to_read import reasons_to_read
from assessments.scoring.record import canonical_bytes
from assessments.states import AnswerMethod
from assessments.views.in_words import named_reasons, place_in_words, place_shares
from assessments.views.weigh import to_first_gap
from assessments.views.weigh_effect import effect_of
from assessments.views.weigh_scope import KEY_BYTES, Weighing, weigh_page
from assessments.wording import WORDING_VERSION
from lastvote.errors import Refused
from stakeholders.scope import ScopedRequest

LONGEST_KEY = 128


@dataclass(frozen=True)
class Row:
    """One line of the summary: an item, what was answered, where to change it."""

    name: Promise
    answered: str
    change_url: str


@weigh_page
def check(request: ScopedRequest, weighing: Weighing) -> HttpResponse:
    """Show the shares, then what they do; send them."""
    questionnaire = weighing.questionnaire
    if not questionnaire.has_points():
        return to_first_gap(weighing)
    if not questionnaire.can_reach(Page(Step.CHECK)):
        return redirect(weighing.url("weigh_why"))
    if request.method != "POST":
        return _check_page(request, weighing)
    if request.POST.get("shown") != fingerprint(weighing):
        return _check_page(
            request, weighing, problem=_("Your answers have changed since you opened this page. Check them again.")
        )
    return _send(request, weighing)


def _send(request: ScopedRequest, weighing: Weighing) -> HttpResponse:
    key, form = request.POST.get("key", ""), change_form(weighing, request)
    if not is_key(key):
        return _check_page(request, weighing, problem=_("Check your answers and send them again."))
    if form is not None and not form.is_valid():
        return _check_page(request, weighing, form=form)
    answer = answer_of(weighing, form.change() if form else None)
    try:
        accepted = submit_answer(
            weight_round=weighing.round, by=weighing.person, answer=answer, key=key, now=weighing.now
        )
    except Refused as refusal:
        return _refused(request, weighing, refusal, form)
    return redirect(weighing.url("weigh_sent", accepted.receipt))


def _refused(
    request: ScopedRequest, weighing: Weighing, refusal: Refused, form: ChangeForm | None
) -> HttpResponse:  # fmt: skip
    if refusal.code == "key_reused":
        return _check_page(request, weighing, problem=str(refusal.message))
    if form is None or not refusal.fields:
        raise refusal
    for name, sentences in refusal.fields.items():
        form.add_error(name if name in form.fields else "change_reason", [str(one) for one in sentences])
    return _check_page(request, weighing, form=form)


def change_form(weighing: Weighing, request: ScopedRequest) -> ChangeForm | None:
    """Return the question why the answers differ from those of the round before; nothing where they do not."""
    carried = weighing.own.carried
    if carried is None or list(carried.points or ()) == list(weighing.questionnaire.points()):
        return None
    return ChangeForm(request.POST if request.method == "POST" else None, to_read=reasons_to_read(weighing.round))


def is_key(typed: str) -> bool:
    """Whether ``typed`` may be the key of a form. Ours always are; what is forged may hold what no database stores."""
    return 0 < len(typed) <= LONGEST_KEY and typed.isprintable()


def answer_of(weighing: Weighing, change: Change | None = None) -> Answer:
    """Return what would be sent."""
    questionnaire = weighing.questionnaire
    return Answer(
        points=questionnaire.points(),
        method=questionnaire.method,
        raw=questionnaire.raw(),
        order_shown=list(questionnaire.order),
        first_points=questionnaire.first_points,
        reasons=questionnaire.reasons,
        change=change,
        language=get_language() or settings.LANGUAGE_CODE,
        wording_version=WORDING_VERSION,
    )


def fingerprint(weighing: Weighing) -> str:
    """Return a hash of what the page shows, so that nothing is sent that the person has not seen."""
    questionnaire = weighing.questionnaire
    shown = [list(questionnaire.points()), questionnaire.method, questionnaire.raw(), questionnaire.reasons]
    return hashlib.sha256(canonical_bytes(shown)).hexdigest()


def _check_page(
    request: ScopedRequest, weighing: Weighing, problem: str = "", form: ChangeForm | None = None
) -> HttpResponse:
    questionnaire = weighing.questionnaire
    facts = {
        "form": form or change_form(weighing, request),
        "before_now": _before_now(weighing),
        "weighing": weighing,
        "rows": _rows(weighing),
        "chart": _chart(weighing),
        "points_total": _total(weighing),
        "place_shares": place_shares(questionnaire),
        "any_not_sure": "unsure" in map(questionnaire.label_of, questionnaire.codes),
        "notes": [_sentence(weighing, note) for note in questionnaire.notes()],
        "reasons": named_reasons(questionnaire, weighing.items),
        "preview": settings.PREVIEW == "after",
        "effect": effect_of(weighing) if settings.PREVIEW == "after" else None,
        "key": secrets.token_urlsafe(KEY_BYTES),
        "shown": fingerprint(weighing),
        "problem": problem,
        "back_url": weighing.url("weigh_why"),
        "change_url": weighing.url_of(questionnaire.pages[0]),
    }
    wrong = problem or form is not None
    return render(request, "assessments/weigh/check.html", facts, status=422 if wrong else 200)


def _before_now(weighing: Weighing) -> list[BeforeNow]:
    """Return the answer that was carried over beside this one; nothing in a first round."""
    carried = weighing.own.carried
    if carried is None or carried.points is None:
        return []
    names = [item.name for item in weighing.canonical_items]
    return before_and_now(tuple(carried.points), weighing.questionnaire.points(), names)


def _rows(weighing: Weighing) -> list[Row]:
    return [
        Row(item.name, answered=_answered(weighing, item.code), change_url=_change_url(weighing, item.code))
        for item in weighing.canonical_items
    ]


def _chart(weighing: Weighing) -> Shares:
    """Draw the shares in the scheme's order, as everywhere else: rounding to 100 depends on the order."""
    return shares(weighing.questionnaire.points(), [item.name for item in weighing.canonical_items])


def _total(weighing: Weighing) -> str:
    """Return what the typed points add up to, where that is not 100."""
    if weighing.questionnaire.method != AnswerMethod.POINTS:
        return ""
    total = total_of(weighing.questionnaire.data["points"])
    return "" if total == WHOLE else plain_number(total)


def _answered(weighing: Weighing, code: str) -> str:
    questionnaire = weighing.questionnaire
    if questionnaire.method == AnswerMethod.POINTS:
        return _("%(points)s points") % {"points": questionnaire.typed_for(code) or "0"}
    if questionnaire.method == AnswerMethod.EQUAL:
        return _("The same as the others")
    if questionnaire.method == AnswerMethod.RANK:
        return place_in_words(questionnaire, code)
    label = questionnaire.label_of(code)
    return _("Matters most") if label is None else str(COMPARE_LABELS[label])


def _change_url(weighing: Weighing, code: str) -> str:
    """Return the page on which this item was answered."""
    questionnaire = weighing.questionnaire
    pages = questionnaire.compare_pages if questionnaire.method == AnswerMethod.COMPARE else ()
    for number, codes in enumerate(pages, start=1):
        if code in codes:
            return weighing.url_of(Page(Step.COMPARE, number))
    return weighing.url_of(questionnaire.pages[0])


def _sentence(weighing: Weighing, note: Note) -> str:
    if note.kind == NoteKind.ORDER_AS_SHOWN:
        return _("You left them in the order that was drawn by lot. Is that what you mean?")
    names = [str(weighing.item(code).name) for code in note.codes]
    if note.kind == NoteKind.ONLY_ONE:
        return _("This means only %(item)s counts. Is that what you mean?") % {"item": names[0]}
    if note.kind == NoteKind.LEFT_EMPTY:
        return _("You left %(item)s empty. Does it count for nothing?") % {"item": names[0]}
    pair = {"least": names[0], "lower": names[1]}
    return _("You said %(least)s matters least, but gave %(lower)s less. Is that what you mean?") % pair
