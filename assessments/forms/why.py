"""The optional page of reasons."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from assessments.wording import Item
from lastvote.hidden_characters import takes_out, without_hidden_characters
from lastvote.web.forms import PlainForm, refuse_null_characters

LONGEST = 1500
EVERYTHING = "all"


class ReasonField(forms.Field):
    """A few sentences. Too much is refused with the limit named, never cut off."""

    widget = forms.Textarea
    took_out = False
    """Whether signs were taken out of what was typed last."""

    def __init__(self, *, longest: int = LONGEST, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.longest = longest

    def to_python(self, value: Any) -> str:
        typed = str(value or "")
        refuse_null_characters(typed)
        self.took_out = takes_out(typed)
        return without_hidden_characters(typed)

    def validate(self, value: str) -> None:
        if self.required and not value.strip():
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if len(value) > self.longest:
            sentence = _("Your reason must be %(limit)s characters or fewer") % {"limit": f"{self.longest:,}"}
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
