"""What waits for one person in ratings, rounds and policies."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from assessments import policy_reads, position_reads, rating_reads
from assessments.models import (
    AdoptedPosition,
    EvaluatorAppointment,
    Incident,
    PaperSheet,
    RollEntry,
    RoundProposal,
    WeightRound,
)
from assessments.states import RoundState, SheetState, SubmissionKind
from lastvote.access import Permission
from lastvote.texts import words_of
from stakeholders.needs_action import Asker, Waiting

TO_JURISDICTION = "assessment__incident__jurisdiction"


def waiting_for(who: Asker) -> list[Waiting]:
    """Return rounds to answer, sheets to say yes to, positions to adopt, cases to rate, and what is to be confirmed."""
    return [*_to_answer(who), *_to_adopt(who), *_to_rate(who), *_to_confirm(who), *_to_decide(who)]


def on_case(incident: Incident, words: str, page: str, *more: object, until: dt.datetime | None = None) -> Waiting:
    """Return something to do on a page of a case."""
    url = reverse(page, args=[incident.jurisdiction.slug, incident.reference, *more])
    return Waiting(words, case_of(incident), url, until)


def _to_answer(who: Asker) -> list[Waiting]:
    """Return open rounds without an answer, and those in which a helper has typed a sheet that waits for a yes."""
    typed = PaperSheet.objects.filter(roll_entry=OuterRef("pk"), state=SheetState.TYPED)
    places = (
        RollEntry.objects.filter(
            person=who.person,
            round__state=RoundState.OPEN,
            round__opens_at__lte=who.now,
            round__closes_at__gt=who.now,
        )
        .annotate(on_paper=Exists(typed))
        .filter(Q(on_paper=True) | ~Q(current__submission__kind=SubmissionKind.ANSWER))
        .select_related(f"round__{TO_JURISDICTION}")
        .order_by("round__closes_at", "pk")
    )
    return [_on_paper(place.round) if place.on_paper else _on_the_screen(place.round) for place in places]


def _on_the_screen(weight_round: WeightRound) -> Waiting:
    first = weight_round.carried_from_id is None
    words = _("Answer the questions") if first else _("Keep or change your answers")
    return on_case(weight_round.assessment.incident, words, "weigh", until=weight_round.closes_at)


def _on_paper(weight_round: WeightRound) -> Waiting:
    """Lead to where the code is asked for; it stands on the half of the sheet that the person kept."""
    incident = weight_round.assessment.incident
    url = reverse("paper_confirm", args=[incident.jurisdiction.slug])
    words = _("Confirm what was typed from your sheet of paper")
    return Waiting(words, case_of(incident), url, weight_round.closes_at)


def case_of(incident: Incident) -> str:
    """Return a case by its title and reference."""
    return f"{words_of(incident.title)} ({incident.reference})"


def _to_adopt(who: Asker) -> list[Waiting]:
    """Return the open rounds in which the person speaks for a group that has adopted no position there yet."""
    if not who.holds(Permission.ADOPT_POSITION):
        return []
    places = RollEntry.objects.filter(
        person=who.person, round__state=RoundState.OPEN, round__opens_at__lte=who.now, round__closes_at__gt=who.now
    ).select_related("group", f"round__{TO_JURISDICTION}")
    rows = list(places.order_by("round__closes_at", "pk"))
    adopted = set(
        AdoptedPosition.objects.filter(round__in=[row.round_id for row in rows]).values_list("round_id", "group_id")
    )
    words = _("Adopt a position for your group")
    return [
        on_case(row.round.assessment.incident, words, "position", until=row.round.closes_at)
        for row in rows
        if who.may(Permission.ADOPT_POSITION, row.round.assessment_id)
        and row.group.code in position_reads.groups_with_delegates(row.round)
        and (row.round_id, row.group_id) not in adopted
    ]


def _to_rate(who: Asker) -> list[Waiting]:
    if not who.holds(Permission.RATE):
        return []
    work = [(_("Rate this case"), "rating", rating_reads.waiting_for_rating(who.person, who.today))]
    if who.holds(Permission.SIGN_OFF_RATING):
        sign_off = rating_reads.waiting_for_sign_off(who.person, who.today)
        work.append((_("Sign off ratings"), "rating_sign_off", sign_off))
    return [on_case(one.incident, words, page, one.number) for words, page, rows in work for one in rows]


def _to_confirm(who: Asker) -> list[Waiting]:
    """Return what a second person has to confirm; nobody confirms what they proposed."""
    return [*_proposals_to_confirm(who), *_evaluators_to_confirm(who)]


def _proposals_to_confirm(who: Asker) -> list[Waiting]:
    if not who.may(Permission.CONFIRM_ROUND):
        return []
    rows = RoundProposal.objects.filter(
        confirmed_at__isnull=True, expires_at__gt=who.now,
        round__assessment__incident__jurisdiction=who.person.jurisdiction,
    ).exclude(proposed_by=who.person)  # fmt: skip
    rows = rows.exclude(round__state__in=[RoundState.CLOSED, RoundState.PUBLISHED, RoundState.VOID])
    words = _("Confirm what was proposed")
    return [
        on_case(row.round.assessment.incident, words, "desk_confirm", until=row.expires_at)
        for row in rows.select_related(f"round__{TO_JURISDICTION}").order_by("expires_at", "pk")
    ]


def _evaluators_to_confirm(who: Asker) -> list[Waiting]:
    if not who.may(Permission.GRANT_ROLE):
        return []
    proposed = EvaluatorAppointment.objects.filter(
        confirmed_at__isnull=True, assessment__ratings_frozen_at__isnull=True,
        assessment__incident__jurisdiction=who.person.jurisdiction,
    ).exclude(proposed_by=who.person).exclude(person=who.person)  # fmt: skip
    rows = proposed.select_related(TO_JURISDICTION).order_by("proposed_at", "pk")
    incidents = {row.assessment_id: row.assessment.incident for row in rows}
    return [on_case(one, _("Confirm who is to rate"), "desk_ratings") for one in incidents.values()]


def _to_decide(who: Asker) -> list[Waiting]:
    proposal = (
        policy_reads.waiting_policy(who.person.jurisdiction, who.now) if who.may(Permission.CONFIRM_POLICY) else None
    )
    if proposal is None or proposal.proposed_by_id == who.person.pk:
        return []
    url = reverse("desk_policy_decide", args=[who.person.jurisdiction.slug])
    return [Waiting(_("Decide on a change of the policy"), "", url)]
