"""A group asks for a round of talks, as it may in a High case even where the answers do not differ much."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from assessments.models import Assessment
from assessments.reads import roll_entry_of
from deliberation.actions.cases import ADVANCE
from deliberation.actions.events import record_on_case
from deliberation.facts import asking_groups, facts_of, last_close
from deliberation.models import Case, RoundRequest
from deliberation.protocol import why_not_requested
from deliberation.states import CaseState, NotRequested
from lastvote.access import Role
from lastvote.errors import Refused
from lastvote.jobs.outbox import enqueue
from lastvote.transactions import locking
from stakeholders.models import Person
from stakeholders.reads import roles_of


def request_talks(*, case: Case, by: Person, now: dt.datetime) -> RoundRequest:
    """Ask for a round of talks for one's group. Its delegate may do so alone; otherwise five of its people together.

    Asking twice is asking once, and the round is convened as soon as a group has asked. Refuses people who are not on
    the roll (404), and a case in which none can be asked for (409 ``not_to_be_requested``).
    Records ``case.talks_requested``.
    """
    close = last_close(case)
    place = None if close is None else roll_entry_of(close[0], by)
    if place is None:
        raise Refused("not_on_roll", _("You do not take part in this case."), status=404)
    delegate = speaks_alone(case, by, now)
    with locking():
        Assessment.objects.select_for_update().get(pk=case.assessment_id)  # as rating again and merging do
        fresh = Case.objects.select_for_update(of=("self",)).select_related("assessment__incident").get(pk=case.pk)
        why_not = why_no_talks(fresh, now)
        if why_not is not None:
            raise Refused("not_to_be_requested", why_not.label, status=409, details={"why": why_not.value})
        request, made = RoundRequest.objects.get_or_create(
            case=fresh, after_rounds=fresh.rounds_ended, person=by,
            defaults={"group": place.group, "as_delegate": delegate, "requested_at": now},
        )  # fmt: skip
        if made:
            facts = {
                "group": place.group.code,
                "delegate": delegate,
                "enough": place.group.code in asking_groups(fresh),
            }
            record_on_case("case.talks_requested", fresh, now, acting_as="member", facts=facts)
            enqueue(kind=ADVANCE, subject_id=fresh.assessment_id, now=now)
    return request


def why_no_talks(case: Case, now: dt.datetime) -> NotRequested | None:
    """Return why no group can ask for a round in a case now; nothing if one can."""
    if case.assessment.incident.merged_into_id is not None:
        return NotRequested.MERGED
    if Assessment.objects.filter(supersedes=case.assessment_id).exists():
        return NotRequested.RATED_AGAIN
    why_not = why_not_requested(facts_of(case), now)
    if why_not is None and case.state != CaseState.AWAITING_DECISION:
        return NotRequested.JUDGING
    return why_not


def speaks_alone(case: Case, person: Person, now: dt.datetime) -> bool:
    """Whether somebody asks as the delegate of their group, so that nobody has to join in."""
    today = now.astimezone(case.assessment.incident.jurisdiction.zone).date()
    return Role.DELEGATE in roles_of(person, on=today, assessment_id=case.assessment_id)
