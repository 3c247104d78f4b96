"""A code mailed to somebody who is signed in already, to show again who they are."""

from typing import Self

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.code_verification import AbstractCodeVerificationProcess
from django.http import HttpRequest

from stakeholders import emails
from stakeholders.models import Account

_KEY = "mailed_code"


class MailedCode(AbstractCodeVerificationProcess):  # type: ignore[misc]  # allauth ships no types
    """The code lies in the session with its age and the tries it has had; limits are those of signing in."""

    def __init__(self, request: HttpRequest, state: dict[str, object]) -> None:
        super().__init__(
            max_attempts=app_settings.LOGIN_BY_CODE_MAX_ATTEMPTS,
            timeout=app_settings.LOGIN_BY_CODE_TIMEOUT,
            state=state,
        )
        self.request = request

    @classmethod
    def begin(cls, request: HttpRequest, account: Account) -> Self:
        """Make a new code, mail it and remember it."""
        process = cls(request, cls.initial_state(account, email=account.email))
        process.state["code"] = get_adapter().generate_login_code()
        process.send()
        process.persist()
        return process

    @classmethod
    def waiting(cls, request: HttpRequest) -> Self | None:
        """Return the code that still counts for this session, if there is one."""
        state = request.session.get(_KEY)
        process: Self | None = cls(request, state).abort_if_invalid() if state else None
        return process

    def send(self) -> None:
        emails.sign_in_code(to=self.state["email"], code=self.code)

    def persist(self) -> None:
        self.request.session[_KEY] = self.state

    def abort(self) -> None:
        self.request.session.pop(_KEY, None)
