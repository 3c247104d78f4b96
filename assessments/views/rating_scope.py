"""Where a page of the rating form stands: which assessment, whose sheet, what was filled in so far.

``rating_page`` wraps the pages on which people rate. Visitors go to sign-in, people who do not rate this assessment
get 403, and once the ratings are fixed every page but the first answers 409.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, wraps
from typing import Any, cast

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from assessments import rating_reads, reads
from assessments.models import Assessment, EvidenceItem, Incident, Rating, RatingDraft
from assessments.rating_sheet import RatingSheet, sheet_of
from assessments.views.weigh_scope import unseen_by_others
from assessments.wording import Item
from lastvote import clock
from lastvote.access import Permission
from lastvote.errors import Refused
from stakeholders.models import Person
from stakeholders.rules import require
from stakeholders.scope import ScopedRequest, View, in_jurisdiction, signed_in_person

CONFLICT = 409


@dataclass(frozen=True)
class RatingWork:
    """One person's part in one assessment."""

    assessment: Assessment
    person: Person
    now: datetime

    @property
    def incident(self) -> Incident:
        """The case that is rated."""
        return self.assessment.incident

    @property
    def is_frozen(self) -> bool:
        """Whether nothing can be changed any more."""
        return self.assessment.ratings_frozen_at is not None

    @cached_property
    def own(self) -> list[Rating]:
        """Every version that this person handed in, newest first."""
        return rating_reads.own_ratings(self.assessment, self.person)

    @cached_property
    def draft(self) -> RatingDraft | None:
        """What is filled in and not sent; none if there is nothing."""
        return rating_reads.rating_draft_of(self.assessment, self.person)

    @cached_property
    def sheet(self) -> RatingSheet:
        """The rating as far as it is filled in: the newest rating, with what was changed since."""
        sent = sheet_of(self.assessment, None, self.own[0] if self.own else None)
        kept: dict[str, Any] = self.draft.data if self.draft else {}
        return sheet_of(self.assessment, {**sent.data, **kept}, None)

    @cached_property
    def evidence(self) -> list[EvidenceItem]:
        """The rows that a rating may rest on."""
        return list(reads.evidence_known(self.assessment))

    def item_or_404(self, code: str) -> Item:
        """Return an item of this scheme."""
        found = next((item for item in self.sheet.items if item.code == code), None)
        if found is None:
            raise Http404
        return found

    def url(self, name: str, *arguments: Any) -> str:
        """Return the address of a page of this form."""
        place = [self.incident.jurisdiction.slug, self.incident.reference, self.assessment.number]
        return reverse(name, args=[*place, *arguments])

    def url_after(self, item: Item | None) -> str:
        """Return the address of an item's page; of the check page after the last."""
        return self.url("rating_values", item.code) if item else self.url("rating_check")


RatingView = Callable[..., HttpResponse]


def rating_page(view: RatingView) -> View:
    """Serve ``view(request, work, ...)`` to somebody who may rate, as long as nothing is fixed."""

    @wraps(view)
    def page(request: ScopedRequest, work: RatingWork, *args: Any, **kwargs: Any) -> HttpResponse:
        if work.is_frozen:
            return frozen_page(request, work)
        try:
            return view(request, work, *args, **kwargs)
        except Refused as refused:
            if refused.code != "ratings_frozen":
                raise
            return frozen_page(request, work)

    return own_rating_page(page)


def own_rating_page(view: RatingView, permission: Permission = Permission.RATE) -> View:
    """Serve ``view(request, work, ...)`` to somebody with ``permission`` on the assessment, whatever its state."""

    @wraps(view)
    @require_http_methods(["GET", "HEAD", "POST"])
    @unseen_by_others
    @in_jurisdiction
    @signed_in_person
    def page(request: ScopedRequest, ref: str, assessment: int, *args: Any, **kwargs: Any) -> HttpResponse:
        work = work_or_404(request, ref, assessment)
        today = clock.local_date(work.now, request.jurisdiction.zone)
        require(work.person, permission, on=today, assessment_id=work.assessment.pk)
        return view(request, work, *args, **kwargs)

    return page


def work_or_404(request: ScopedRequest, ref: str, number: int) -> RatingWork:
    """Find an assessment of a case."""
    found = Assessment.objects.filter(
        incident__jurisdiction=request.jurisdiction, incident__reference=ref, number=number
    ).select_related("incident__jurisdiction", "incident__system__deployer", "policy")
    assessment = found.first()
    if assessment is None:
        raise Http404
    return RatingWork(assessment, cast("Person", request.person), clock.now())


def frozen_page(request: ScopedRequest, work: RatingWork) -> HttpResponse:
    """Say that nothing can be changed any more."""
    return render(request, "assessments/rating/frozen.html", {"work": work}, status=CONFLICT)


def to_first_gap(work: RatingWork) -> HttpResponse:
    """Send somebody who jumped ahead back to the first item that is not done."""
    return redirect(work.url_after(work.sheet.first_gap))
