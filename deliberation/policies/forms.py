"""Forms about a policy: its next version with every number, and the second person's yes or no."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from assessments.forms.why import ReasonField
from assessments.models import PolicyVersion
from assessments.scoring.parameters import EQ7_VOICES
from deliberation.days import DayField
from deliberation.forms import check_reason
from deliberation.policies.body import NEUTRAL, Tree, body_with, value_at
from deliberation.policies.catalogue import ASCENDING, RISING
from deliberation.policies.sections import settings_of
from deliberation.policies.settings import Kind, Path, Section, Setting
from deliberation.policies.values import ValueRefused, stored, typed
from lastvote.texts import Text, text
from lastvote.web.forms import PlainForm

ADOPT, DECLINE = "adopt", "decline"
PARTS: Path = ("parameters", "component_ratios")


class SettingField(forms.Field):
    """A number of the policy, as people type it. Cleaned, it is what the policy's file holds."""

    def __init__(self, setting: Setting) -> None:
        # The keys that telephones show for one number have neither space nor semicolon, and a list is long.
        one = {} if setting.kind == Kind.NUMBERS else {"inputmode": "decimal", "class": "short"}
        widget = forms.TextInput(attrs={"autocomplete": "off", **one})
        super().__init__(required=False, label=str(setting.name), help_text=str(setting.unit), widget=widget)
        self.setting = setting

    def clean(self, value: Any) -> Any:
        try:
            return stored(self.setting, str(value or ""))
        except ValueRefused as refused:
            raise forms.ValidationError(str(refused), code="refused") from refused


@dataclass(frozen=True)
class FieldSet:
    """The fields of one section, those of one group or one kind of risk together under a name of their own."""

    section: Section
    fields: list[forms.BoundField]


