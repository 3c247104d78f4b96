"""The pages on which an evaluator rates: what it is about, one page for each item, check and send."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from assessments.actions.rating_drafts import save_rating_draft
from assessments.actions.ratings import submit_rating
from assessments.forms.ratings import RatingItemForm, SendRatingForm, initial_of
from assessments.models import EvidenceItem, RatingValue
from assessments.parts import Part, parts_of
from assessments.rating_sheet import Entry
from assessments.views.rating_scope import RatingWork, own_rating_page, rating_page, to_first_gap
from assessments.views.weigh import typed
from assessments.wording import Item, items_of
from lastvote.errors import Refused
from lastvote.web.taken_out import told_what_was_taken_out
from stakeholders.scope import ScopedRequest, recently_signed_in

LATER = "later"
UNPROCESSABLE = 422


@require_safe
@own_rating_page
def start(request: ScopedRequest, work: RatingWork) -> HttpResponse:
    """Say what is to be rated and on what grounds, how far it is, and what was sent before."""
    context = {
        "work": work,
        "items": [(item, work.sheet.is_done(item), work.url("rating_values", item.code)) for item in work.sheet.items],
        "next_url": work.url_after(work.sheet.first_gap),
        "check_url": work.url("rating_check"),
        "rows": sent_rows(work.assessment.scheme, list(work.own[0].values.all())) if work.own else [],
    }
    return render(request, "assessments/rating/start.html", context)


@rating_page
def values(request: ScopedRequest, work: RatingWork, item: str) -> HttpResponse:
    """Take the ratings of one item; keep them and go on, or come back later."""
    wanted = work.item_or_404(item)
    parts = parts_of(work.assessment.scheme, wanted)
    later = request.POST.get("do") == LATER
    form = RatingItemForm(
        typed(request), parts=parts, evidence=work.evidence, unfinished=later,
        initial=initial_of(parts, dict(work.sheet.data.get(wanted.code, {}))),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        told_what_was_taken_out(request, form)
        save_rating_draft(
            assessment=work.assessment, item=wanted.code, entries=dict(form.entries()), by=work.person, now=work.now
        )
        return redirect(work.url("rating") if later else work.url_after(work.sheet.following(wanted)))
    return _item_page(request, work, wanted, form)


def _item_page(request: ScopedRequest, work: RatingWork, item: Item, form: RatingItemForm) -> HttpResponse:
    context = {
        "work": work,
        "item": item,
        "form": form,
        "blocks": list(form.blocks()),
        "place": work.sheet.items.index(item) + 1,
        "total": len(work.sheet.items),
        "back_url": work.url("rating"),
        "interrupted": request.method == "GET" and form.is_bound,
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "assessments/rating/values.html", context, status=status)


@rating_page
@recently_signed_in
def check(request: ScopedRequest, work: RatingWork) -> HttpResponse:
    """Show the whole rating, then hand it in. What was sent already is not sent twice."""
    if work.sheet.first_gap is not None:
        return to_first_gap(work)
    if request.method == "POST" and work.draft is None:
        return redirect(work.url("rating"))
    form = SendRatingForm(request.POST if request.method == "POST" else None, initial={"shown": work.sheet.digest})
    if request.method != "POST":
        return _check_page(request, work, form)
    status = _send(work, form) if form.is_valid() else UNPROCESSABLE
    if status is not None:
        return _check_page(request, work, form, status=status)
    messages.success(request, _("Your rating is sent. You can change it until the ratings are fixed."))
    return redirect(work.url("rating"))


def _send(work: RatingWork, form: SendRatingForm) -> int | None:
    """Hand the rating in; return a status if that did not work, with the reason on the form."""
    if form.cleaned_data["shown"] != work.sheet.digest:
        form.add_error(None, _("The rating was changed meanwhile, perhaps in another window. Look at it again."))
        return UNPROCESSABLE
    known = {item.number: item for item in work.evidence}
    try:
        submit_rating(
            assessment=work.assessment, values=work.sheet.values(known), by=work.person, now=work.now, draft=work.draft
        )  # fmt: skip
    except Refused as refused:
        if refused.code == "ratings_frozen":
            raise
        form.add_error(None, str(refused.message))
        return refused.status
    return None


def _check_page(request: ScopedRequest, work: RatingWork, form: SendRatingForm, *, status: int = 200) -> HttpResponse:
    context = {
        "work": work,
        "form": form,
        "digest": work.sheet.digest,
        "rows": _sheet_rows(work),
        "nothing_new": work.draft is None,
        "back_url": work.url("rating"),
    }
    return render(request, "assessments/rating/check.html", context, status=status)


def _sheet_rows(work: RatingWork) -> list[dict[str, Any]]:
    known = {item.number: item for item in work.evidence}
    return [
        {
            **_row(item, part, work.sheet.entry(item, number)),
            "evidence": [known[one] for one in work.sheet.entry(item, number)["evidence"] if one in known],
            "change_url": work.url("rating_values", item.code),
        }
        for item in work.sheet.items
        for number, part in parts_of(work.assessment.scheme, item)
    ]


def _row(item: Item, part: Part, entry: Entry) -> dict[str, Any]:
    return {
        "item": item.name, "part": part.name, "value": entry["number"], "reason": entry["reason"],
        "none_found": entry["none_found"],
    }  # fmt: skip


def sent_rows(scheme: str, sent: Sequence[RatingValue]) -> list[dict[str, Any]]:
    """Return a rating that was handed in, in the order of its scheme, for the one who wrote it or may read it."""
    from_key = {(row.factor, row.part): row for row in sent}
    return [
        {
            "item": item.name,
            "part": part.name,
            "value": format(from_key[item.code, number].value.normalize(), "f"),
            "reason": from_key[item.code, number].reason,
            "none_found": from_key[item.code, number].none_found,
            "evidence": sorted(from_key[item.code, number].evidence.all(), key=_number),
        }
        for item, number, part in _places(scheme)
    ]


def _number(item: EvidenceItem) -> int:
    return item.number


def _places(scheme: str) -> list[tuple[Item, int, Part]]:
    return [(item, number, part) for item in items_of(scheme) for number, part in parts_of(scheme, item)]
