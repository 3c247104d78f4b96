"""The page on which a supervisor reads the rating of an evaluator who is still learning, and signs it off."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from assessments.actions.sign_offs import sign_off_rating
from assessments.forms.ratings import SendRatingForm
from assessments.models import Rating
from assessments.rating_reads import unsigned_ratings
from assessments.scoring.record import canonical_bytes, digest
from assessments.views.rating import UNPROCESSABLE, sent_rows
from assessments.views.rating_scope import CONFLICT, RatingWork, frozen_page, own_rating_page
from lastvote.access import Permission
from lastvote.errors import Refused
from stakeholders.scope import ScopedRequest, recently_signed_in

FORBIDDEN = 403


@recently_signed_in
def _sign_off(request: ScopedRequest, work: RatingWork) -> HttpResponse:
    if work.is_frozen:
        return frozen_page(request, work)
    if work.own:
        return render(request, "assessments/rating/sign_off_own.html", {"work": work}, status=FORBIDDEN)
    rating = next(iter(unsigned_ratings(work.assessment)), None)
    if rating is None:
        gone = CONFLICT if request.method == "POST" else 200
        return render(request, "assessments/rating/nothing_to_sign.html", {"work": work}, status=gone)
    form = SendRatingForm(request.POST if request.method == "POST" else None, initial={"shown": _mark(rating)})
    if request.method != "POST":
        return _page(request, work, rating, form)
    status = _sign(work, rating, form) if form.is_valid() else UNPROCESSABLE
    if status is not None:
        return _page(request, work, rating, form, status=status)
    messages.success(request, _("Signed off. The rating counts now."))
    return redirect("desk", work.incident.jurisdiction.slug)


sign_off = own_rating_page(_sign_off, Permission.SIGN_OFF_RATING)


def _sign(work: RatingWork, rating: Rating, form: SendRatingForm) -> int | None:
    if form.cleaned_data["shown"] != _mark(rating):
        form.add_error(None, _("This is no longer the version that you read. Read it again."))
        return CONFLICT
    try:
        sign_off_rating(rating=rating, by=work.person, now=work.now)
    except Refused as refused:
        form.add_error(None, str(refused.message))
        return refused.status
    return None


def _mark(rating: Rating) -> str:
    """Name one version of one evaluator's rating, without saying which rows of the database it is."""
    return digest(canonical_bytes({"evaluator": rating.evaluator_id, "version": rating.version, "at": str(rating.pk)}))


def _page(
    request: ScopedRequest, work: RatingWork, rating: Rating, form: SendRatingForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "work": work,
        "form": form,
        "rating": rating,
        "mark": _mark(rating),
        "rows": sent_rows(work.assessment.scheme, list(rating.values.all())),
    }
    return render(request, "assessments/rating/sign_off.html", context, status=status)
