"""Whether scores keep up with what was accepted; asked with the other questions about the site's health."""

import datetime as dt

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from assessments.models import Assessment
from lastvote.jobs.health import TOO_LONG, Check
from lastvote.jobs.models import OutboxItem


def check_scores(now: dt.datetime) -> Check:
    """Look for scores that lag behind and whose work is not a fresh one."""
    recent = now - dt.timedelta(seconds=TOO_LONG)
    fresh = OutboxItem.objects.filter(kind="recompute", dead_at__isnull=True, created_at__gte=recent)
    # Without the oldest row an assessment with a stuck row and a fresh one would pass.
    stuck = OutboxItem.objects.filter(kind="recompute").exclude(pk__in=fresh.values("pk"))
    lagging = Assessment.objects.filter(scored_rev__lt=F("input_rev"))
    stale = lagging.filter(pk__in=stuck.values("subject_id")) | lagging.exclude(pk__in=fresh.values("subject_id"))
    if stale.exists():
        sentence = _("Some scores do not count every answer yet. Check that a worker runs, and read its log.")
        return Check("scores", ok=False, sentence=str(sentence))
    return Check("scores", ok=True, sentence=str(_("Every score counts all that was sent.")))
