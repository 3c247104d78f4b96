"""Who has been heard, in words: bands while a round is open, counts once it is published. Never a number before."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assessments.models import WeightRound
from assessments.reads import answered_bands
from assessments.states import RoundState
from deliberation.results import GroupResult, PublishedScore
from stakeholders.models import Group

BAND_WORDS: dict[int, Promise] = {
    0: gettext_lazy("Fewer than 5 answers so far"),
    5: gettext_lazy("5 or more answers so far"),
    10: gettext_lazy("10 or more answers so far"),
    20: gettext_lazy("20 or more answers so far"),
}


@dataclass(frozen=True)
class Heard:
    """One group and what may be said about its answers."""

    group: Group
    words: str | Promise


def heard(
    groups: Sequence[Group], weight_round: WeightRound | None, score: PublishedScore | None, now: dt.datetime
) -> list[Heard]:
    """Return one row for each group; empty before anybody could answer."""
    if weight_round is not None and weight_round.state == RoundState.OPEN:
        bands = answered_bands(weight_round, now)
        return [Heard(group, BAND_WORDS[bands[group.pk]]) for group in groups if group.pk in bands]
    if weight_round is not None and weight_round.state == RoundState.CLOSED:
        return [Heard(group, _("Being counted")) for group in groups]
    if score is not None and score.from_answers:
        return [Heard(row.group, answers_in_words(row)) for row in score.groups]
    return []


def answers_in_words(row: GroupResult) -> str:
    """Say how many of a group answered; a group under its smallest size is not counted and not numbered."""
    if row.nobody:
        return _("No one from %(group)s has answered") % {"group": str(row.group)}
    if row.how == "adopted":
        return _("Position adopted by its delegate")
    if row.how == "held":
        return _("Too few changed, so the earlier position stands")
    if row.answers is None or not row.present:
        return ngettext(
            "Fewer than %(least)d answer, not counted", "Fewer than %(least)d answers, not counted", row.group.min_size
        ) % {"least": row.group.min_size}
    return ngettext("%(answers)d of %(roll)d answered", "%(answers)d of %(roll)d answered", row.answers) % {
        "answers": row.answers,
        "roll": row.roll,
    }
