"""What people want to hear by mail, and the address that turns it off and on without signing in."""

from collections.abc import Collection, Mapping

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse

from stakeholders.models import Jurisdiction, Notice, PaceChoice, Person
from stakeholders.notices.kinds import kinds, updates
from stakeholders.states import NoticePace

SALT = "stakeholders.notices.off"
"""Separates this use of the secret key from every other."""


def pace_of(person: Person, kind: str) -> NoticePace:
    """Return when the person wants mail of a kind."""
    return paces_of([person.pk], kind)[person.pk]


def paces_of(people: Collection[int], kind: str) -> dict[int, NoticePace]:
    """Return when each of some people wants mail of a kind. What one may have to act on comes at once."""
    found = dict.fromkeys(people, NoticePace.AT_ONCE)
    if not kinds[kind].binding:
        rows = PaceChoice.objects.filter(person__in=people, kind=kind)
        found |= {row.person_id: NoticePace(row.pace) for row in rows}
    return found


def all_paces_of(person: Person) -> dict[str, NoticePace]:
    """Return when the person wants mail of each kind that can be turned off."""
    chosen = {row.kind: NoticePace(row.pace) for row in person.pace_choices.all()}
    return {kind.name: chosen.get(kind.name, NoticePace.AT_ONCE) for kind in updates()}


@transaction.atomic
def choose_paces(*, person: Person, paces: Mapping[str, NoticePace]) -> None:
    """Set when the person wants mail of some kinds. It holds at once, for mail owed already too."""
    for kind, pace in paces.items():
        PaceChoice.objects.update_or_create(person=person, kind=kind, defaults={"pace": pace})
    off = [kind for kind, pace in paces.items() if pace == NoticePace.OFF]
    Notice.objects.filter(person=person, kind__in=off, in_digest=True).update(in_digest=False)


def choose_pace_of_all(*, person: Person, pace: NoticePace) -> None:
    """Set the same for every kind that can be turned off."""
    choose_paces(person=person, paces={kind.name: pace for kind in updates()})


def hears_nothing(person: Person) -> bool:
    """Whether the person has turned off everything that can be turned off."""
    return set(all_paces_of(person).values()) <= {NoticePace.OFF}


def choose_private_subjects(*, person: Person, private: bool) -> None:
    """Set whether the subject of mail keeps silent about what it is about."""
    Person.objects.filter(pk=person.pk).update(private_subjects=private)


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
