"""What people say in a round of talks: why their group weighs as it does, and replies to others.

Statements are public from the start and signed by the group. Nobody votes on them, and nothing here moves a number.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.actions.sent_once import done_once
from assessments.actions.written_words import check_words
from assessments.models import EvidenceItem, RollEntry
from assessments.scoring.record import canonical_bytes
from assessments.scoring.schemes import SCHEMES
from assessments.states import Visibility
from deliberation import rules
from deliberation.actions.events import record_on_case
from deliberation.models import DeliberationRound, Reply, Statement
from deliberation.models.talks import LONGEST
from deliberation.notices import names
from deliberation.states import DifferenceKind, ReplyKind
from lastvote.errors import Refused
from stakeholders.models import Person
from stakeholders.notices.telling import tell

MOST_EVIDENCE = 10
MEMBER = "member"


@dataclass(frozen=True)
class Reason:
    """What somebody says about one item: in what way they differ, why, and what would change their view."""

    item: str
    difference: str
    words: str
    would_change: str = ""
    evidence: Sequence[EvidenceItem] = ()
    shows_name: bool = False
    language: str = "en"


@dataclass(frozen=True)
class Response:
    """What somebody says to a statement."""

    kind: str
    words: str = ""
    evidence: Sequence[EvidenceItem] = ()
    language: str = "en"


def make_statement(*, one: DeliberationRound, by: Person, reason: Reason, key: str, now: dt.datetime) -> Statement:
    """State, for one's group, why it weighs an item as it does. Records ``case.stated``.

    Refuses people who take no part (404), a round whose statements are over (409 ``talks_closed``), an item or kind
    that is not there, no words or too many, evidence of another case, and a second statement on the same item.
    """
    place = place_or_404(one, by)
    check_reason(one, reason)
    if not rules.takes_statements(one, now):
        raise talks_closed(one)
    content = [reason.item, reason.difference, reason.words, reason.would_change, _numbers(reason.evidence)]
    made = _once(f"statement:{one.pk}:{place.pk}", key, content, now, lambda: _state(one, place, reason, now))
    return Statement.objects.select_related("group", "round").get(pk=made)


def reply(*, statement: Statement, by: Person, response: Response, key: str, now: dt.datetime) -> Reply:
    """Answer a statement: the same reason, evidence on it, or another reading. Records ``case.replied``.

    Refuses as ``make_statement`` does; adopting one's own reason, or one that was adopted already (409).
    """
    one = statement.round
    place = place_or_404(one, by)
    _check_response(one, response)
    if not rules.takes_replies(one, now):
        raise talks_closed(one)
    content = [response.kind, response.words, _numbers(response.evidence)]
    made = _once(
        f"reply:{statement.pk}:{place.pk}", key, content, now, lambda: _reply(statement, place, by, response, now)
    )  # fmt: skip
    return Reply.objects.select_related("group", "statement").get(pk=made)


def talks_closed(one: DeliberationRound) -> Refused:
    """Return the refusal of words that come when a round takes none; the page keeps them and says so."""
    return Refused(
        "talks_closed",
        _("This round does not take this now. Your words are still here, so that you can keep them."),
        status=409,
        details={"state": one.state},
    )


def place_or_404(one: DeliberationRound, by: Person) -> RollEntry:
    """Return the person's place among those who take part; whoever has none finds nothing (404)."""
    place = rules.place_in(one, by)
    if place is None:
        raise Refused("not_on_roll", _("You do not take part in this round."), status=404)
    return place


def _once(scope: str, key: str, content: Sequence[object], now: dt.datetime, act: Callable[[], int]) -> int:
    return done_once(scope=scope, key=key, body=canonical_bytes(list(content)), now=now, act=act)


def _numbers(evidence: Sequence[EvidenceItem]) -> list[int]:
    return sorted(row.number for row in evidence)


def _state(one: DeliberationRound, place: RollEntry, reason: Reason, now: dt.datetime) -> int:
    lock_talks(one)
    check_first_word(one, place, reason.item)
    statement = Statement.objects.create(
        round=one,
        group=place.group,
        person=place.person,
        shows_name=reason.shows_name,
        item=reason.item,
        difference=reason.difference,
        words=reason.words.strip(),
        would_change=reason.would_change.strip(),
        language=reason.language,
        stated_at=now,
    )
    statement.evidence.set(reason.evidence)
    facts = {"round": one.number, "group": place.group.code, "item": reason.item, "difference": reason.difference}
    record_on_case("case.stated", one.case, now, acting_as=MEMBER, facts=facts)
    return statement.pk


