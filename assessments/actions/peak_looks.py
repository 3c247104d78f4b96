"""Recording that a person looked at a part that reached the High line on its own (D5). No score changes."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from assessments.models import Assessment, PeakLook
from assessments.rating_reads import peaks_of
from lastvote.access import Permission
from lastvote.audit.record import record
from lastvote.errors import Refused
from lastvote.transactions import locking
from stakeholders.models import Person
from stakeholders.rules import require


def record_look(*, assessment: Assessment, note: str, by: Person, now: dt.datetime) -> PeakLook:
    """Write down, for everybody to read, what a person made of the parts that reached the High line.

    More than one person may look. Refuses where no part reached the line, and without a note.
    Records ``peak.looked_at``.
    """
    jurisdiction = assessment.incident.jurisdiction
    day = now.astimezone(jurisdiction.zone).date()
    require(by, Permission.RECORD_LOOK, on=day, assessment_id=assessment.pk)
    if not note.strip():
        sentence = _("Write down what you saw")
        raise Refused("reason_required", sentence, fields={"note": [sentence]})
    with locking():
        locked = Assessment.objects.select_for_update().get(pk=assessment.pk)
        if not peaks_of(locked):
            raise Refused("nothing_to_look_at", _("No part of this case reached the High line."), status=409)
        look = PeakLook.objects.create(assessment=locked, note=note.strip(), looked_by=by, looked_at=now)
        record(
            kind="peak.looked_at",
            subject="assessment",
            subject_id=locked.pk,
            jurisdiction_id=jurisdiction.pk,
            actor_id=by.pk,
            now=now,
            facts={"number": locked.number},
        )
    return look
