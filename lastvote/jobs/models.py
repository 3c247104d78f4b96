"""What is still to be done, what has been done once, and who is there to do it."""

from typing import ClassVar

from django.db import models

from lastvote.clock import now


class OutboxItem(models.Model):
    """Work that an accepted act owes. Written with the act; deleted only when the work is done."""

    kind = models.CharField(max_length=32)
    subject_id = models.BigIntegerField()
    payload = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=now)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(default=now)
    last_error = models.CharField(max_length=64, blank=True)
    dead_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["kind", "subject_id", "id"], name="outbox_by_subject"),
            models.Index(fields=["next_attempt_at"], name="outbox_due"),
        ]


class IdempotencyKey(models.Model):
    """An act that was sent with a key. The body is kept as a keyed hash and the outcome without content."""

    scope = models.CharField(max_length=64)
    key = models.CharField(max_length=128)
    body_hmac = models.CharField(max_length=64)
    outcome_id = models.BigIntegerField()
    created_at = models.DateTimeField(default=now)
    purge_after = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["scope", "key"], name="idempotency_key_once"),
        ]


class Heartbeat(models.Model):
    """The last sign of life of a worker, a beat or a sweeper."""

    name = models.CharField(max_length=128, primary_key=True)
    kind = models.CharField(max_length=16)
    seen_at = models.DateTimeField()
    counters = models.JSONField(default=dict)
