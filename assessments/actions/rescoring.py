"""Scoring a case anew: a new assessment takes the place of an earlier one, and whoever answered then is told."""

import datetime as dt

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from assessments.models import Assessment, Incident, Submission
from lastvote.errors import Refused
from lastvote.jobs.outbox import enqueue_together

MAIL = "mail.rescored"
"""Kind of the work owed; its subject is the last thing that a person sent on the earlier assessment."""


def check_rescoring(earlier: Assessment, *, incident: Incident, scheme: str, reason: str) -> None:
    """Refuse to take the place of another case's assessment, of another scheme's or of one that is replaced already.

    Refuses without a reason, too: a score never changes quietly.
    """
    if earlier.incident_id != incident.pk or earlier.scheme != scheme:
        raise Refused("other_assessment", _("A case is rated again under the same scheme as before."))
    if Assessment.objects.filter(supersedes=earlier).exists():
        raise Refused("already_superseded", _("Another assessment has taken the place of this one."), status=409)
    if not reason.strip():
        sentence = _("Say why the case is rated again")
        raise Refused("reason_required", sentence, fields={"rescored_because": [sentence]})


def owe_news(assessment: Assessment, now: dt.datetime) -> None:
    """Owe a message to everybody who sent something on the assessment that this one replaces; each person once."""
    if assessment.supersedes_id is None:
        return
    sent = Submission.objects.filter(assessment=assessment.supersedes_id, roll_entry__person__isnull=False)
    newest = sent.values("roll_entry__person").annotate(newest=Max("pk")).values_list("newest", flat=True)
    enqueue_together(work=[(MAIL, submission) for submission in newest.order_by("newest")], now=now)
