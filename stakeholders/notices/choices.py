"""What people want to hear by mail, and the address that turns it off without signing in."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from stakeholders.models import Jurisdiction, NoticeChoice, Person
from stakeholders.states import NoticePace

SALT = "stakeholders.notices.off"
"""Separates this use of the secret key from every other."""


def pace_of(person: Person) -> NoticePace:
    """Return when the person wants mail about what they need not act on."""
    chosen = NoticeChoice.objects.filter(person=person).values_list("updates", flat=True).first()
    return NoticePace(chosen or NoticePace.AT_ONCE)


def choose_pace(*, person: Person, pace: NoticePace) -> None:
    """Set when the person wants mail about what they need not act on. It holds at once, for mail owed already too."""
    NoticeChoice.objects.update_or_create(person=person, defaults={"updates": pace})


def off_url(person: Person) -> str:
    """Return the address at which the person, or their mail program, turns such mail off."""
    return str(settings.BASE_URL).rstrip("/") + off_path(person)


def off_path(person: Person) -> str:
    """Return the same without the site."""
    return reverse("notices_off", args=[person.jurisdiction.slug, signed_for(person)])


def signed_for(person: Person) -> str:
    """Return what stands for the person in that address; only this site can make it."""
    return signing.dumps(person.pk, salt=SALT)


def person_at(signed: str, jurisdiction: Jurisdiction) -> Person | None:
    """Return whose address this is; nobody's if it was made up, or the person was erased."""
    try:
        number = signing.loads(signed, salt=SALT)
    except signing.BadSignature:
        return None
    return Person.objects.filter(pk=number, jurisdiction=jurisdiction).first()
