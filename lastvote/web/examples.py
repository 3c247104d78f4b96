"""Forms that the gallery shows: one of each field, untouched and wrong."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lastvote.web.forms import PlainForm, TwoLines


class ExampleForm(PlainForm):
    """One of each kind of field."""

    most = forms.ChoiceField(
        label=_("You can stop only one from going to its worst. Which one?"),
        help_text=_("Suppose all of them were at their lowest."),
        widget=forms.RadioSelect,
        choices=[
            ("harm", TwoLines(_("Harm done"), _("from a few people put out, to many people losing a right"))),
            ("spread", TwoLines(_("Spread"), _("from one place, to everywhere in a day"))),
            ("same", _("They all matter the same")),
        ],
        error_messages={"required": _("Choose the one you would most want to stop")},
    )
    points = forms.CharField(
        label=_("Points for Reach"),
        help_text=_("A number, like 25 or 12.5."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "short"}),
        error_messages={"required": _("Enter the points for Reach")},
    )
    why = forms.CharField(label=_("Your reason"), widget=forms.Textarea(attrs={"rows": 4}), required=False)
    ready = forms.BooleanField(
        label=_("I am content to send this"), error_messages={"required": _("Tick the box when you are content")}
    )


def wrong_form() -> ExampleForm:
    """Return a form that was sent empty."""
    return ExampleForm({})


def question() -> forms.BoundField:
    """Return a question that is a whole page."""
    return ExampleForm(auto_id="question_%s")["most"]


def radios() -> forms.BoundField:
    """Return a set of radios with two lines each."""
    return ExampleForm(auto_id="radios_%s")["most"]


def wrong_radios() -> forms.BoundField:
    """Return the same set, not answered."""
    return wrong_form()["most"]


def number() -> forms.BoundField:
    """Return a field for a number, filled."""
    return ExampleForm(initial={"points": "12,5"}, auto_id="number_%s")["points"]


def wrong_number() -> forms.BoundField:
    """Return the same field, empty and wrong."""
    return wrong_form()["points"]


def long_text() -> forms.BoundField:
    """Return a field for some sentences."""
    return ExampleForm(auto_id="text_%s")["why"]


def tick_box() -> forms.BoundField:
    """Return a single box to tick."""
    return ExampleForm(auto_id="box_%s")["ready"]
