"""The question for those who change their answers in a later round: why?"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.actions.why_changed import Change
from assessments.reasons_to_read import ReasonToRead
from assessments.states import ChangeReason
from lastvote.web.forms import PlainForm


class ChangeForm(PlainForm):
    """Why the answers differ from those of the round before. The action says what is missing."""

    change_reason = forms.ChoiceField(
        label=_("Why did you change?"), required=False, widget=forms.RadioSelect, choices=ChangeReason.choices,
        help_text=_("We publish only how many people of a group gave each answer, and never small numbers."),
        error_messages={"invalid_choice": _("Choose one of the listed reasons")},
    )  # fmt: skip
    reason_read = forms.ChoiceField(
        label=_("Which reason was it?"), required=False,
        help_text=_("Only if a reason that you read made you change. Nobody else sees which one."),
        error_messages={"invalid_choice": _("Choose a reason of the talks before this round")},
    )  # fmt: skip

    def __init__(self, data: Mapping[str, Any] | None = None, *, to_read: Sequence[ReasonToRead]) -> None:
        super().__init__(data)
        if to_read:
            _choices(self, "reason_read", [("", _("None of them")), *_by_item(to_read)])
        else:
            del self.fields["reason_read"]
            _choices(self, "change_reason", [one for one in ChangeReason.choices if one[0] != ChangeReason.READ])

    def change(self) -> Change:
        """Return what was chosen."""
        return Change(self.cleaned_data.get("change_reason", ""), self.cleaned_data.get("reason_read", ""))


def _by_item(to_read: Sequence[ReasonToRead]) -> list[tuple[str, list[tuple[str, str]]]]:
    about: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for one in to_read:
        about[one.about].append((one.token, one.words))
    return list(about.items())


def _choices(form: forms.Form, name: str, choices: Sequence[Any]) -> None:
    cast("forms.ChoiceField", form.fields[name]).choices = choices
