"""The pages of the weight form that are answered by picking one of a few: most, least, compare."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.questionnaire import NO_LEAST, SAME, Questionnaire
from assessments.wording import Item
from lastvote.web.forms import PlainForm

COMPARE_LABELS: dict[str, Promise] = {
    "same": gettext_lazy("Just as much"),
    "nearly": gettext_lazy("Nearly as much"),
    "over_half": gettext_lazy("A bit more than half"),
    "under_half": gettext_lazy("A bit less than half"),
    "little": gettext_lazy("Only a little"),
    "nothing": gettext_lazy("Not at all"),
    "unsure": gettext_lazy("Not sure"),
}


def _one_of(choices: Sequence[tuple[str, Any]], *, legend: Any, unanswered: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        choices=choices,
        label=legend,
        widget=forms.RadioSelect,
        error_messages={"required": unanswered, "invalid_choice": unanswered},
    )


class MostForm(PlainForm):
    """Which one would you stop first?"""

    def __init__(self, *args: Any, items: Sequence[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [*((item.code, item) for item in items), (SAME, _("They all matter the same"))]
        self.fields["most"] = _one_of(
            choices,
            legend=most_question(len(items)),
            unanswered=_("Choose the one you would most want to stop, or 'They all matter the same'"),
        )


def most_question(size: int) -> str:
    """Return the first question, which is also the heading of its page."""
    sentences = {
        4: _("Suppose all four were at their lowest. You can stop only one from going to its worst. Which one?"),
        7: _("Suppose all seven were at their lowest. You can stop only one from going to its worst. Which one?"),
    }
    anything = _("Suppose all of these were at their lowest. You can stop only one from going to its worst. Which one?")
    return sentences.get(size, anything)


class LeastForm(PlainForm):
    """Which one would you let go first?"""

    def __init__(self, *args: Any, items: Sequence[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [*((item.code, item) for item in items), (NO_LEAST, _("I cannot choose"))]
        self.fields["least"] = _one_of(
            choices,
            legend=_("Which one would matter least to stop?"),
            unanswered=_("Choose the one that would matter least, or 'I cannot choose'"),
        )


class CompareForm(PlainForm):
    """Up to three comparisons with the item that matters most."""

    def __init__(
        self, *args: Any, items: Sequence[Item], questionnaire: Questionnaire, most: Item, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        self.most = most
        self.questionnaire = questionnaire
        for item in items:
            self.fields[item.code] = _one_of(
                list(COMPARE_LABELS.items()),
                legend=item.name,
                unanswered=_("Choose how much %(item)s matters, or 'Not sure'") % {"item": item.name},
            )

    def questions(self) -> list[tuple[Item, forms.BoundField]]:
        """Return each item with its field, for a legend that names both ends of the scale."""
        return [(item, self[item.code]) for item in self.items]

    def clean(self) -> dict[str, Any]:
        """Refuse a questionnaire in which every comparison is "not sure": nothing could be counted."""
        cleaned = dict(super().clean() or {})
        if not self.errors and self.questionnaire.with_compared(cleaned).nothing_compared:
            sentence = _("Answer at least one comparison, or choose 'They all matter the same'")
            self.add_error(self.items[0].code, forms.ValidationError(sentence, code="all_unsure"))
        return cleaned
