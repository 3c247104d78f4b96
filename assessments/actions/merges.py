"""Two cases that are one: the one that goes leads to the one that is kept, and nothing of either is lost.

One person does this, unlike refusing a case: a merge refuses nothing, is public with its reason, and can be undone.
"""

import datetime as dt

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from assessments import reads
from assessments.actions.written_words import check_words
from assessments.models import Assessment, Incident, IncidentMerge, Rating, Submission
from assessments.proceedings import check_may_lead_elsewhere, check_nothing_goes_on
from assessments.states import MergeAct
from lastvote.access import Permission
from lastvote.audit.record import record
from lastvote.errors import Refused
from lastvote.jobs.outbox import enqueue_together
from lastvote.transactions import locking
from stakeholders.models import Person
from stakeholders.rules import require

LONGEST_REASON = 1_500
MAIL_TO_ANSWERED, MAIL_TO_RATED = "mail.merged", "mail.merged_rated"
"""Kinds of the work owed; the subject is the last thing that a person sent on the case: an answer, or a rating."""


def merge_incident(*, incident: Incident, into: Incident, reason: str, by: Person, now: dt.datetime) -> IncidentMerge:
    """Let ``incident`` lead to ``into``, whose page shows both from here on. Doing the same again changes nothing.

    Refuses the case itself and one of another place, a case that was merged or took others in (so there are no
    chains and no loops), a past case beside one of today, and while ``incident`` is rated, or a round runs on it or is
    not judged. A case in which the most protective view holds does not go either; another one can be merged into it.
    Records ``incident.merged`` and ``incident.took_in``; whoever answered or rated gets one message.
    """
    _check_may(incident, reason, by, now)
    if into.pk == incident.pk:
        raise Refused("same_case", _("A case cannot be merged into itself. Choose another one."))
    if into.jurisdiction_id != incident.jurisdiction_id:
        raise Refused("unknown_case", _("This case is not on the list of this jurisdiction."))
    with locking():
        gone, kept = _lock(incident, into)
        if gone.merged_into_id == kept.pk:
            return gone.merges.latest("pk")
        _check_ends(gone, kept)
        _check_nothing_runs(gone, now)
        gone.merged_into = kept
        gone.save(update_fields=["merged_into"])
        return _done(MergeAct.MERGED, gone, kept, reason, by=by, now=now)


def separate_incident(*, incident: Incident, reason: str, by: Person, now: dt.datetime) -> IncidentMerge:
    """Say that a merged case is another one after all: it stands alone again, with everything it had.

    Refuses a case that is not merged. Records ``incident.separated`` for both; whoever answered or rated gets one
    message.
    """
    _check_may(incident, reason, by, now)
    with locking():
        gone = Incident.objects.select_for_update(of=("self",)).select_related("merged_into").get(pk=incident.pk)
        kept = gone.merged_into
        if kept is None:
            raise Refused("not_merged", _("This case is not merged into another one."), status=409)
        gone.merged_into = None
        gone.save(update_fields=["merged_into"])
        return _done(MergeAct.SEPARATED, gone, kept, reason, by=by, now=now)


def check_stands_alone(incident_id: int) -> None:
    """Refuse new work on a case that was merged; ask with its row, or its assessment's, locked."""
    kept = Incident.objects.filter(merged__pk=incident_id).first()
    if kept is not None:
        sentence = _("This case was merged into %(reference)s. Go on there.") % {"reference": kept.reference}
        raise Refused("case_merged", sentence, status=409, details={"kept": kept.reference})


def _check_may(incident: Incident, reason: str, by: Person, now: dt.datetime) -> None:
    require(by, Permission.MANAGE_INCIDENTS, on=now.astimezone(incident.jurisdiction.zone).date())
    check_words(reason, field="reason", longest=LONGEST_REASON)


def _lock(*incidents: Incident) -> list[Incident]:
    """Lock the rows in one order, whichever way round they are merged, so that two people never wait for each other."""
    wanted = [incident.pk for incident in incidents]
    rows = Incident.objects.select_for_update().filter(pk__in=wanted).order_by("pk")
    found = {row.pk: row for row in rows}
    return [found[pk] for pk in wanted]


def _check_ends(gone: Incident, kept: Incident) -> None:
    if gone.merged_into_id is not None:
        raise Refused("already_merged", _("This case was merged into another one already."), status=409)
    check_stands_alone(kept.pk)
    if gone.merged.exists():
        sentence = _("Other cases were merged into this one. Merge the other way round, or separate those first.")
        raise Refused("took_others_in", sentence, status=409)
    if gone.retrospective != kept.retrospective:
        raise Refused("past_and_present", _("A test on a past case and a case of today stay apart."))


def _check_nothing_runs(gone: Incident, now: dt.datetime) -> None:
    assessments = list(Assessment.objects.select_for_update().filter(incident=gone).order_by("pk"))
    if any(one.ratings_frozen_at is None for one in assessments):
        raise Refused("already_being_rated", _("This case is being rated. Fix these ratings first."), status=409)
    if any(reads.running_round(one) for one in assessments):
        sentence = _("A round is running on this case. It can be merged after the result.")
        raise Refused("round_running", sentence, status=409)
    for one in assessments:
        check_nothing_goes_on(one, now)
        check_may_lead_elsewhere(one)


def _done(act: MergeAct, gone: Incident, kept: Incident, reason: str, *, by: Person, now: dt.datetime) -> IncidentMerge:
    row = IncidentMerge.objects.create(
        incident=gone, kept=kept, act=act, reason=reason.strip(), done_by=by, done_at=now
    )
    taken = "incident.took_in" if act == MergeAct.MERGED else "incident.separated"
    for kind, subject in ((f"incident.{act.value}", gone), (taken, kept)):
        record(
            kind=kind,
            subject="incident",
            subject_id=subject.pk,
            jurisdiction_id=subject.jurisdiction_id,
            actor_id=by.pk,
            acting_as="secretariat",
            now=now,
            facts={"reference": gone.reference, "kept": kept.reference},
        )
    _owe_news(gone, now)
    return row


def _owe_news(gone: Incident, now: dt.datetime) -> None:
    """Owe a message to everybody who answered or rated the case that goes or comes back; each person once."""
    sent = Submission.objects.filter(assessment__incident=gone, roll_entry__person__isnull=False)
    answers = sent.values("roll_entry__person").annotate(newest=Max("pk")).values_list("roll_entry__person", "newest")
    handed_in = Rating.objects.filter(assessment__incident=gone)
    rated = handed_in.values("evaluator").annotate(newest=Max("pk")).values_list("evaluator", "newest")
    told = dict(answers)
    work = [(MAIL_TO_ANSWERED, newest) for newest in told.values()]
    work += [(MAIL_TO_RATED, newest) for person, newest in rated if person not in told]
    enqueue_together(work=sorted(work), now=now)
