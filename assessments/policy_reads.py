"""Named queries about policies: their versions, the one in force, and changes that were proposed."""

import datetime as dt

from django.db.models import QuerySet

from assessments.models import PolicyProposal, PolicyVersion
from lastvote import clock
from stakeholders.models import Jurisdiction


def policies_of(jurisdiction: Jurisdiction) -> QuerySet[PolicyVersion]:
    """Every version, newest first."""
    return jurisdiction.policies.select_related("proposed_by", "adopted_by", "jurisdiction").order_by("-number")


def newest_policy(jurisdiction: Jurisdiction) -> PolicyVersion | None:
    """Return the newest version, even if its day has not come; the next change rests on it."""
    return policies_of(jurisdiction).first()


def policy_proposals_of(jurisdiction: Jurisdiction) -> QuerySet[PolicyProposal]:
    """Every change of the policy that was proposed, newest first."""
    people = ("proposed_by", "decided_by", "base__jurisdiction", "version", "jurisdiction")
    return jurisdiction.policy_proposals.select_related(*people).order_by("-proposed_at", "-pk")


def waiting_policy(jurisdiction: Jurisdiction, now: dt.datetime) -> PolicyProposal | None:
    """Return the change that waits for a second person: undecided, on the newest version, its day still to come."""
    found = policy_proposals_of(jurisdiction).filter(
        decided_at=None, effective_from__gt=clock.local_date(now, jurisdiction.zone)
    )
    newest = newest_policy(jurisdiction)
    return found.filter(base=newest).first() if newest else None


def policy_in_force(jurisdiction: Jurisdiction, day: dt.date) -> PolicyVersion | None:
    """Return the newest version in force on ``day``."""
    return policies_of(jurisdiction).filter(effective_from__lte=day).first()
