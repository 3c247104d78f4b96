"""What every form on these pages shares."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PLAIN_ERRORS = {
    "null_characters_not_allowed": _("This holds a character that nobody can see. Type it again."),
    "max_length": _("This is too long. Use %(limit_value)d characters or fewer."),
}
"""Our words where a field has none of its own and Django would use its."""


def refuse_null_characters(typed: str) -> None:
    """Refuse ``null_characters``, as for programs: no pencil writes one, and no database of ours could store it."""
    if "\x00" in typed:
        raise forms.ValidationError(str(PLAIN_ERRORS["null_characters_not_allowed"]), code="null_characters")


PART_IS_MISSING = _("Part of this page did not arrive. Open the page again.")
"""What is said for fields that nobody sees: there is no control that could be named."""


@dataclass(frozen=True)
class TwoLines:
    """The label of a choice with a second, quieter line under it."""

    main: str | Promise
    detail: str | Promise

    def __str__(self) -> str:
        return str(self.main)


class PlainForm(forms.Form):
    """A form without colons after labels, checked by the server alone."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages = {**PLAIN_ERRORS, **field.error_messages}

    @property
    def took_out(self) -> bool:
        """Whether signs that nobody can see were taken out of what was typed."""
        return any(getattr(field, "took_out", False) for field in self.fields.values())


@dataclass(frozen=True)
class ErrorLink:
    """One line of the error summary. Without ``target`` it is a sentence only."""

    target: str
    sentence: str


def error_links(form: forms.BaseForm) -> list[ErrorLink]:
    """Return every error of ``form`` with the id of the control that takes the focus."""
    general = [ErrorLink(_first_target(form), str(error)) for error in form.non_field_errors()]
    if any(field.errors for field in form.hidden_fields()):
        general.append(ErrorLink("", str(PART_IS_MISSING)))
    return general + [
        ErrorLink(focus_id(field), str(error)) for field in form.visible_fields() for error in field.errors
    ]


def focus_id(field: forms.BoundField) -> str:
    """Return the id of the field's first control: sets of radios and checkboxes number theirs."""
    return f"{field.auto_id}_0" if field.use_fieldset else field.id_for_label


def _first_target(form: forms.BaseForm) -> str:
    visible = form.visible_fields()
    return focus_id(visible[0]) if visible else ""
