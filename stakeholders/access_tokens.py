"""Every write about access tokens, and the one way to find whose a token is."""

import datetime as dt
import hashlib
import secrets

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from lastvote.access import TokenScope
from lastvote.audit.record import record
from lastvote.errors import Refused
from lastvote.hidden_characters import without_hidden_characters
from lastvote.transactions import locking
from stakeholders.models import AccessToken, Person

PREFIX = "lv_"
SECRET_BYTES = 24
"""192 random bits: nobody guesses them, so a fast hash keeps them safe."""
HANDLE_BYTES = 8
LONGEST_NAME = 80
LONGEST_LIFE = dt.timedelta(days=365)
MOST = 20
"""Live tokens of one person. Whoever needs more has lost sight of them."""


def make_token(
    *, person: Person, name: str, scopes: frozenset[TokenScope], case_reference: str, days: int, now: dt.datetime
) -> tuple[AccessToken, str]:
    """Make a token; its text is returned here and never again.

    Refuses a name that is empty, too long or taken, no scope, a life that is not 1 to 365 days, and more than 20 live
    tokens. Records ``token.made``, without the name.
    """
    name = _checked_name(name)
    if not scopes:
        raise Refused("scope_required", _("Choose what the token may do."), fields={"scopes": [_("Choose one.")]})
    if not 1 <= days <= LONGEST_LIFE.days:
        sentence = _("A token lives for 1 to 365 days.")
        raise Refused("out_of_range", sentence, fields={"days": [sentence]})
    secret = PREFIX + secrets.token_urlsafe(SECRET_BYTES)
    token = AccessToken(
        person=person,
        handle=secrets.token_hex(HANDLE_BYTES),
        digest=digest_of(secret),
        name=name,
        scopes=sorted(scopes),
        case_reference=case_reference,
        made_at=now,
        expires_at=now + dt.timedelta(days=days),
    )
    try:
        with locking():
            _refuse_too_many(person, now)
            token.save(force_insert=True)
            _record("token.made", token, now)
    except IntegrityError as taken:
        sentence = _("You have a token of this name. Choose another name, or take that one back first.")
        raise Refused("name_taken", sentence, status=409, fields={"name": [sentence]}) from taken
    return token, secret


@transaction.atomic
def revoke_token(*, token: AccessToken, now: dt.datetime) -> AccessToken:
    """Take a token back at once; one that was taken back before stays so. Records ``token.revoked``."""
    token = AccessToken.objects.select_for_update().select_related("person").get(pk=token.pk)
    if token.revoked_at is None:
        token.revoked_at = now
        token.save(update_fields=["revoked_at"])
        _record("token.revoked", token, now)
    return token


def token_of(secret: str) -> AccessToken | None:
    """Return the token with this text, whatever its state."""
    found = AccessToken.objects.select_related("person__account", "person__jurisdiction")
    return found.filter(digest=digest_of(secret)).first()


def _refuse_too_many(person: Person, now: dt.datetime) -> None:
    Person.objects.select_for_update().get(pk=person.pk)
    if person.tokens.filter(revoked_at__isnull=True, expires_at__gt=now).count() >= MOST:
        raise Refused("too_many_tokens", _("You have 20 tokens. Take one back before you make another."), status=409)


def note_use(token: AccessToken, day: dt.date) -> None:
    """Keep the last day of use, written once a day."""
    if token.last_used_on != day:
        AccessToken.objects.filter(pk=token.pk).update(last_used_on=day)


def digest_of(secret: str) -> str:
    """Return what is stored of a token."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _checked_name(name: str) -> str:
    plain = without_hidden_characters(name)
    if not plain:
        sentence = _("Enter a name by which you will know this token.")
        raise Refused("blank", sentence, fields={"name": [sentence]})
    if len(plain) > LONGEST_NAME:
        sentence = _("This has %(found)s characters. Use %(most)s or fewer.")
        told = sentence % {"found": len(plain), "most": LONGEST_NAME}
        raise Refused("max_length", told, fields={"name": [told]})
    return plain


def _record(kind: str, token: AccessToken, now: dt.datetime) -> None:
    facts = {"scopes": token.scopes, "case": token.case_reference, "expires_at": token.expires_at.isoformat()}
    record(
        kind=kind,
        subject="person",
        subject_id=token.person_id,
        jurisdiction_id=token.person.jurisdiction_id,
        actor_id=token.person_id,
        now=now,
        facts=facts,
    )
