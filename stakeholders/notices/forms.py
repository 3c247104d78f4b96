"""What a person chooses about mail: when, for each kind of update, and what the subject may say."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lastvote.web.forms import PlainForm
from stakeholders.models import Person
from stakeholders.notices import choices
from stakeholders.notices.kinds import updates
from stakeholders.states import NoticePace

PACE = "pace-"
"""How the name of a field begins; the name of the kind follows."""


class ChoicesForm(PlainForm):
    """One choice for each kind that can be turned off, and one for subjects."""

    private_subjects = forms.BooleanField(
        label=_("Keep the subject of my emails neutral"),
        help_text=_("A neutral subject says only which site writes, and nothing of any case."),
        required=False,
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, person: Person) -> None:
        super().__init__(data, initial={"private_subjects": person.private_subjects})
        chosen = choices.all_paces_of(person)
        for kind in updates():
            words = {"title": str(kind.title)}
            self.fields[f"{PACE}{kind.name}"] = forms.ChoiceField(
                label=str(kind.title),
                choices=NoticePace.choices,
                initial=chosen[kind.name],
                widget=forms.RadioSelect,
                error_messages={
                    "required": _("Choose when to write to you: %(title)s") % words,
                    "invalid_choice": _("Choose one of the list: %(title)s") % words,
                },
            )
        self.order_fields([*(f"{PACE}{kind.name}" for kind in updates()), "private_subjects"])

    def paces(self) -> dict[str, NoticePace]:
        """Return what was chosen, by kind."""
        return {kind.name: NoticePace(self.cleaned_data[f"{PACE}{kind.name}"]) for kind in updates()}
