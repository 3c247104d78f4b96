"""Days that people write down about what happened, was known or was published."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from lastvote.errors import Refused

YEARS = range(1900, 2200)
"""Years that such a day can lie in; what may happen can lie ahead."""


def check_years(**days: dt.date | None) -> None:
    """Refuse ``out_of_range``, by the names that they are given under, days of which a year is a slip of the hand."""
    sentence = _("Use days between the years 1900 and 2199.")
    fields = {name: [sentence] for name, day in days.items() if day is not None and day.year not in YEARS}
    if fields:
        raise Refused("out_of_range", sentence, fields=fields)
