"""Handing in a rating by program. It binds others, so it needs a person who has just shown who they are."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, ClassVar

from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from assessments import reads
from assessments.actions.ratings import RatedValue, submit_rating
from assessments.actions.sent_once import done_once
from assessments.api import documented
from assessments.models import Assessment, EvidenceItem, Rating
from lastvote import clock
from lastvote.access import Permission
from lastvote.rest.body import each, refuse_unknown, words_from
from lastvote.rest.canonical import canonical_json
from lastvote.rest.numbers import decimal_from, whole_from
from lastvote.rest.once import key_of
from lastvote.rest.problems import Fault, Unusable, pointer
from stakeholders.api.place import PlaceView
from stakeholders.rules import permissions_for

VALUES = "values"
FIELDS = ("item", "part", "value", "reason", "evidence", "none_found")


class OwnRatingView(PlaceView):
    """The rating of whoever asks, on one assessment. Handing in again adds a version."""

    needs: ClassVar = {"POST": Permission.RATE}
    operations: ClassVar = documented.RATING

    @cached_property
    def assessment(self) -> Assessment:
        """The assessment that the address names."""
        found = Assessment.objects.filter(
            incident__jurisdiction=self.jurisdiction,
            incident__reference=self.kwargs["ref"],
            number=self.kwargs["assessment"],
        )
        assessment = found.select_related("incident__jurisdiction", "policy").first()
        if assessment is None:
            raise Http404
        return assessment

    @cached_property
    def held(self) -> frozenset[Permission]:
        """Evaluators are appointed to single assessments."""
        today = clock.local_date(clock.now(), self.jurisdiction.zone)
        return permissions_for(self.person, on=today, assessment_id=self.assessment.pk)

    def post(self, request: Request, **_slots: Any) -> Response:
        self.require_recent_proof()
        key, now = key_of(request), clock.now()
        refuse_unknown(self.body, [VALUES])
        known = {item.number: item for item in reads.evidence_known(self.assessment)}
        sent = self.body.get(VALUES)
        if not isinstance(sent, list):
            raise Unusable(Fault("list_expected", _("A list is needed here, in square brackets."), pointer(VALUES)))
        values = each(enumerate(sent), lambda row, at: _value_from(row, at, known))

        def act() -> int:
            return submit_rating(assessment=self.assessment, values=values, by=self.somebody, now=now).pk

        scope = f"api/rating/{self.assessment.pk}/{self.somebody.pk}"
        made = done_once(scope=scope, key=key, body=canonical_json(self.body), now=now, act=act)
        rating = Rating.objects.get(pk=made)
        return Response({"version": rating.version, "submitted_at": rating.submitted_at}, status=201)


def _value_from(row: Any, at: str | int, known: Mapping[int, EvidenceItem]) -> RatedValue:
    place = (VALUES, at)
    if not isinstance(row, dict):
        raise Unusable(Fault("object_expected", _("An object is needed here, in braces."), pointer(*place)))
    refuse_unknown(row, FIELDS, *place)
    none_found = row.get("none_found", False)
    if not isinstance(none_found, bool):
        sentence = _("This must be true or false, without quotes.")
        raise Unusable(Fault("not_a_boolean", sentence, pointer(*place, "none_found")))
    return RatedValue(
        factor=words_from(row.get("item"), *place, "item", required=True),
        part=whole_from(row.get("part", 0), *place, "part"),
        value=decimal_from(row.get("value"), *place, "value"),
        reason=words_from(row.get("reason"), *place, "reason"),
        evidence=_evidence_from(row.get("evidence", []), at, known),
        none_found=none_found,
    )


def _evidence_from(sent: Any, at: str | int, known: Mapping[int, EvidenceItem]) -> list[EvidenceItem]:
    place = (VALUES, at, "evidence")
    if not isinstance(sent, list):
        raise Unusable(Fault("list_expected", _("A list is needed here, in square brackets."), pointer(*place)))
    numbers = each(enumerate(sent), lambda value, nth: whole_from(value, *place, nth))
    sentence = _("A rating may only rest on evidence known at the cut-off.")
    faults = [
        Fault("evidence_not_known", sentence, pointer(*place, nth))
        for nth, number in enumerate(numbers)
        if number not in known
    ]
    if faults:
        raise Unusable(*faults)
    return [known[number] for number in dict.fromkeys(numbers)]
