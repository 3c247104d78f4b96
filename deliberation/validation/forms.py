"""The one thing a reader can ask of a past case: what was known by a day."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from deliberation.days import DayField
from lastvote.web.forms import PlainForm


class KnownByForm(PlainForm):
    """A day; left empty, everything is shown."""

    known_by = DayField(
        label=_("Only evidence known by this day"),
        help_text=_("For example 10 April 2018. Leave it empty to see everything."),
        error_messages={"invalid": _("The day must be a real date, like 10 April 2018")},
    )

    def day(self) -> dt.date | None:
        """Return the day asked for; nothing if none was, or if it is no day."""
        found: dt.date | None = self.cleaned_data.get("known_by") if self.is_valid() else None
        return found
