"""The one thing a visitor can do about a case now."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from assessments.models import WeightRound
from assessments.reads import own_answer
from assessments.rules import accepts_answers, group_spoken_for, may_help
from stakeholders.models import Group, Person


class Call(StrEnum):
    """What the page asks of this visitor."""

    NOTHING = "nothing"
    SIGN_IN = "sign_in"
    ANSWER = "answer"
    ANSWERED = "answered"
    NOT_ON_ROLL = "not_on_roll"


@dataclass(frozen=True)
class Box:
    """The call, until when it stands, the group that the visitor speaks for, and whether they help on paper."""

    call: Call
    closes_at: dt.datetime | None = None
    speaks_for: Group | None = None
    helps: bool = False


def box_for(person: Person | None, weight_round: WeightRound | None, now: dt.datetime) -> Box:
    """Choose what this visitor is asked to do."""
    if weight_round is None or not accepts_answers(weight_round, now):
        return Box(Call.NOTHING)
    if person is None:
        return Box(Call.SIGN_IN, weight_round.closes_at)
    own = own_answer(weight_round, person)
    if own is None:
        return Box(Call.NOT_ON_ROLL, weight_round.closes_at, helps=may_help(person, weight_round, now))
    call = Call.ANSWERED if own.submission else Call.ANSWER
    return Box(call, weight_round.closes_at, group_spoken_for(person, weight_round, now))
