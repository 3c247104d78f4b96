"""The daily mail: everything that a person wants to hear once a day, in one mail at a fixed local hour.

Who gets one is found by each sweep, at most once for a person and a local day, however many sweeps there are. What it
says is worked out when it is sent. A sweep that comes late sends one mail, and a day on which none came is left out.
"""

import datetime as dt
import zoneinfo
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Min
from django.urls import reverse
from django.utils import translation
from django.utils.translation import ngettext

from lastvote.jobs import outbox
from stakeholders.models import Digest, Notice, Person
from stakeholders.notices import choices
from stakeholders.notices.kinds import Content, kinds
from stakeholders.notices.mails import deliver, has_address, language_of, link_of
from stakeholders.states import NoticePace
from stakeholders.subjects import short_place

MAIL = "mail.digest"
"""Kind of the work owed; its subject is the digest."""


@dataclass(frozen=True)
class Part:
    """One thing that the daily mail tells."""

    content: Content
    link: str


def owe_digests(now: dt.datetime) -> int:
    """Owe the mail of the day to everybody for whom something waited when its hour came; return how many are new."""
    waiting = Notice.objects.filter(in_digest=True).values("person_id", "person__jurisdiction__timezone")
    new = 0
    for row in waiting.annotate(first=Min("created_at")).order_by("person_id"):
        zone = zoneinfo.ZoneInfo(row["person__jurisdiction__timezone"])
        day = now.astimezone(zone).date()
        if row["first"] < _hour_of(day, zone) <= now:
            new += _owe(row["person_id"], day, now)
    return new


def _hour_of(day: dt.date, zone: zoneinfo.ZoneInfo) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(settings.DIGEST_HOUR), zone).astimezone(dt.UTC)


def _owe(person_id: int, day: dt.date, now: dt.datetime) -> bool:
    with transaction.atomic():
        digest, new = Digest.objects.get_or_create(person_id=person_id, day=day, defaults={"created_at": now})
        if new:
            outbox.enqueue(kind=MAIL, subject_id=digest.pk, now=now)
    return new


def send_digest(digest_id: int, now: dt.datetime) -> None:
    """Send the mail of a day with what waits and still matters; none if that is nothing. What waited waits no more.

    What came after the mail was owed is left to the next day, so that a second try says what the first one said.
    """
    rows = Digest.objects.select_related("person__account", "person__jurisdiction")
    digest = rows.filter(pk=digest_id, sent_at__isnull=True).first()
    if digest is None:
        return
    person = digest.person
    waiting = list(
        person.notices.filter(in_digest=True, created_at__lte=digest.created_at).order_by("created_at", "pk")
    )
    told = []
    with translation.override(language_of(person.jurisdiction)):
        found = _parts(person, waiting, now) if has_address(person) else {}
        if found:
            _deliver(digest, list(found.values()))
            told = list(found)
    with transaction.atomic():
        if told:
            Digest.objects.filter(pk=digest.pk).update(sent_at=now)
            Notice.objects.filter(pk__in=told).update(mailed_at=now)
        Notice.objects.filter(pk__in=[row.pk for row in waiting]).update(in_digest=False)


def _parts(person: Person, waiting: list[Notice], now: dt.datetime) -> dict[int, Part]:
    """Return by notice what there is to tell; nothing of what is over, or was turned off meanwhile."""
    paces = choices.all_paces_of(person)
    found = {}
    for row in waiting:
        if paces[row.kind] == NoticePace.OFF:
            continue
        content = kinds[row.kind].say(row.subject_id, person, now)
        if content is not None:
            found[row.pk] = Part(content, link_of(content))
    return found


def _deliver(digest: Digest, parts: list[Part]) -> None:
    person = digest.person
    subject = ngettext(
        "%(count)s update from %(place)s reviews", "%(count)s updates from %(place)s reviews", len(parts)
    ) % {"count": len(parts), "place": short_place(person)}
    list_of_notices = reverse("you_notifications", args=[person.jurisdiction.slug])
    facts = {
        "parts": parts,
        "link": str(settings.BASE_URL).rstrip("/") + list_of_notices,
        "off": choices.off_url(person),
    }
    deliver(person, "digest", subject=subject, facts=facts, identifier=f"digest:{digest.pk}")
