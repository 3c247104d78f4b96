"""Enums and allowed transitions of the assessments app. A leaf: no models here."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class IncidentKind(TextChoices):
    """Whether harm happened, could happen, happened again in another form, or did not happen at all.

    A control is a past case without harm: only beside it can a test on past failures show false alarms.
    """

    INCIDENT = "incident", _("Incident")
    HAZARD = "hazard", _("Hazard")
    VARIANT = "variant", _("Variant")
    CONTROL = "control", _("Control, nothing went wrong")


class MergeAct(TextChoices):
    """Whether two cases are told to be one, or to be two after all."""

    MERGED = "merged", _("Merged")
    SEPARATED = "separated", _("Separated")


class SchemeName(TextChoices):
    """What a rating is made of."""

    CLASSIC = "classic", _("Four factors")
    TAXONOMY = "taxonomy", _("Seven kinds of risk")


class AggregatorName(TextChoices):
    """How ratings and weights become a score."""

    LINEAR = "linear", _("Adding-up method")
    TEMPERED = "tempered", _("Compounding method, tempered")


class EvidenceKind(TextChoices):
    """What a row of evidence is for."""

    EVIDENCE = "evidence", _("Evidence")
    LATER_EVIDENCE = "later_evidence", _("Reported later")
    STAKEHOLDER_VIEW = "stakeholder_view", _("A view of people concerned")
    OUTCOME = "outcome", _("What happened afterwards")


class Visibility(TextChoices):
    """Who may read a row of evidence."""

    PUBLIC = "public", _("Public")
    RESTRICTED = "restricted", _("Withheld")


class RoundState(TextChoices):
    """Where a weight round is."""

    DRAFT = "draft", _("Being prepared")
    ANNOUNCED = "announced", _("Announced")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed, being counted")
    PUBLISHED = "published", _("Published")
    VOID = "void", _("Void")


ROUND_TRANSITIONS: dict[RoundState, frozenset[RoundState]] = {
    RoundState.DRAFT: frozenset({RoundState.ANNOUNCED}),
    RoundState.ANNOUNCED: frozenset({RoundState.OPEN, RoundState.VOID}),
    RoundState.OPEN: frozenset({RoundState.CLOSED, RoundState.VOID}),
    RoundState.CLOSED: frozenset({RoundState.PUBLISHED, RoundState.VOID}),
    RoundState.PUBLISHED: frozenset(),
    RoundState.VOID: frozenset(),
}


class RoundVerb(TextChoices):
    """Acts on a round that take two people."""

    ANNOUNCE = "announce", _("Announce")
    CLOSE_EARLY = "close_early", _("Close early")


class SubmissionKind(TextChoices):
    """An answer, one that silence carried over from the round before, or taking one back."""

    ANSWER = "answer", _("Answer")
    CARRIED = "carried", _("Carried over")
    WITHDRAWAL = "withdrawal", _("Withdrawal")


class ChangeReason(TextChoices):
    """Why somebody answers otherwise than in the round before."""

    EVIDENCE = "evidence", _("New evidence")
    READ = "read", _("A reason I read")
    MISTAKE = "mistake", _("I made a mistake")
    AGREE = "agree", _("To help us agree, though my own view is the same")
    OTHER = "other", _("Something else")


class AnswerMethod(TextChoices):
    """How a person came to their weights."""

    COMPARE = "compare", _("Pick the one, then compare")
    EQUAL = "equal", _("They all matter the same")
    POINTS = "points", _("Points")
    RANK = "rank", _("Rank")
    WEIGHTS = "weights", _("Weights")


class Channel(TextChoices):
    """Who put an answer into the form: the person, or a helper from a sheet of paper."""

    SELF = "self", _("By the person")
    PAPER = "paper", _("On paper, with help")


class SheetState(TextChoices):
    """Where a sheet of paper is. What was typed is there in one state alone, and nobody but the person reads it."""

    PRINTED = "printed", _("Printed")
    TYPED = "typed", _("Typed, to be confirmed")
    CONFIRMED = "confirmed", _("Confirmed")
    VOID = "void", _("Void")
    EXPIRED = "expired", _("Not confirmed before the close")


class ComputationKind(TextChoices):
    """What a long computation works out."""

    TRAINING = "training", _("Training of the learned score")
    IMPORT = "import", _("Cases from a file")
    PANEL = "panel", _("What would change a score, the long part")
    LOOK_OUT = "look_out", _("Report on possible manipulation of a round")


class ComputationState(TextChoices):
    """Where a long computation is."""

    WAITING = "waiting", _("Waiting for its first step")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    CANCELLED = "cancelled", _("Cancelled")
    FAILED = "failed", _("Failed")
