"""Where django-allauth meets this site: our sessions, our mails, our sentences, no sign-up."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from lastvote import clock
from stakeholders import emails, limits, sessions
from stakeholders.models import Account
from stakeholders.reads import account_of


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """People are invited; nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 -- allauth's signature
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count a password before it is looked at; allauth gives it back once it was right."""
        email = str(credentials.get("email", "")).lower()
        self._login_failed_rl_usage = limits.spend_password(request, email=email, account=account_of(email))

    def login(self, request: HttpRequest, user: Account) -> None:
        """Sign in under a new session key and note when."""
        super().login(request, user)
        sessions.begin(request.session, now=clock.now())

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send our own mail in place of allauth's one; it has no other to send here."""
        if template_prefix != "account/email/login_code":
            raise LookupError(template_prefix)
        emails.sign_in_code(to=email, code=context["code"])

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing: the pages themselves tell what happened."""
