"""What somebody answered, said in words: on the check page, and around a sheet of paper."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from assessments import placing
from assessments.forms.choices import COMPARE_LABELS
from assessments.forms.why import EVERYTHING
from assessments.questionnaire import NO_LEAST, SAME, Questionnaire
from assessments.scoring.elicitation import RANK_POINTS, display_percentages
from assessments.states import AnswerMethod
from assessments.wording import Item


@dataclass(frozen=True)
class Answered:
    """One line of what stands on a sheet."""

    name: str | Promise
    words: str | Promise


def answered(questionnaire: Questionnaire, items: Sequence[Item]) -> list[Answered]:
    """Say what a sheet says, in the order in which it asks."""
    if questionnaire.method == AnswerMethod.POINTS:
        none = _("nothing, so 0 points")
        return [Answered(item.name, questionnaire.typed_for(item.code) or none) for item in items]
    if questionnaire.method == AnswerMethod.RANK:
        return [Answered(item.name, place_in_words(questionnaire, item.code)) for item in items]
    if questionnaire.most == SAME:
        return [Answered(_("First to stop"), _("They all matter the same"))]
    names = {item.code: item.name for item in items}
    rows = [Answered(_("First to stop"), names[str(questionnaire.most)])]
    if questionnaire.least not in {None, NO_LEAST}:
        rows.append(Answered(_("Matters least"), names[str(questionnaire.least)]))
    compared = [item for item in items if item.code != questionnaire.most]
    return [*rows, *(Answered(item.name, COMPARE_LABELS[str(questionnaire.label_of(item.code))]) for item in compared)]


def place_in_words(questionnaire: Questionnaire, code: str) -> str:
    """Return the place of an item in the order."""
    places = questionnaire.places
    words = {"number": placing.number_of(places, code), "total": len(questionnaire.codes)}
    if placing.sharing_with(places, code):
        return _("Place %(number)s of %(total)s, shared") % words
    return _("Place %(number)s of %(total)s") % words


def place_shares(questionnaire: Questionnaire) -> str:
    """Return what each place of an order is worth, from the first to the last; nothing for other ways of answering."""
    return shares_of_places(len(questionnaire.codes)) if questionnaire.method == AnswerMethod.RANK else ""


def shares_of_places(size: int) -> str:
    """Return what each of so many places is worth."""
    return ", ".join(f"{percentage}%" for percentage in display_percentages(RANK_POINTS[size]))


def named_reasons(questionnaire: Questionnaire, items: Sequence[Item]) -> list[tuple[str, str]]:
    """Return the reasons with the names of what they are about."""
    names = {EVERYTHING: _("In general")} | {item.code: str(item.name) for item in items}
    written = questionnaire.reasons
    return [(name, written[code]) for code, name in names.items() if code in written]
