"""Enums of the deliberation app. A leaf: no models here."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CaseStage(TextChoices):
    """How far a case has come, told from its newest assessment and that assessment's newest round."""

    RECEIVED = "received", _("Received")
    RATING = "rating", _("Being rated")
    RATED = "rated", _("Rated")
    ANNOUNCED = "announced", _("Round announced")
    WEIGHING = "weighing", _("Open for answers")
    COUNTING = "counting", _("Being counted")
    SCORED = "scored", _("Score published")


class CaseOrder(TextChoices):
    """Orders of the case list."""

    NEWEST = "newest", _("Newest first")
    OLDEST = "oldest", _("Oldest first")
    CLOSING = "closing", _("Closing soonest")
