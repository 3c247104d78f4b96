"""The form on which a delegate puts down a position: points for each item, and reasons, which are required."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from assessments.actions.positions import LONGEST_REASON
from assessments.forms.points import PointsForm
from assessments.forms.why import ReasonField

REASON = "reason"


class PositionForm(PointsForm):
    """The boxes of the points page, and one for the reasons of the group."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[REASON] = ReasonField(
            longest=LONGEST_REASON,
            label=_("Why your group takes this position"),
            help_text=_("This becomes public with the result, as the reason of your group."),
            error_messages={"required": _("Say why your group takes this position")},
            widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        )

    def boxes(self) -> list[forms.BoundField]:
        """Return the boxes for points, in the order of the items."""
        return [self[item.code] for item in self.items]

    def typed(self) -> dict[str, str]:
        """Return what was typed, by the name of its box."""
        return {name: str(self.data.get(name, "")) for name in self.fields}
