"""Keeping a rating that is half filled in, for its evaluator alone."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from assessments.models import Assessment, RatingDraft
from lastvote.access import Permission
from lastvote.errors import Refused
from lastvote.transactions import locking
from stakeholders.models import Person
from stakeholders.rules import require


def save_rating_draft(
    *, assessment: Assessment, item: str, entries: dict[str, Any], by: Person, now: dt.datetime
) -> RatingDraft:
    """Keep what was filled in for one item; the other items stay as they were.

    Refuses people who are not evaluators here, and anything after the freeze. Nothing binds yet, so nothing is
    recorded.
    """
    day = now.astimezone(assessment.incident.jurisdiction.zone).date()
    require(by, Permission.RATE, on=day, assessment_id=assessment.pk)
    with locking():
        locked = Assessment.objects.select_for_update().get(pk=assessment.pk)
        if locked.ratings_frozen_at:
            raise Refused(
                "ratings_frozen", _("The ratings are frozen. New evidence needs a new assessment."), status=409
            )
        draft, _made = RatingDraft.objects.get_or_create(
            assessment=locked, evaluator=by, defaults={"data": {}, "updated_at": now}
        )
        draft.data = {**draft.data, item: entries}
        draft.updated_at = now
        draft.save(update_fields=["data", "updated_at"])
    return draft