class PolicyForm(PlainForm):
    """Every number of the next version, the day it starts and why."""

    effective_from = DayField(
        label=gettext_lazy("First day of the new policy"),
        help_text=gettext_lazy("Tomorrow at the earliest. For example 3 June 2027."),
        error_messages={"invalid": gettext_lazy("The first day must be a real date, like 3 June 2027")},
    )
    reason = ReasonField(
        label=gettext_lazy("Why the policy should change"),
        help_text=gettext_lazy("Everybody can read this reason."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, base: PolicyVersion, tree: Tree, sections: Sequence[Section]
    ) -> None:
        self.base, self.tree, self.sections = base, tree, sections
        self.settings = [setting for setting in settings_of(sections) if not setting.fixed]
        super().__init__(data, initial={one.field: typed(one, _first(tree, one.path)) for one in self.settings})
        self.fields |= {setting.field: _field(setting) for setting in self.settings}
        self.order_fields([*(setting.field for setting in self.settings), "effective_from", "reason"])

    def clean(self) -> dict[str, Any]:
        check_reason(self)
        if not self.cleaned_data.get("effective_from") and "effective_from" not in self.errors:
            self.add_error("effective_from", _("Enter the first day of the new policy"))
        self._check_words()
        for row in RISING:
            self._check_row(row, strictly=True)
        for row in ASCENDING:
            self._check_row(row, strictly=False)
        self._check_path()
        self._check_parts()
        self._check_voices()
        return self.cleaned_data

    def field_sets(self) -> Iterator[FieldSet]:
        """Return the sections with their fields, for the page."""
        for section in self.sections:
            yield FieldSet(section, [self[one.field] for one in section.settings if not one.fixed])

    def body(self) -> str:
        """Return the body of the next version."""
        return body_with(self.tree, {one.path: self.cleaned_data[one.field] for one in self.settings})

    def day(self) -> dt.date:
        """Return the first day of the next version."""
        day: dt.date = self.cleaned_data["effective_from"]
        return day

    def why(self) -> Text:
        """Return the reason in the language it was written in."""
        return text(self.cleaned_data["reason"], get_language() or "en")

    def _check_words(self) -> None:
        for setting in self.settings:
            if setting.kind == Kind.WORDS and not self.cleaned_data.get(setting.field, "-"):
                self.add_error(setting.field, _("%(name)s: enter your reason") % {"name": setting.name})

    def _check_row(self, row: Iterable[Path], *, strictly: bool) -> None:
        """Each number of a row is above the one before it, or at least not below."""
        by_path = {setting.path: setting for setting in self.settings}
        for low, high in pairwise(by_path[path] for path in row):
            first, second = self._number(low), self._number(high)
            if first is None or second is None or first < second or (first == second and not strictly):
                continue
            sentence = _("%(high)s must be above %(low)s") if strictly else _("%(high)s must not be below %(low)s")
            self.add_error(high.field, sentence % {"high": high.name, "low": low.name})

    def _check_path(self) -> None:
        """Each number of a list is below the one before it."""
        for setting in self.settings:
            numbers = self.cleaned_data.get(setting.field) if setting.kind == Kind.NUMBERS else None
            if numbers and any(not Decimal(one) > Decimal(after) for one, after in pairwise(numbers)):
                sentence = _("%(name)s: each number must be below the one before it")
                self.add_error(setting.field, sentence % {"name": setting.name})

    def _check_parts(self) -> None:
        """Of each kind of risk at least one part counts."""
        kinds: dict[Path, list[Setting]] = {}
        for setting in self.settings:
            if setting.path[:2] == PARTS:
                kinds.setdefault(setting.path[:3], []).append(setting)
        for parts in kinds.values():
            if all(self.cleaned_data.get(setting.field) == 0 for setting in parts):
                sentence = _("%(name)s: at least one part of this kind must be more than 0")
                self.add_error(parts[0].field, sentence % {"name": parts[0].name})

    def _check_voices(self) -> None:
        """Where equation 7 decides, every beta and gamma lies in its range."""
        if self.cleaned_data.get("parameters-voices") != EQ7_VOICES:
            return
        for setting in self.settings:
            if setting.path[0] == "voices" and setting.path[-1] in {"beta", "gamma"}:
                self._check_range(setting, f"{setting.path[-1]}_range")

    def _check_range(self, setting: Setting, name: str) -> None:
        number = self._number(setting)
        ends: list[Any] = [self.cleaned_data.get(f"parameters-{name}-{end}") for end in (0, 1)]
        if number is None or None in ends or Decimal(ends[0]) <= number <= Decimal(ends[1]):
            return
        names = {"name": setting.name, "low": ends[0], "high": ends[1]}
        self.add_error(setting.field, _("%(name)s must be between %(low)s and %(high)s, the range above") % names)

    def _number(self, setting: Setting) -> Decimal | None:
        value = self.cleaned_data.get(setting.field)
        return None if value is None else Decimal(value)


class DecideForm(PlainForm):
    """The second person's yes or no, to exactly what the first proposed."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    decision = forms.ChoiceField(widget=forms.HiddenInput, choices=[(ADOPT, ADOPT), (DECLINE, DECLINE)])
    declined_because = ReasonField(
        label=gettext_lazy("Why the proposal is declined"),
        help_text=gettext_lazy("Everybody at the desk can read this reason."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class CompareForm(PlainForm):
    """Two versions to lay side by side."""

    before = forms.TypedChoiceField(label=gettext_lazy("Before"), coerce=int)
    after = forms.TypedChoiceField(label=gettext_lazy("After"), coerce=int)

    def __init__(self, data: Mapping[str, Any] | None, *, numbers: Sequence[int], initial: dict[str, int]) -> None:
        super().__init__(data, initial=initial)
        choices = [(number, _("Version %(number)s") % {"number": number}) for number in numbers]
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField):
                field.choices = choices


def _first(tree: Tree, path: Path) -> Any:
    """What the form begins with; a group that has no row yet begins as everybody else."""
    value = value_at(tree, path)
    return NEUTRAL.get(str(path[-1])) if value is None and path[0] == "voices" else value


def _field(setting: Setting) -> forms.Field:
    if setting.kind == Kind.CHOICE:
        words = _("%(name)s: choose one of the list") % {"name": setting.name}
        return forms.ChoiceField(
            label=str(setting.name),
            choices=list((setting.choices or {}).items()),
            error_messages={"required": words, "invalid_choice": words},
        )
    if setting.kind == Kind.WORDS:
        return ReasonField(label=str(setting.name), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    return SettingField(setting)
