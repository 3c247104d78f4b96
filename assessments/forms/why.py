"""The optional page of reasons."""

import unicodedata
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from assessments.wording import Item
from lastvote.web.forms import PlainForm

LONGEST = 1500
EVERYTHING = "all"


def without_hidden_characters(words: str) -> str:
    """Return the words in normal form, without characters that nobody can see or that turn the writing round."""
    plain = unicodedata.normalize("NFC", words.replace("\r\n", "\n").replace("\r", "\n"))
    shown = "".join(sign for sign in plain if sign in "\n\t" or not _is_hidden(sign)).strip()
    return shown if any(map(_leaves_a_mark, shown)) else ""


def _leaves_a_mark(sign: str) -> bool:
    return not sign.isspace() and unicodedata.category(sign) != "Cf"


def _is_hidden(sign: str) -> bool:
    """Controls, halves of surrogate pairs, and the marks that reorder text. Joiners that scripts need stay."""
    return (
        unicodedata.category(sign) in {"Cc", "Cs"} or sign in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    )


class ReasonField(forms.Field):
    """A few sentences. Too much is refused with the limit named, never cut off."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return without_hidden_characters(value or "")

    def validate(self, value: str) -> None:
        if len(value) > LONGEST:
            sentence = _("Your reason must be %(limit)s characters or fewer") % {"limit": f"{LONGEST:,}"}
            raise forms.ValidationError(sentence, code="max_length")


class WhyForm(PlainForm):
    """One box for everything, and one for each item for those who want them."""

    def __init__(self, *args: Any, items: Sequence[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[EVERYTHING] = ReasonField(
            required=False,
            label=_("Your reasons"),
            help_text=_("Do not write anything that names you or somebody else."),
            widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        )
        for item in items:
            self.fields[item.code] = ReasonField(
                required=False,
                label=_("Why %(item)s matters this much to you") % {"item": item.name},
                widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
            )

    def reasons(self) -> dict[str, str]:
        """Return what was written, without the boxes left empty."""
        return {code: words for code, words in self.cleaned_data.items() if words}
