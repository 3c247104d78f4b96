"""Forms of the room: which reasons to show, one's own reason, what one says to somebody else's."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.forms.why import ReasonField
from assessments.models import EvidenceItem
from assessments.wording import Item
from deliberation.actions.statements import Reason, Response
from deliberation.casework.fields import WordsField
from deliberation.models.talks import LONGEST
from deliberation.room.reasons import Wanted
from deliberation.states import DifferenceKind, ReplyKind
from lastvote.web.forms import PlainForm, TwoLines
from stakeholders.models import Group

GROUP_ONLY, WITH_NAME = "group", "name"
SIGNED = (
    (GROUP_ONLY, _("By my group alone")),
    (WITH_NAME, _("By my group, and with my name")),
)


class FilterForm(PlainForm):
    """Which reasons a visitor wants to read. What it does not know is left out, never an error."""

    item = forms.ChoiceField(label=_("About"), required=False)
    group = forms.ChoiceField(label=_("Group"), required=False)
    kind = forms.ChoiceField(
        label=_("Kind of difference"), required=False, choices=[("", _("Every kind")), *DifferenceKind.choices]
    )

    def __init__(self, data: Mapping[str, Any], *, items: Sequence[Item], groups: Sequence[Group]) -> None:
        super().__init__(data)
        offer(self, "item", [("", _("Everything")), *((item.code, item.name) for item in items)])
        offer(self, "group", [("", _("All groups")), *((group.code, str(group)) for group in groups)])

    def wanted(self) -> Wanted:
        """Return the filter; what makes no sense is left out."""
        self.is_valid()
        return Wanted(**{name: self.cleaned_data.get(name, "") for name in ("item", "group", "kind")})


class _Citing(PlainForm):
    """A form whose words may rest on evidence of the case. ``key`` names the page, so that sending twice is once."""

    key = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, evidence: Sequence[EvidenceItem], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.known = {str(row.number): row for row in evidence}
        if self.known:
            choices = [(number, f"{number}. {row.statement}") for number, row in self.known.items()]
            offer(self, "evidence", choices)
        else:
            del self.fields["evidence"]

    def cited(self) -> list[EvidenceItem]:
        """Return the rows that were ticked."""
        return [self.known[number] for number in self.cleaned_data.get("evidence", ())]


def _evidence() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("Evidence of this case that it rests on, if any"), required=False,
        widget=forms.CheckboxSelectMultiple, error_messages={"invalid_choice": _("Choose evidence of this case")},
    )  # fmt: skip


class ReasonForm(_Citing):
    """Why one's group weighs one thing as it does."""

    item = forms.ChoiceField(
        label=_("What is it about?"), widget=forms.RadioSelect,
        error_messages={"required": _("Choose what your reason is about"), "invalid_choice": _("Choose one of these")},
    )  # fmt: skip
    difference = forms.ChoiceField(
        label=_("What kind of difference is it?"), widget=forms.RadioSelect, choices=DifferenceKind.choices,
        error_messages={
            "required": _("Choose what kind of difference this is"), "invalid_choice": _("Choose one of these"),
        },
    )  # fmt: skip
    words = ReasonField(
        label=_("Your reason"), help_text=_("Everybody can read it. Use 1,500 characters or fewer."), required=False,
        widget=forms.Textarea(attrs={"rows": 7, "dir": "auto"}),
    )  # fmt: skip
    would_change = WordsField(
        label=_("What would change your view?"), help_text=_("You can leave this empty."), longest=LONGEST, rows=3
    )
    evidence = _evidence()
    signed = forms.ChoiceField(
        label=_("How is it signed?"), widget=forms.RadioSelect, choices=SIGNED, initial=GROUP_ONLY,
        error_messages={"required": _("Choose how it is signed"), "invalid_choice": _("Choose one of these")},
    )  # fmt: skip

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, items: Sequence[Item], agenda: Sequence[str], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        offer(self, "item", [(item.code, _named(item, agenda)) for item in items])

    def clean(self) -> dict[str, Any]:
        """Ask for the words; what is only blank is none."""
        if not self.cleaned_data.get("words") and "words" not in self.errors:
            self.add_error("words", _("Enter your reason"))
        return self.cleaned_data

    def reason(self, language: str) -> Reason:
        """Return what the form says."""
        said = self.cleaned_data
        return Reason(
            item=said["item"], difference=said["difference"], words=said["words"], would_change=said["would_change"],
            evidence=self.cited(), shows_name=said["signed"] == WITH_NAME, language=language,
        )  # fmt: skip


class ReplyForm(_Citing):
    """What one says to a reason. Nobody votes on it."""

    kind = forms.ChoiceField(
        label=_("What do you want to say?"), widget=forms.RadioSelect, choices=ReplyKind.choices,
        error_messages={"required": _("Choose what you want to say"), "invalid_choice": _("Choose one of these")},
    )  # fmt: skip
    words = WordsField(
        label=_("Your words"), help_text=_("Not needed if it is your reason too. Everybody can read them."),
        longest=LONGEST, rows=5,
    )  # fmt: skip
    evidence = _evidence()

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, may_adopt: bool, evidence: Sequence[EvidenceItem], **kwargs: Any
    ) -> None:
        """Offer what would be accepted; what is sent all the same is refused by its own sentence."""
        super().__init__(data, evidence=evidence, **kwargs)
        if data is None:
            left_out = {ReplyKind.ADOPT: not may_adopt, ReplyKind.EVIDENCE: not evidence}
            offer(self, "kind", [row for row in ReplyKind.choices if not left_out.get(ReplyKind(row[0]), False)])

    def response(self, language: str) -> Response:
        """Return what the form says."""
        said = self.cleaned_data
        return Response(kind=said["kind"], words=said["words"], evidence=self.cited(), language=language)


def offer(form: forms.Form, name: str, choices: Sequence[tuple[str, Any]]) -> None:
    """Put on a list what can be chosen in this round."""
    cast("forms.ChoiceField", form.fields[name]).choices = choices


def _named(item: Item, agenda: Sequence[str]) -> Any:
    return TwoLines(item.name, _("The groups differ on this")) if item.code in agenda else item.name
