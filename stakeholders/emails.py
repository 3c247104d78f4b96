"""One function for each message about signing in."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from stakeholders.models import Account, Jurisdiction


def sign_in_code(*, to: str, code: str) -> None:
    """Send the code that somebody asked for to sign in, or to show again who they are."""
    _send("sign_in_code", to=to, code=code, jurisdiction=_only_jurisdiction(to))


def no_account(*, to: str) -> None:
    """Tell the owner of an address that nobody takes part under it, though somebody asked for a code."""
    _send("no_account", to=to)


def _only_jurisdiction(email: str) -> Jurisdiction | None:
    account = Account.objects.filter(email=email.lower()).first()
    people = list(account.people.select_related("jurisdiction")) if account else []
    return people[0].jurisdiction if len(people) == 1 else None


def _send(message: str, *, to: str, **facts: Any) -> None:
    facts["site"] = settings.BASE_URL
    subject = " ".join(render_to_string(f"emails/{message}.subject.txt", facts).split())
    mail = EmailMultiAlternatives(subject, render_to_string(f"emails/{message}.txt", facts), to=[to])
    mail.attach_alternative(render_to_string(f"emails/{message}.html", facts), "text/html")
    mail.send()
