"""Enums of the stakeholders app. A leaf: no models here."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from lastvote.access import Role

RESERVED_SLUGS = (
    "sign-in", "sign-out", "sign-up", "static", "health", "healthz", "demo", "gallery", "admin", "api", "about",
    "accounts", "media", "robots", "favicon", "lastvote", "help", "contact", "privacy", "accessibility",
)  # fmt: skip
"""First path segments that belong to the site itself."""


class PositionMode(TextChoices):
    """How a group's position comes about."""

    MEAN = "mean", _("mean of its members' answers")
    DELEGATE = "delegate", _("adopted by its delegate")


class RoleScope(TextChoices):
    """What a role grant reaches."""

    JURISDICTION = "jurisdiction", _("the whole jurisdiction")
    ASSESSMENT = "assessment", _("one assessment")
    CASE = "case", _("one case")


class NoticePace(TextChoices):
    """When somebody wants to hear by mail of what they need not act on."""

    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Together, once a day")
    OFF = "off", _("Not by email")


_JUDGES = (Role.COMMITTEE, Role.CHAIR, Role.SECRETARIAT, Role.EVALUATOR, Role.SUPERVISOR)
INCOMPATIBLE_ROLES: dict[Role, frozenset[Role]] = {
    Role.DEPLOYER: frozenset({*_JUDGES, Role.HELPER}),
    **dict.fromkeys(_JUDGES, frozenset({Role.DEPLOYER, Role.HELPER})),
    Role.HELPER: frozenset({*_JUDGES, Role.DEPLOYER, Role.DELEGATE}),
    Role.DELEGATE: frozenset({Role.HELPER}),
}
"""Who answers for a system does not judge it, nor run the case about it.

Who reads what people answered on paper does neither, and speaks for no group."""
