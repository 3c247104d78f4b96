"""What people type to show who they are."""

import unicodedata
from typing import Any

from allauth.core.internal.cryptokit import compare_user_code
from django import forms
from django.contrib.auth.password_validation import MinimumLengthValidator, validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from lastvote.web.forms import PlainForm
from stakeholders.models import Account

_PLAIN_TYPING = {"autocapitalize": "none", "spellcheck": "false"}


class SignInForm(PlainForm):
    """One page, two ways: an email address with a password, or with a code that we send."""

    email = forms.EmailField(
        label=_("Email address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", **_PLAIN_TYPING}),
        error_messages={
            "required": _("Type your email address."),
            "invalid": _("Type an email address with an @, like name@example.org."),
        },
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=_("Leave this empty if you want a code instead."),
        required=False,
        strip=False,
        max_length=1024,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not password and not self.wants_code:
            raise ValidationError(_("Type your password, or choose “Email me a code”."))
        return password

    @property
    def wants_code(self) -> bool:
        """Whether the button "Email me a code" was pressed."""
        return self.data.get("how") == "code"


class CodeForm(PlainForm):
    """A mailed code. Spaces, dashes and case do not matter."""

    code = forms.CharField(
        label=_("Code from the email"),
        help_text=_("You can paste it. Spaces, dashes and capital letters make no difference."),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", **_PLAIN_TYPING}),
        error_messages={"required": _("Type the code from the email.")},
    )

    def __init__(self, *args: Any, expected: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.expected = expected

    def clean_code(self) -> str:
        typed = unicodedata.normalize("NFKC", self.cleaned_data["code"])
        code = "".join(sign for sign in typed if sign.isalnum())
        if not compare_user_code(actual=code, expected=self.expected):
            raise ValidationError(_("This is not the code we sent. Check it and type it again."))
        return code


class PasswordForm(PlainForm):
    """The password of somebody who is signed in. Whether it is right is decided where tries are counted."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=1024,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Type your password.")},
    )


class NewPasswordForm(PlainForm):
    """A password of one's own choice, typed once: browsers can show it."""

    password = forms.CharField(
        label=_("New password"),
        help_text=_("At least 12 characters. Three or four words that only you would put together work well."),
        strip=False,
        max_length=1024,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Type a password.")},
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.account)
        return password


class PlainMinimumLength(MinimumLengthValidator):
    """Django's rule with our sentence."""

    def get_error_message(self) -> str:
        return ngettext(
            "Use at least %(min_length)d character.",
            "Use at least %(min_length)d characters.",
            self.min_length,
        ) % {"min_length": self.min_length}
