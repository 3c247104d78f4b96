"""What the desk of a round of talks offers: exactly what would be accepted, by the rules of the acts themselves."""

import datetime as dt
from collections.abc import Sequence

from deliberation.actions.facilitating import takes_note
from deliberation.actions.sessions import takes_change, takes_minutes, takes_session
from deliberation.actions.timing import can_end_pause, can_stand_still, takes_more_days
from deliberation.models import DeliberationRound, Session
from deliberation.rules import rights_in_talks
from lastvote.access import Permission
from stakeholders.models import Person
from stakeholders.rules import permissions_for


def offered(
    one: DeliberationRound, sessions: Sequence[Session], person: Person | None, now: dt.datetime
) -> dict[str, bool]:
    """Return the acts that the person can do in a round of talks now, by name."""
    rights = rights_in_talks(person, one.case, now)
    today = now.astimezone(one.case.assessment.incident.jurisdiction.zone).date()
    leads = Permission.FACILITATE in rights
    may_keep = leads or Permission.PLAN_SESSION in rights
    return {
        "session": Permission.PLAN_SESSION in rights and takes_session(one, now),
        "change": may_keep and any(takes_change(session, now) for session in sessions),
        "more_days": Permission.EXTEND_ROUND in rights and takes_more_days(one, now),
        "pause": Permission.HOLD_UP_CLOCK in rights and can_stand_still(one, now),
        "end_pause": Permission.HOLD_UP_CLOCK in rights and can_end_pause(one, now),
        "outages": Permission.HOLD_UP_CLOCK in permissions_for(person, on=today),
        "reasons": leads,
        "minutes": leads and any(takes_minutes(session, now) for session in sessions),
        "note": leads and takes_note(one),
    }
