"""Putting a refusal where the person who caused it reads it: on the form, with what they typed kept."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import ngettext

from lastvote.errors import Refused
from stakeholders.models import Group

FORBIDDEN = 403


def put_on_form(form: forms.Form, refused: Refused, groups: Sequence[Group] = ()) -> int:
    """Add the refusal to the form and return the status to answer with. What is forbidden is raised again."""
    if refused.status == FORBIDDEN:
        raise refused
    for field, sentences in refused.fields.items():
        for sentence in sentences:
            form.add_error(field if field in form.fields else None, str(sentence))
    if not refused.fields:
        form.add_error(None, str(refused.message))
    missing = set(refused.details.get("groups", ()))
    if missing:
        form.add_error(None, _too_few([group for group in groups if group.code in missing]))
    return refused.status


def _too_few(groups: Sequence[Group]) -> str:
    words = ngettext(
        "Too few answers yet from this group: %(groups)s.",
        "Too few answers yet from these groups: %(groups)s.",
        len(groups),
    )
    return words % {"groups": ", ".join(map(str, groups))}
