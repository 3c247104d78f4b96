"""Forms of those who organise and lead talks. They parse what people type; the actions decide."""

import datetime as dt
import zoneinfo
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from assessments.forms.why import LONGEST as LONGEST_REASON
from deliberation.actions.facilitating import LONGEST_NOTE, Note
from deliberation.actions.sessions import LONGEST_MINUTES, LONGEST_NEEDS, LONGEST_PLACE, Meeting, Present
from deliberation.casework.fields import FigureField, WordsField, typed_day
from deliberation.days import DayField
from deliberation.models import Session, Statement
from deliberation.room.forms import offer
from deliberation.room.reasons import excerpt
from deliberation.states import PauseReason
from lastvote.web.forms import PlainForm
from stakeholders.models import Group, Person

WHOLE = _("Enter a whole number, 0 or more")


class MeetingForm(PlainForm):
    """Where and when the groups meet, and what is there so that everybody can take part."""

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
    access = WordsField(
        label=_("What is there so that everybody can take part"), rows=3, longest=LONGEST_NEEDS,
        help_text=_("For example a ramp, sign language, or an address to join from home. Everybody can read this."),
    )  # fmt: skip

    def __init__(self, data: Mapping[str, Any] | None = None, *, zone: zoneinfo.ZoneInfo, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.zone = zone

    def clean(self) -> dict[str, Any]:
        """Ask for the day."""
        if not self.cleaned_data.get("day") and "day" not in self.errors:
            self.add_error("day", _("Enter the day"))
        return self.cleaned_data

    def meeting(self) -> Meeting:
        """Return what the form says of the meeting."""
        said = self.cleaned_data
        starts_at = dt.datetime.combine(said["day"], said["hour"], tzinfo=self.zone)
        return Meeting(said["place"], starts_at, said["access"])


class SessionForm(MeetingForm):
    """A session that is planned, and who leads it."""

    facilitator = forms.ChoiceField(
        label=_("Who leads it?"), widget=forms.RadioSelect,
        error_messages={"required": _("Choose who leads it"), "invalid_choice": _("Choose one of these")},
    )  # fmt: skip

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, zone: zoneinfo.ZoneInfo, facilitators: Sequence[Person]
    ) -> None:
        super().__init__(data, zone=zone)
        self.known = {str(place): one for place, one in enumerate(facilitators, 1)}
        offer(self, "facilitator", [(place, one.name) for place, one in self.known.items()])

    def wanted(self) -> dict[str, Any]:
        """Return what the form says."""
        return {**vars(self.meeting()), "facilitator": self.known[self.cleaned_data["facilitator"]]}


class ChangedSessionForm(MeetingForm):
    """A session that is still to come, as it is to be. ``seen`` tells what stood there when the page was shown."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


def shown_meeting(session: Session, zone: zoneinfo.ZoneInfo) -> dict[str, str]:
    """Return a session as the form shows it."""
    begins = session.starts_at.astimezone(zone)
    return {
        "place": session.place, "day": typed_day(begins.date()), "hour": begins.strftime("%H:%M"),
        "access": session.access,
    }  # fmt: skip


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
    """The last word on a round, in parts."""

    agreed = WordsField(
        label=_("What is agreed"), rows=5, longest=LONGEST_NOTE,
        help_text=_("Everybody can read the note. It is written once. Leave empty what there is not."),
    )  # fmt: skip
    narrowed = WordsField(label=_("What is nearer to each other than before"), rows=5, longest=LONGEST_NOTE)
    still_differ = WordsField(label=_("What still differs"), rows=5, longest=LONGEST_NOTE)
    close_note = WordsField(label=_("Anything else"), rows=3, longest=LONGEST_NOTE)

    def note(self) -> Note:
        """Return what the form says."""
        return Note(**self.cleaned_data)


class PauseForm(PlainForm):
    """Why the talks stand still, and until when. The first day is today."""

    reason = forms.ChoiceField(
        label=_("Why do the talks stand still?"), widget=forms.RadioSelect, choices=PauseReason.choices,
        error_messages={"required": _("Choose one of the listed reasons"),
                        "invalid_choice": _("Choose one of the listed reasons")},
    )  # fmt: skip
    explanation = WordsField(
        label=_("Say what happened"), help_text=_("Everybody can read this."), rows=4, longest=LONGEST_REASON,
        missing=_("Say what happened"),
    )  # fmt: skip
    last_day = DayField(
        label=_("Last day on which they stand still"),
        error_messages={"invalid": _("The day must be a real date, like 3 June 2027")},
    )  # fmt: skip

    def __init__(self, data: Mapping[str, Any] | None = None, *, left: int) -> None:
        super().__init__(data)
        self.fields["last_day"].help_text = ngettext(
            "They stand still from today on. %(left)d day is left for this round.",
            "They stand still from today on. %(left)d days are left for this round.",
            left,
        ) % {"left": left}

    def clean(self) -> dict[str, Any]:
        """Ask for the day."""
        return _days_given(self, {"last_day": _("Enter the last day")})


class EndPauseForm(PlainForm):
    """Why the talks need not stand still any longer."""

    reason = WordsField(
        label=_("Why can the talks go on?"),
        help_text=_("Everybody can read this. Today still counts as a day on which they stood still."), rows=4,
        longest=LONGEST_REASON, missing=_("Enter your reason"),
    )  # fmt: skip


class OutageForm(PlainForm):
    """Days on which people could not reach the site."""

    first_day = DayField(
        label=_("First day on which people could not reach the site"), help_text=_("For example 3 June 2027."),
        error_messages={"invalid": _("The day must be a real date, like 3 June 2027")},
    )  # fmt: skip
    last_day = DayField(
        label=_("Last such day"), error_messages={"invalid": _("The day must be a real date, like 3 June 2027")}
    )
    explanation = WordsField(
        label=_("Say what happened"), help_text=_("Everybody can read this."), rows=4, longest=LONGEST_REASON,
        missing=_("Say what happened"),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Ask for both days."""
        return _days_given(self, {"first_day": _("Enter the first day"), "last_day": _("Enter the last day")})


class JoinForm(PlainForm):
    """Which other reason says the same."""

    to = forms.ChoiceField(
        label=_("Which reason says the same?"), widget=forms.RadioSelect,
        error_messages={"required": _("Choose the other reason"), "invalid_choice": _("Choose one of these")},
    )  # fmt: skip

    def __init__(self, data: Mapping[str, Any] | None = None, *, others: Sequence[Statement]) -> None:
        super().__init__(data)
        self.known = {one.token: one for one in others}
        offer(self, "to", [(one.token, f"{one.group}: {excerpt(one)}") for one in others])

    def other(self) -> Statement:
        """Return the reason that was chosen."""
        return self.known[self.cleaned_data["to"]]


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


def _days_given(form: forms.Form, asked: Mapping[str, Promise]) -> dict[str, Any]:
    """Ask for the days that were left empty."""
    for name, sentence in asked.items():
        if not form.cleaned_data.get(name) and name not in form.errors:
            form.add_error(name, str(sentence))
    return form.cleaned_data
