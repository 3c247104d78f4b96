"""The mail of a notice: worked out when it is sent, so that nobody hears of what is over.

It may go out twice when a worker dies between sending and noting it. Its Message-ID is always the same, so mail
programs show it once.
"""

import datetime as dt
from dataclasses import asdict
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.crypto import salted_hmac

from stakeholders.models import Jurisdiction, Notice, Person
from stakeholders.notices import choices
from stakeholders.notices.kinds import kinds
from stakeholders.states import NoticePace

MESSAGE_ID_PURPOSE = "stakeholders.notices.message-id"


def send_notice(notice_id: int, now: dt.datetime) -> None:
    """Mail a notice, unless it was mailed, the person does not want it, has no address, or it does not matter now."""
    rows = Notice.objects.select_related("person__account", "person__jurisdiction")
    notice = rows.filter(pk=notice_id, mailed_at__isnull=True).first()
    if notice is None or not _wants_mail(notice):
        return
    with translation.override(_language_of(notice.person.jurisdiction)):
        content = kinds[notice.kind].say(notice.subject_id, notice.person, now)
        if content is None:
            return
        _deliver(notice, asdict(content))
    Notice.objects.filter(pk=notice.pk).update(mailed_at=now)


def _wants_mail(notice: Notice) -> bool:
    account = notice.person.account
    if account is None or not account.is_active:
        return False
    return kinds[notice.kind].binding or choices.pace_of(notice.person) == NoticePace.AT_ONCE


def _deliver(notice: Notice, content: dict[str, Any]) -> None:
    person = notice.person
    headers = {"Message-ID": message_id(notice.pk)}
    off = "" if kinds[notice.kind].binding else choices.off_url(person)
    if off:
        headers |= {"List-Unsubscribe": f"<{off}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    link = str(settings.BASE_URL).rstrip("/") + content["path"]
    facts = content | {"jurisdiction": person.jurisdiction, "link": link, "off": off}
    mail = EmailMultiAlternatives(
        content["subject"], render_to_string("emails/notice.txt", facts), to=[_address_of(person)], headers=headers
    )
    mail.attach_alternative(render_to_string("emails/notice.html", facts), "text/html")
    mail.send()


def _address_of(person: Person) -> str:
    return person.account.email if person.account else ""


def _language_of(jurisdiction: Jurisdiction) -> str:
    """Return the language of the place, if the site speaks it."""
    languages: list[str] = jurisdiction.languages
    first = languages[0] if languages else ""
    return first if first in dict(settings.LANGUAGES) else str(settings.LANGUAGE_CODE)


def message_id(notice_id: int) -> str:
    """Return an identifier that is the same on every try and tells nobody how many notices there are."""
    digest = salted_hmac(MESSAGE_ID_PURPOSE, str(notice_id), algorithm="sha256").hexdigest()[:32]
    return f"<notice-{digest}@{urlsplit(settings.BASE_URL).hostname or 'localhost'}>"
