"""The mail of a notice: worked out when it is sent, so that nobody hears of what is over.

It may go out twice when a worker dies between sending and noting it. Its Message-ID is always the same, so mail
programs show it once.
"""

import datetime as dt
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.crypto import salted_hmac

from stakeholders.models import Jurisdiction, Notice, Person
from stakeholders.notices import choices
from stakeholders.notices.kinds import Content, kinds
from stakeholders.states import NoticePace
from stakeholders.subjects import subject_for

MESSAGE_ID_PURPOSE = "stakeholders.notices.message-id"


def send_notice(notice_id: int, now: dt.datetime) -> None:
    """Mail a notice, unless it was mailed, the person does not want it, has no address, or it does not matter now.

    Whoever meanwhile wants such mail once a day gets it with the rest of the day.
    """
    rows = Notice.objects.select_related("person__account", "person__jurisdiction")
    notice = rows.filter(pk=notice_id, mailed_at__isnull=True).first()
    if notice is None or not has_address(notice.person):
        return
    pace = choices.pace_of(notice.person, notice.kind)
    if pace != NoticePace.AT_ONCE:
        Notice.objects.filter(pk=notice.pk).update(in_digest=pace == NoticePace.DAILY)
        return
    with translation.override(language_of(notice.person.jurisdiction)):
        content = kinds[notice.kind].say(notice.subject_id, notice.person, now)
        if content is None:
            return
        off = "" if kinds[notice.kind].binding else choices.off_url(notice.person)
        facts = {"content": content, "link": link_of(content), "off": off}
        deliver(notice.person, "notice", subject=content.subject, facts=facts, identifier=str(notice.pk))
    Notice.objects.filter(pk=notice.pk).update(mailed_at=now)


def has_address(person: Person) -> bool:
    """Whether the person can get mail at all."""
    return person.account is not None and person.account.is_active


def link_of(content: Content) -> str:
    """Return where the one thing to do is done, with the site."""
    return str(settings.BASE_URL).rstrip("/") + content.path


def deliver(person: Person, message: str, *, subject: str, facts: dict[str, Any], identifier: str) -> None:
    """Send a mail in the language that is active; ``facts["off"]`` is where such mail is turned off, if it can be."""
    headers = {"Message-ID": message_id(identifier)}
    if facts["off"]:
        headers |= {"List-Unsubscribe": f"<{facts['off']}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    subject = subject_for(person, subject)
    facts = facts | {"jurisdiction": person.jurisdiction, "subject": subject}
    text, html = (render_to_string(f"emails/{message}.{kind}", facts) for kind in ("txt", "html"))
    address = person.account.email if person.account else ""
    mail = EmailMultiAlternatives(subject, text, to=[address], headers=headers)
    mail.attach_alternative(html, "text/html")
    mail.send()


def language_of(jurisdiction: Jurisdiction) -> str:
    """Return the language of the place, if the site speaks it."""
    languages: list[str] = jurisdiction.languages
    first = languages[0] if languages else ""
    return first if first in dict(settings.LANGUAGES) else str(settings.LANGUAGE_CODE)


def message_id(identifier: str) -> str:
    """Return an identifier that is the same on every try and tells nobody how many notices there are."""
    digest = salted_hmac(MESSAGE_ID_PURPOSE, identifier, algorithm="sha256").hexdigest()[:32]
    return f"<notice-{digest}@{urlsplit(settings.BASE_URL).hostname or 'localhost'}>"
