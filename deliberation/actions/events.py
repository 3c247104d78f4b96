"""Recording what happens to a case, for every action of this app alike."""

import datetime as dt
from typing import Any

from deliberation.models import Case
from lastvote.audit.models import AuditEvent
from lastvote.audit.record import record
from stakeholders.models import Person

SYSTEM = "system"


def record_on_case(
    kind: str,
    case: Case,
    now: dt.datetime,
    *,
    by: Person | None = None,
    acting_as: str = SYSTEM,
    effective_at: dt.datetime | None = None,
    facts: dict[str, Any] | None = None,
) -> AuditEvent:
    """Append an event about a case; without a person the system acted, by the protocol."""
    return record(
        kind=kind,
        subject="case",
        subject_id=case.pk,
        jurisdiction_id=case.assessment.incident.jurisdiction_id,
        actor_id=by.pk if by else None,
        acting_as=acting_as,
        now=now,
        effective_at=effective_at,
        facts={"revision": case.revision, **(facts or {})},
    )
