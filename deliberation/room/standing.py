"""What one visitor can do in a round of talks now."""

import datetime as dt
from dataclasses import dataclass

from assessments.reads import own_answer, roll_entry_of
from assessments.rules import accepts_answers
from assessments.states import SubmissionKind
from deliberation import rules
from deliberation.actions.statements import items_unsaid
from deliberation.models import DeliberationRound
from stakeholders.models import Group, Person


@dataclass(frozen=True)
class Standing:
    """``group`` is whom the visitor speaks for; none for whoever takes no part. The rest says what is open at all."""

    known: bool
    group: Group | None
    takes_reasons: bool
    takes_replies: bool
    takes_answers: bool
    may_decide: bool
    """Whether the visitor can keep or change their answers now: by the list of that round, not of the one before."""
    can_keep: bool
    unsaid: bool
    """Whether there is something on which the visitor has given no reason yet."""
    leads: bool
    """Whether the visitor organises or leads talks, and so has a page about them at the desk."""

    @property
    def may_state(self) -> bool:
        """Whether the visitor can give a reason now."""
        return self.takes_reasons and self.group is not None and self.unsaid

    @property
    def may_reply(self) -> bool:
        """Whether the visitor can answer a reason now."""
        return self.takes_replies and self.group is not None


def standing_of(one: DeliberationRound, person: Person | None, now: dt.datetime) -> Standing:
    """Ask the rules; whoever may do nothing is told so by the page."""
    place = rules.place_in(one, person)
    takes_reasons, takes_answers = rules.takes_statements(one, now), accepts_answers(one.follow_up, now)
    may_decide = takes_answers and roll_entry_of(one.follow_up, person) is not None
    own = own_answer(one.follow_up, person) if person and may_decide else None
    return Standing(
        known=person is not None,
        group=place.group if place else None,
        takes_reasons=takes_reasons,
        takes_replies=rules.takes_replies(one, now),
        takes_answers=takes_answers,
        may_decide=may_decide,
        can_keep=own is not None and own.submission is not None and own.submission.kind == SubmissionKind.CARRIED,
        unsaid=bool(takes_reasons and person and place and items_unsaid(one, person)),
        leads=rules.leads_talks(person, one.case, now),
    )
