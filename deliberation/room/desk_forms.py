"""Forms of those who organise and lead talks. They parse what people type; the actions decide."""

import datetime as dt
import zoneinfo
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.forms.why import LONGEST as LONGEST_REASON
from deliberation.actions.facilitating import LONGEST_NOTE
from deliberation.actions.sessions import LONGEST_MINUTES, LONGEST_NEEDS, LONGEST_PLACE, Present
from deliberation.casework.fields import FigureField, WordsField
from deliberation.days import DayField
from deliberation.room.forms import offer
from lastvote.web.forms import PlainForm
from stakeholders.models import Group, Person

WHOLE = _("Enter a whole number, 0 or more")


class SessionForm(PlainForm):
    """Where and when the groups meet, and who leads."""

    place = WordsField(label=_("Where"), longest=LONGEST_PLACE, missing=_("Enter the place"))
    day = DayField(
        label=_("Day"), help_text=_("For example 3 June 2027."),
        error_messages={"invalid": _("The day must be a real date, like 3 June 2027")},
    )  # fmt: skip
    hour = forms.TimeField(
        label=_("Time"), help_text=_("For example 18:30."), widget=forms.TextInput(attrs={"class": "short"}),
        input_formats=["%H:%M", "%H.%M", "%H"],
        error_messages={"required": _("Enter the time"), "invalid": _("The time must be like 18:30")},
    )  # fmt: skip
    facilitator = forms.ChoiceField(
        label=_("Who leads it?"), widget=forms.RadioSelect,
        error_messages={"required": _("Choose who leads it"), "invalid_choice": _("Choose one of these")},
    )  # fmt: skip

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, zone: zoneinfo.ZoneInfo, facilitators: Sequence[Person]
    ) -> None:
        super().__init__(data)
        self.zone, self.known = zone, {str(place): one for place, one in enumerate(facilitators, 1)}
        offer(self, "facilitator", [(place, one.name) for place, one in self.known.items()])

    def clean(self) -> dict[str, Any]:
        """Ask for the day."""
        if not self.cleaned_data.get("day") and "day" not in self.errors:
            self.add_error("day", _("Enter the day"))
        return self.cleaned_data

    def wanted(self) -> dict[str, Any]:
        """Return what the form says."""
        said = self.cleaned_data
        starts_at = dt.datetime.combine(said["day"], said["hour"], tzinfo=self.zone)
        return {"place": said["place"], "starts_at": starts_at, "facilitator": self.known[said["facilitator"]]}


class MinutesForm(PlainForm):
    """What was said, and for each group how many were there, how long they spoke, and what they needed."""

    minutes = WordsField(
        label=_("Minutes"), help_text=_("Everybody can read them. They are written once."), rows=10,
        longest=LONGEST_MINUTES, missing=_("Write down what was said"),
    )  # fmt: skip

    def __init__(self, data: Mapping[str, Any] | None = None, *, groups: Sequence[Group]) -> None:
        super().__init__(data)
        self.groups = groups
        for group in groups:
            named = {"group": str(group)}
            self.fields[f"people_{group.code}"] = FigureField(label=_("%(group)s: people who came") % named)
            self.fields[f"spoken_{group.code}"] = FigureField(label=_("%(group)s: minutes that they spoke") % named)
            self.fields[f"needs_{group.code}"] = WordsField(
                label=_("%(group)s: what they needed to take part, if anything") % named, longest=LONGEST_NEEDS
            )
            self.fields[f"lacked_{group.code}"] = forms.BooleanField(
                label=_("%(group)s: it was not there") % named, required=False
            )

    def clean(self) -> dict[str, Any]:
        """Refuse parts of people; an empty box means nobody."""
        for name in (f"{kind}_{group.code}" for group in self.groups for kind in ("people", "spoken")):
            number = self.cleaned_data.get(name)
            if number is not None and (number < 0 or number != int(number)):
                self.add_error(name, WHOLE)
        return self.cleaned_data

    def present(self) -> dict[Group, Present]:
        """Return who was there, by group."""
        return {group: self._present(group.code) for group in self.groups}

    def _present(self, code: str) -> Present:
        said = self.cleaned_data
        return Present(
            int(said[f"people_{code}"] or 0), int(said[f"spoken_{code}"] or 0), said[f"needs_{code}"],
            access_met=not said[f"lacked_{code}"],
        )  # fmt: skip


class NoteForm(PlainForm):
    """The last word on a round."""

    note = WordsField(
        label=_("What is agreed, what is narrower, and what still differs"), rows=8, longest=LONGEST_NOTE,
        help_text=_("Everybody can read it. It is written once."), missing=_("Write the note"),
    )  # fmt: skip


class MoreDaysForm(PlainForm):
    """How many more days, and why."""

    days = FigureField(label=_("How many more days?"))
    reason = WordsField(
        label=_("Why the talks need more time"), help_text=_("Everybody can read this reason."), rows=4,
        longest=LONGEST_REASON, missing=_("Enter your reason"),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Ask for a whole number."""
        days = self.cleaned_data.get("days")
        if "days" not in self.errors and (days is None or days != int(days)):
            self.add_error("days", _("Enter a whole number of days"))
        return self.cleaned_data