def _reply(statement: Statement, place: RollEntry, by: Person, response: Response, now: dt.datetime) -> int:
    lock_talks(statement.round)
    if response.kind == ReplyKind.ADOPT:
        _check_adopts(statement, by)
    made = Reply.objects.create(
        statement=statement,
        group=place.group,
        person=by,
        kind=response.kind,
        words=response.words.strip(),
        language=response.language,
        replied_at=now,
    )
    made.evidence.set(response.evidence)
    facts = {"round": statement.round.number, "group": place.group.code, "kind": response.kind}
    record_on_case("case.replied", statement.round.case, now, acting_as=MEMBER, facts=facts)
    tell(names.STATEMENT_REPLIED, made.pk, now)
    return made.pk


def items_unsaid(one: DeliberationRound, person: Person) -> list[str]:
    """Return the codes of what somebody has given no reason on yet."""
    said = set(one.statements.filter(person=person).values_list("item", flat=True))
    return [code for code in SCHEMES[one.basis.assessment.scheme].factors if code not in said]


def check_first_word(one: DeliberationRound, place: RollEntry, item: str) -> None:
    """Refuse a second statement of a person on an item."""
    if one.statements.filter(person=place.person, item=item).exists():
        raise Refused("already_stated", _("You have given your reason on this already."), status=409)


def lock_talks(one: DeliberationRound) -> None:
    """Two forms of one person wait for each other; other people's do not count votes, so little is lost."""
    DeliberationRound.objects.select_for_update().get(pk=one.pk)


def may_adopt(statement: Statement, person: Person | None) -> bool:
    """Whether a reason is neither somebody's own nor one that they said to be theirs too."""
    return person is None or (statement.person_id != person.pk and not _is_adopted(statement, person))


def _is_adopted(statement: Statement, person: Person) -> bool:
    return statement.replies.filter(person=person, kind=ReplyKind.ADOPT).exists()


def _check_adopts(statement: Statement, person: Person) -> None:
    if statement.person_id == person.pk:
        raise Refused("own_reason", _("This is your own reason already."), status=409)
    if _is_adopted(statement, person):
        raise Refused("already_adopted", _("You have said already that this is your reason too."), status=409)


def check_reason(one: DeliberationRound, reason: Reason) -> None:
    """Refuse an item or kind that is not there, no words or too many, and evidence of another case."""
    if reason.item not in SCHEMES[one.basis.assessment.scheme].factors:
        raise _refused("unknown_item", _("Choose what your reason is about"), "item")
    if reason.difference not in DifferenceKind.values:
        raise _refused("unknown_option", _("Choose what kind of difference this is"), "difference")
    check_words(reason.words, field="words", longest=LONGEST)
    check_words(reason.would_change, field="would_change", longest=LONGEST, required=False)
    _check_evidence(one, reason.evidence)


def _check_response(one: DeliberationRound, response: Response) -> None:
    if response.kind not in ReplyKind.values:
        raise _refused("unknown_option", _("Choose what you want to say"), "kind")
    check_words(response.words, field="words", longest=LONGEST, required=response.kind != ReplyKind.ADOPT)
    if response.kind == ReplyKind.EVIDENCE and not response.evidence:
        raise _refused("evidence_needed", _("Choose at least one piece of evidence"), "evidence")
    _check_evidence(one, response.evidence)


def _check_evidence(one: DeliberationRound, evidence: Sequence[EvidenceItem]) -> None:
    """Words that everybody reads rest on evidence that everybody can read."""
    incident = one.basis.assessment.incident_id
    if any(row.incident_id != incident or row.visibility != Visibility.PUBLIC for row in evidence):
        raise _refused("unknown_evidence", _("Choose evidence of this case"), "evidence")
    if len(evidence) > MOST_EVIDENCE:
        raise _refused("too_many", _("Choose 10 pieces of evidence or fewer"), "evidence")


def _refused(code: str, sentence: str | Promise, field: str) -> Refused:
    return Refused(code, sentence, fields={field: [sentence]})
