"""What waits for one person in ratings, rounds and policies."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from assessments import rating_reads, reads
from assessments.models import Incident, RollEntry, RoundProposal
from assessments.states import RoundState, SubmissionKind
from lastvote.access import Permission
from lastvote.texts import words_of
from stakeholders.models import Person
from stakeholders.needs_action import Waiting
from stakeholders.rules import permissions_for


def waiting_for(person: Person, now: dt.datetime) -> list[Waiting]:
    """Return the rounds to answer, the cases to rate and sign off, and the proposals to confirm."""
    today = now.astimezone(person.jurisdiction.zone).date()
    return [*_to_answer(person, now), *_to_rate(person, today), *_to_confirm(person, now, today)]


def on_case(incident: Incident, words: str, page: str, *more: object, until: dt.datetime | None = None) -> Waiting:
    """Return something to do on a page of a case."""
    url = reverse(page, args=[incident.jurisdiction.slug, incident.reference, *more])
    return Waiting(words, f"{words_of(incident.title)} ({incident.reference})", url, until)


def _to_answer(person: Person, now: dt.datetime) -> list[Waiting]:
    places = (
        RollEntry.objects.filter(
            person=person, round__state=RoundState.OPEN, round__opens_at__lte=now, round__closes_at__gt=now
        )
        .exclude(current__submission__kind=SubmissionKind.ANSWER)
        .select_related("round__assessment__incident__jurisdiction")
        .order_by("round__closes_at", "pk")
    )
    return [
        on_case(
            place.round.assessment.incident,
            _("Answer the questions") if place.round.carried_from_id is None else _("Keep or change your answers"),
            "weigh", until=place.round.closes_at,
        )
        for place in places
    ]  # fmt: skip


def _to_rate(person: Person, today: dt.date) -> list[Waiting]:
    if not rating_reads.rates_somewhere(person, today):
        return []
    work = (
        (_("Rate this case"), "rating", rating_reads.waiting_for_rating(person, today)),
        (_("Sign off ratings"), "rating_sign_off", rating_reads.waiting_for_sign_off(person, today)),
    )
    return [on_case(one.incident, words, page, one.number) for words, page, rows in work for one in rows]


def _to_confirm(person: Person, now: dt.datetime, today: dt.date) -> list[Waiting]:
    """Return what a second person has to confirm; nobody confirms what they proposed."""
    may = permissions_for(person, on=today)
    found = []
    if Permission.CONFIRM_ROUND in may:
        rows = RoundProposal.objects.filter(
            confirmed_at__isnull=True, expires_at__gt=now, round__assessment__incident__jurisdiction=person.jurisdiction
        ).exclude(proposed_by=person)
        for row in rows.select_related("round__assessment__incident__jurisdiction").order_by("expires_at", "pk"):
            incident = row.round.assessment.incident
            found.append(on_case(incident, _("Confirm what was proposed"), "desk_confirm", until=row.expires_at))
    proposal = reads.waiting_policy(person.jurisdiction, now) if Permission.CONFIRM_POLICY in may else None
    if proposal is not None and proposal.proposed_by_id != person.pk:
        url = reverse("desk_policy_decide", args=[person.jurisdiction.slug])
        found.append(Waiting(_("Decide on a change of the policy"), "", url))
    return found
