"""Doing what notices owe, as a worker would, and reading what came of it."""

import datetime as dt

from django.core import mail

from lastvote.jobs import outbox
from lastvote.jobs.models import OutboxItem
from stakeholders.notices.telling import MAIL, STEP


def do_owed(prefix: str, now: dt.datetime) -> int:
    """Do all work of these kinds that is due; return how often a handler settled something."""
    owed = OutboxItem.objects.filter(kind__startswith=prefix).order_by("pk").values_list("kind", "subject_id")
    return sum(outbox.deliver(kind, subject, now) for kind, subject in list(owed))


def mailed(now: dt.datetime) -> list[tuple[str, str]]:
    """Tell and mail everything that is owed; return to whom and with which subject, references left out."""
    del mail.outbox[:]
    do_owed(STEP, now)
    do_owed(MAIL, now)
    return [(message.to[0], message.subject.rpartition(" (")[0]) for message in mail.outbox]


def forget_owed() -> None:
    """Leave aside what the world owed before the test began."""
    OutboxItem.objects.filter(kind__startswith=STEP).delete()
    OutboxItem.objects.filter(kind=MAIL).delete()


def address(person: object) -> str:
    """Return where somebody gets mail."""
    return str(person.account.email)
