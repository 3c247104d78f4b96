"""Two versions of the same thing side by side: what stands now, and what the person has just typed."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from lastvote.audit.models import AuditEvent
from stakeholders.models import Person


@dataclass(frozen=True)
class Difference:
    """One field in both versions."""

    label: Any
    theirs: str
    yours: str


@dataclass(frozen=True)
class Conflict:
    """Who changed it meanwhile, when, and where the versions differ. ``name`` is empty for an erased person."""

    name: str
    at: dt.datetime | None
    differences: tuple[Difference, ...]


def conflict_of(form: forms.Form, shown: Mapping[str, Any], subject: str, subject_id: int, **of_event: Any) -> Conflict:
    """Lay the stored row beside the form, field by field; ``of_event`` tells the change from other events."""
    events = AuditEvent.objects.filter(subject=subject, subject_id=subject_id, **of_event)
    event = events.order_by("-pk").first()
    person = Person.objects.filter(pk=event.actor_id).first() if event and event.actor_id else None
    differing = [
        (field, _words(field, shown.get(field.name)), _words(field, field.data)) for field in form.visible_fields()
    ]
    found = tuple(Difference(field.label, theirs, yours) for field, theirs, yours in differing if theirs != yours)
    return Conflict(person.name if person else "", event.at if event else None, found)


def _words(field: forms.BoundField, value: Any) -> str:
    """Return what people read of a value: the label of a choice, a comma between several, yes or no as ticked."""
    named = {str(code): str(label) for code, label in getattr(field.field, "choices", ())}
    if isinstance(value, (list, tuple)):
        return ", ".join(sorted(named.get(str(one), str(one)) for one in value))
    if isinstance(field.field, forms.BooleanField):
        return "✓" if value and value != "False" else ""
    plain = "" if value is None else str(value)
    return named.get(plain, plain).replace("\r\n", "\n").strip()
