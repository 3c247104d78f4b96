"""May this person do this to this round now? Role and state, in one place."""

import datetime as dt

from assessments import position_reads, reads
from assessments.models import Assessment, WeightRound
from assessments.states import RoundState
from lastvote.access import Permission, Role
from stakeholders.models import Group, Person
from stakeholders.reads import roles_of
from stakeholders.rules import permissions_for
from stakeholders.states import INCOMPATIBLE_ROLES


def accepts_answers(weight_round: WeightRound, at: dt.datetime) -> bool:
    """Whether an answer that arrived at this instant is in time."""
    return weight_round.state == RoundState.OPEN and weight_round.opens_at <= at < weight_round.closes_at


def takes_first_round(assessment: Assessment) -> bool:
    """Whether two people may announce a round: only before a result is published, or as a test on a past case."""
    return assessment.retrospective or not assessment.rounds.filter(state=RoundState.PUBLISHED).exists()


def may_answer(person: Person | None, weight_round: WeightRound, now: dt.datetime) -> bool:
    """Whether the person stands on the roll of a round that accepts answers."""
    return accepts_answers(weight_round, now) and reads.roll_entry_of(weight_round, person) is not None


def may(person: Person | None, permission: Permission, weight_round: WeightRound, now: dt.datetime) -> bool:
    """Whether the person's roles include ``permission`` on the round's assessment today."""
    assessment = weight_round.assessment
    today = now.astimezone(assessment.incident.jurisdiction.zone).date()
    return permission in permissions_for(person, on=today, assessment_id=assessment.pk)


def group_spoken_for(person: Person | None, weight_round: WeightRound, now: dt.datetime) -> Group | None:
    """Return the group whose position the person may adopt: their own on the roll, in delegate mode when it opened."""
    entry = reads.roll_entry_of(weight_round, person)
    if entry is None or entry.group.code not in position_reads.groups_with_delegates(weight_round):
        return None
    return entry.group if may(person, Permission.ADOPT_POSITION, weight_round, now) else None


def may_help(person: Person | None, weight_round: WeightRound, now: dt.datetime) -> bool:
    """Whether the person may type for others from paper: a helper without any stake of their own in the round.

    Members of a group have one, and so has whoever judges the case, speaks for a group or answers for the system.
    A role held from before does not help: it is looked at now.
    """
    if person is None or not may(person, Permission.HELP_ON_PAPER, weight_round, now):
        return False
    today = now.astimezone(weight_round.assessment.incident.jurisdiction.zone).date()
    stakes = INCOMPATIBLE_ROLES[Role.HELPER] | {Role.MEMBER}
    held = roles_of(person, on=today, assessment_id=weight_round.assessment_id)
    return not held & stakes and reads.roll_entry_of(weight_round, person) is None


def may_extend(person: Person | None, weight_round: WeightRound, now: dt.datetime) -> bool:
    """Whether the person may move the end of this round: once, before it, and only if its days are its own."""
    extended = weight_round.closes_at != weight_round.first_closes_at
    fixed = extended or weight_round.carried_from_id is not None
    return accepts_answers(weight_round, now) and not fixed and may(person, Permission.EXTEND_ROUND, weight_round, now)


def may_propose_early_close(person: Person | None, weight_round: WeightRound, now: dt.datetime) -> bool:
    """Whether the person may propose to close this round before its end: once every group has enough answers."""
    proposes = accepts_answers(weight_round, now) and may(person, Permission.PROPOSE_ROUND, weight_round, now)
    return proposes and not reads.groups_short_of_answers(weight_round)
