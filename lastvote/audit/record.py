"""Writing down what happened, in the transaction in which it happened."""

import datetime as dt
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from typing import Any

import rfc8785
from django.db import transaction

from lastvote.audit.models import AuditEvent, EventSalt

SALT_BYTES = 32


def record(
    *,
    kind: str,
    subject: str,
    subject_id: int,
    jurisdiction_id: int | None,
    actor_id: int | None,
    now: dt.datetime,
    acting_as: str = "",
    effective_at: dt.datetime | None = None,
    facts: dict[str, Any] | None = None,
    secret: dict[str, Any] | None = None,
    formula_version: str = "",
) -> AuditEvent:
    """Append an event with a salted commitment to all of it.

    ``facts`` are readable by everybody: ids and values before and after, never names or free text. ``secret`` enters
    the commitment only and is not stored here. Refuses to run outside a transaction: an act without its event, or an
    event without its act, must be impossible.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("An event is recorded inside the transaction of its act.")
    salt = secrets.token_bytes(SALT_BYTES)
    event = AuditEvent.objects.create(
        kind=kind,
        subject=subject,
        subject_id=subject_id,
        jurisdiction_id=jurisdiction_id,
        actor_id=actor_id,
        acting_as=acting_as,
        at=now,
        effective_at=effective_at or now,
        facts=facts or {},
        formula_version=formula_version,
        commitment=commitment(
            salt, kind=kind, subject=subject, subject_id=subject_id, at=now, facts=facts or {}, secret=secret
        ),
    )
    EventSalt.objects.create(event=event, salt=salt)
    return event


def record_together(
    *,
    kind: str,
    subject: str,
    acts: Sequence[tuple[int, dict[str, Any]]],
    jurisdiction_id: int,
    actor_id: int,
    acting_as: str,
    now: dt.datetime,
) -> None:
    """Append one event for each act, given as (subject id, facts), as ``record`` does, in few statements."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("An event is recorded inside the transaction of its act.")
    salts = [secrets.token_bytes(SALT_BYTES) for _act in acts]
    events = AuditEvent.objects.bulk_create(
        AuditEvent(
            kind=kind,
            subject=subject,
            subject_id=subject_id,
            jurisdiction_id=jurisdiction_id,
            actor_id=actor_id,
            acting_as=acting_as,
            at=now,
            effective_at=now,
            facts=facts,
            commitment=commitment(
                salt, kind=kind, subject=subject, subject_id=subject_id, at=now, facts=facts, secret=None
            ),
        )
        for salt, (subject_id, facts) in zip(salts, acts, strict=True)
    )
    EventSalt.objects.bulk_create(EventSalt(event=event, salt=salt) for event, salt in zip(events, salts, strict=True))


def commitment(
    salt: bytes,
    *,
    kind: str,
    subject: str,
    subject_id: int,
    at: dt.datetime,
    facts: dict[str, Any],
    secret: dict[str, Any] | None,
) -> str:
    """Return the SHA-256 of the salt and the canonical JSON of what is committed to."""
    content: Any = {
        "kind": kind,
        "subject": subject,
        "subject_id": subject_id,
        "at": at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        "facts": facts,
        "secret": secret,
    }
    return hashlib.sha256(salt + rfc8785.dumps(content)).hexdigest()


def verifies(event: AuditEvent, *, secret: dict[str, Any] | None = None) -> bool:
    """Say whether ``event`` and ``secret`` are what was committed to. Without its salt nothing verifies."""
    salt = EventSalt.objects.filter(event=event).first()
    if salt is None:
        return False
    expected = commitment(
        bytes(salt.salt),
        kind=event.kind,
        subject=event.subject,
        subject_id=event.subject_id,
        at=event.at,
        facts=event.facts,
        secret=secret,
    )
    return hmac.compare_digest(expected, event.commitment)
