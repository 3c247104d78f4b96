"""The reasons of a round of talks, for those who say afterwards which of them they read."""

from collections.abc import Sequence

from django.utils.text import Truncator

from assessments.models import WeightRound
from assessments.reasons_to_read import ReasonToRead
from assessments.scoring.schemes import SCHEMES
from deliberation.models import Statement
from deliberation.results import item_name

SHOWN = 90
"""Characters of a reason by which somebody finds it again."""


def reasons_of_talks(weight_round: WeightRound) -> Sequence[ReasonToRead]:
    """Return the reasons of the talks that a round follows, by what they are about, and then by lot.

    Erased words are left out: nobody could find them again.
    """
    said = Statement.objects.filter(round__follow_up=weight_round).exclude(words="").select_related("group")
    places = {code: place for place, code in enumerate(SCHEMES[weight_round.assessment.scheme].factors)}
    rows = sorted(said, key=lambda one: (places[one.item], one.token))
    return [
        ReasonToRead(
            one.token, str(item_name(weight_round.assessment, one.item)),
            f"{one.group}: {Truncator(one.words).chars(SHOWN)}",
        )
        for one in rows
    ]  # fmt: skip
