"""Who takes part: jurisdictions, accounts, people, groups, memberships and roles."""

import datetime as dt
import zoneinfo
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lastvote.access import Role
from lastvote.clock import now
from lastvote.texts import words_of
from stakeholders.states import RESERVED_SLUGS, NoticePace, PositionMode, RoleScope

SLUG = RegexValidator(r"\A[a-z][a-z0-9-]{3,39}\Z", _("Use 4 to 40 small letters, digits and hyphens."))


class Jurisdiction(models.Model):
    """One town, agency or parliament, with its own people, policy and pages."""

    code = models.CharField(max_length=8, unique=True)
    slug = models.CharField(max_length=40, unique=True, validators=[SLUG])
    name = models.JSONField()
    purpose = models.JSONField()
    timezone = models.CharField(max_length=64, default="UTC")
    languages = models.JSONField(default=list)
    roadmap_start = models.DateField()
    contact_email = models.EmailField()
    synthetic = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(slug__in=RESERVED_SLUGS), name="jurisdiction_slug_not_reserved"),
        ]

    def __str__(self) -> str:
        return words_of(self.name)

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The time zone in which deadlines are told."""
        return zoneinfo.ZoneInfo(self.timezone)


class AccountManager(BaseUserManager["Account"]):
    """Accounts are found by e-mail, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None) -> "Account":
        """Create an account; without a password it signs in by mailed code only."""
        account = self.model(email=self.normalize_email(email).lower())
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """A way to sign in. Global, and not a person: a person belongs to one jurisdiction."""

    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[AccountManager] = AccountManager()

    def __str__(self) -> str:
        return self.email


class Person(models.Model):
    """A human in one jurisdiction. The row can be erased; nothing that counts points here.

    ``private_subjects`` keeps out of the subject of their mail what it is about.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="people")
    account = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, related_name="people")
    name = models.CharField(max_length=120)
    private_subjects = models.BooleanField(default=False)
    synthetic = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["jurisdiction", "account"], name="person_once_per_jurisdiction"),
        ]

    def __str__(self) -> str:
        return self.name


class Group(models.Model):
    """A stakeholder group. Groups are data: their number, order and names belong to the jurisdiction."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="groups")
    code = models.CharField(max_length=16)
    position_order = models.PositiveSmallIntegerField()
    name = models.JSONField()
    description = models.JSONField()
    label = models.CharField(max_length=2)
    slot = models.PositiveSmallIntegerField()
    is_affected = models.BooleanField(default=False)
    is_civil_society = models.BooleanField(default=False)
    is_deployer_side = models.BooleanField(default=False)
    position_mode = models.CharField(max_length=8, choices=PositionMode, default=PositionMode.MEAN)
    min_size = models.PositiveSmallIntegerField(default=5)

    class Meta:
        ordering: ClassVar = ["jurisdiction", "position_order"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["jurisdiction", "code"], name="group_code_once"),
            models.UniqueConstraint(fields=["jurisdiction", "position_order"], name="group_order_once"),
            models.UniqueConstraint(fields=["jurisdiction", "label"], name="group_label_once"),
            models.UniqueConstraint(fields=["jurisdiction", "slot"], name="group_slot_once"),
            models.CheckConstraint(condition=Q(min_size__gte=1), name="group_min_size"),
        ]

    def __str__(self) -> str:
        return words_of(self.name)


class Membership(models.Model):
    """A person answers for a group from one day until another."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    group = models.ForeignKey(Group, models.PROTECT, related_name="memberships")
    mandate = models.TextField(blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(valid_until__isnull=True),
                name="membership_one_open_per_person",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="membership_ends_after_start",
            ),
        ]


class Community(models.Model):
    """A registered community within a group, such as the tenants of one estate. Two people stand behind it."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="communities")
    code = models.CharField(max_length=16)
    name = models.JSONField()
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["group", "registered_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["group", "code"], name="community_code_once"),
            models.CheckConstraint(condition=~Q(proposed_by=F("confirmed_by")), name="community_two_people"),
        ]

    def __str__(self) -> str:
        return words_of(self.name)


class CommunityMembership(models.Model):
    """A person belongs to a community from one day until another, and to one at a time.

    ``added_at`` says when this was written down: who is added later does not count in rounds that were open before.
    """

    community = models.ForeignKey(Community, models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, models.CASCADE, related_name="community_memberships")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    added_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(valid_until__isnull=True), name="community_one_open_per_person"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="community_membership_ends_after_start",
            ),
        ]


class RoleGrant(models.Model):
    """A role given to a person, by two people, for a time and a scope."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="role_grants")
    role = models.CharField(max_length=16, choices=[(role.value, role.value) for role in Role])
    scope = models.CharField(max_length=16, choices=RoleScope, default=RoleScope.JURISDICTION)
    scope_id = models.BigIntegerField(null=True, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    proposed_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    confirmed_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(scope=RoleScope.JURISDICTION, scope_id__isnull=True)
                | (~Q(scope=RoleScope.JURISDICTION) & Q(scope_id__isnull=False)),
                name="role_scope_names_its_object",
            ),
            models.CheckConstraint(
                condition=Q(proposed_by__isnull=True)
                | Q(confirmed_by__isnull=True)
                | ~Q(proposed_by=F("confirmed_by")),
                name="role_two_people",
            ),
        ]

    def holds_on(self, day: dt.date) -> bool:
        """Whether the role is in force on ``day``."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


class AccessToken(models.Model):
    """A key with which a program acts for a person. Only its hash is kept; whoever holds the token is the person.

    ``handle`` names the row in addresses. ``case_reference`` empty means every case of the jurisdiction.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="tokens")
    handle = models.CharField(max_length=16, unique=True)
    digest = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=80)
    scopes = models.JSONField(default=list)
    case_reference = models.CharField(max_length=20, blank=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["person", "-made_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "name"], condition=Q(revoked_at__isnull=True), name="token_name_once_per_person"
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="token_expires_after_it_is_made"),
        ]

    def __str__(self) -> str:
        return self.name


class ToldStep(models.Model):
    """A step that people were told of, or soon will be: a kind of notice, and what it is about. One step tells once."""

    kind = models.CharField(max_length=24)
    subject_id = models.BigIntegerField()
    told_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "subject_id"], name="step_told_once"),
        ]


class Notice(models.Model):
    """One thing that one person is told. It goes with the person; ``mailed_at`` is empty if no mail went out.

    It holds no words: what it says is worked out when it is sent. ``in_digest`` while it waits for the daily mail.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=24)
    subject_id = models.BigIntegerField()
    created_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True)
    in_digest = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "kind", "subject_id"], name="notice_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["kind", "subject_id"], name="notice_of_step"),
            models.Index(fields=["person", "-created_at", "-id"], name="notice_newest_first"),
            models.Index(fields=["person"], condition=Q(in_digest=True), name="notice_waits_for_digest"),
        ]


class Digest(models.Model):
    """The daily mail of one person, at most one for a local day; ``sent_at`` is empty if nothing went out."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="digests")
    day = models.DateField()
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "day"], name="digest_once_a_day"),
        ]


class PaceChoice(models.Model):
    """When a person wants mail of one kind that they need not act on. Without a row: at once."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="pace_choices")
    kind = models.CharField(max_length=24)
    pace = models.CharField(max_length=8, choices=NoticePace)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "kind"], name="pace_once_per_kind"),
        ]
