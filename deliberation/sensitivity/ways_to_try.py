"""The other ways of answering, to try them: an order, and one thing first with the others next to it.

They are read by the forms and counted by the questionnaire of those who answer a round; nothing is kept.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assessments import placing
from assessments.forms.choices import CompareForm, MostForm
from assessments.forms.rank import RankForm
from assessments.questionnaire import Questionnaire, Step
from assessments.ranking import Row, position, rows_of
from assessments.scoring.schemes import SCHEMES
from assessments.states import AnswerMethod
from assessments.views.in_words import place_shares
from assessments.wording import Item, items_of
from deliberation.results import PublishedScore
from deliberation.sensitivity.what_if import Tried, WhatIf, effect_of, what_if
from deliberation.working.steps import Words


class Way(StrEnum):
    """How somebody tries their weights, as it stands in the address."""

    POINTS = "points"
    ORDER = "order"
    CHOOSING = "choosing"


WAY_NAMES: dict[Way, Words] = {
    Way.POINTS: gettext_lazy("Points"),
    Way.ORDER: gettext_lazy("An order"),
    Way.CHOOSING: gettext_lazy("One first, then the others"),
}


@dataclass(frozen=True)
class OrderTried(WhatIf):
    """An order, the buttons that change it, and what it makes of the case."""

    rows: Sequence[Row]
    written: str
    position: str
    place_shares: str


@dataclass(frozen=True)
class ChoiceTried(WhatIf):
    """The thing chosen first and the comparisons with it; without one, the question which it is."""

    most: Item | None = None
    questions: Sequence[tuple[Item, forms.BoundField]] = ()

    @property
    def told(self) -> str:
        """How many comparisons are left, instead of a sentence for each of them at every choice."""
        left = sum(not field.value() for _item, field in self.questions)
        if self.tried or not left:
            return super().told
        return ngettext("%(left)s comparison is left.", "%(left)s comparisons are left.", left) % {"left": left}


def try_out(score: PublishedScore, way: Way, typed: QueryDict) -> WhatIf:
    """Read what an address holds for one way of answering, and work out what it does."""
    ways: dict[Way, Callable[[PublishedScore, QueryDict], WhatIf]] = {
        Way.POINTS: what_if,
        Way.ORDER: _by_order,
        Way.CHOOSING: _by_choosing,
    }
    return ways[way](score, typed)


def _by_order(score: PublishedScore, typed: QueryDict) -> OrderTried:
    items, blank = items_of(score.assessment.scheme), _blank(score)
    form = RankForm(typed if "places" in typed else None, items=items)
    valid = form.is_valid()
    said = blank.with_places(form.outcome() if valid else blank.places)
    last_move = form.cleaned_data["do"] if valid else None
    return OrderTried(
        form=form,
        tried=_effect(score, said) if valid else None,
        invitation=_("Put them in order and press a button. What the order does to the score appears here."),
        rows=rows_of(items, said.places, last_move),
        written=placing.written(said.places),
        position=position(items, said.places, last_move),
        place_shares=place_shares(said),
    )


def _by_choosing(score: PublishedScore, typed: QueryDict) -> ChoiceTried:
    items, blank = items_of(score.assessment.scheme), _blank(score)
    form = MostForm(typed if _begun(typed, Step.MOST, "most") else None, items=items)
    invitation = _("Choose, and press the button. What your answers do to the score appears here.")
    if not form.is_valid():
        return ChoiceTried(form, None, invitation)
    said = blank.with_most(form.cleaned_data["most"])
    if said.method == AnswerMethod.EQUAL:
        return ChoiceTried(form, _effect(score, said), invitation)
    return _compared(score, said, typed, invitation)


def _compared(score: PublishedScore, said: Questionnaire, typed: QueryDict, invitation: str) -> ChoiceTried:
    named = {item.code: item for item in items_of(score.assessment.scheme)}
    most, others = named[str(said.most)], [named[code] for code in said.compared]
    begun = _begun(typed, Step.COMPARE, *(item.code for item in others))
    form = CompareForm(typed if begun else None, items=others, questionnaire=said, most=most)
    tried = _effect(score, said.with_compared(form.cleaned_data)) if form.is_valid() else None
    return ChoiceTried(form, tried, invitation, most, form.questions())


def _begun(typed: QueryDict, step: Step, *names: str) -> bool:
    """Whether an address holds an answer, or the button with which somebody sent none: no radio tells of itself."""
    return typed.get("do") == step or any(name in typed for name in names)


def _blank(score: PublishedScore) -> Questionnaire:
    codes = SCHEMES[score.assessment.scheme].factors
    return Questionnaire(codes=codes, order=codes, data={})


def _effect(score: PublishedScore, said: Questionnaire) -> Tried:
    return effect_of(score, said.points())
