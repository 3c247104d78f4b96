"""The one event table. Append-only, guarded by the database; no foreign keys, names or free text."""

from typing import ClassVar

from django.db import models


class AuditEvent(models.Model):
    """Something happened that people may later argue about."""

    jurisdiction_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    effective_at = models.DateTimeField()
    kind = models.CharField(max_length=64)
    subject = models.CharField(max_length=32)
    subject_id = models.BigIntegerField()
    actor_id = models.BigIntegerField(null=True)
    acting_as = models.CharField(max_length=16, blank=True)
    facts = models.JSONField(default=dict)
    formula_version = models.CharField(max_length=8, blank=True)
    commitment = models.CharField(max_length=64)
    position = models.BigIntegerField(null=True, unique=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["subject", "subject_id", "id"], name="event_by_subject"),
            models.Index(fields=["jurisdiction_id", "at"], name="event_by_jurisdiction"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject} {self.subject_id}"


class EventSalt(models.Model):
    """The salt of an event's commitment. Deleting the row makes the commitment unreadable, not wrong."""

    event = models.OneToOneField(
        AuditEvent, models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="salt"
    )
    salt = models.BinaryField(max_length=32)
