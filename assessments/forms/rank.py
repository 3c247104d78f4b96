"""The page for people who would rather put things in order than give numbers."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from assessments import placing
from assessments.placing import Move, Places
from assessments.wording import Item
from lastvote.web.forms import PlainForm


class RankForm(PlainForm):
    """The order that the page showed, and the button that was pressed there; without one, the order is finished."""

    places = forms.Field(required=False, widget=forms.HiddenInput)
    do = forms.Field(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, items: Sequence[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = [item.code for item in items]

    def clean_places(self) -> Places | None:
        """Return the order; nothing that is no order of these items gets through, and none comes twice."""
        came = self.data.getlist("places") if isinstance(self.data, QueryDict) else [self.cleaned_data["places"]]
        return placing.read(str(came[0]), self.codes) if len(came) == 1 else None

    def clean_do(self) -> tuple[Move, str] | None:
        """Return which item is to be moved where."""
        pressed = str(self.cleaned_data["do"] or "")
        if not pressed:
            return None
        move, _colon, code = pressed.partition(":")
        if move not in set(Move) or code not in self.codes:
            self.add_error(None, forms.ValidationError(_("Choose a button of this page"), code="unknown_move"))
            return None
        return Move(move), code

    def clean(self) -> dict[str, Any]:
        """Refuse what is no order."""
        cleaned = dict(super().clean() or {})
        if cleaned.get("places") is None:
            sentence = _("Put each of these in the order once")
            self.add_error(None, forms.ValidationError(sentence, code="not_an_order"))
        return cleaned

    def outcome(self) -> Places:
        """Return the order after the button was pressed."""
        places: Places = self.cleaned_data["places"]
        move = self.cleaned_data["do"]
        return placing.moved(places, *move) if move else places
