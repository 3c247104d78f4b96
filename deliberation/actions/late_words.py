"""Reasons that came when a round took none any more: kept for their authors, and taken late if they ask for it."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from assessments.models import RollEntry
from deliberation import rules
from deliberation.actions.events import record_on_case
from deliberation.actions.statements import (
    Reason,
    check_first_word,
    check_reason,
    lock_talks,
    place_or_404,
    talks_closed,
)
from deliberation.models import DeliberationRound, LateWords, Statement
from deliberation.notices import names
from deliberation.states import DeliberationState
from lastvote.errors import Refused
from lastvote.transactions import locking
from stakeholders.models import Person
from stakeholders.notices.telling import tell

CHANGED = "changed_meanwhile"


def keep_late_words(*, one: DeliberationRound, by: Person, reason: Reason, now: dt.datetime) -> LateWords:
    """Keep for its author a reason that came too late; newer words on an item take the place of earlier ones.

    No event: nobody can argue about what nobody else reads. Refuses people who take no part (404), words that would
    not have been taken in time either, and a round that still takes them (409 ``not_late``).
    """
    place_or_404(one, by)
    check_reason(one, reason)
    if rules.takes_statements(one, now):
        raise Refused("not_late", _("This round still takes reasons."), status=409)
    content = {
        "difference": reason.difference, "words": reason.words.strip(), "would_change": reason.would_change.strip(),
        "shows_name": reason.shows_name, "language": reason.language, "kept_at": now, "asked_at": None,
    }  # fmt: skip
    with locking():
        kept, _made = LateWords.objects.update_or_create(round=one, person=by, item=reason.item, defaults=content)
        kept.evidence.set(reason.evidence)
    return kept


def ask_to_take(*, late: LateWords, by: Person, now: dt.datetime) -> LateWords:
    """Let the facilitator read one's late words, so that they can be taken. Asking twice is asking once.

    Refuses everybody but the author (404), and a round that has ended (409 ``talks_closed``).
    """
    if late.person_id != by.pk:
        raise Refused("not_author", _("Only whoever wrote this can decide that."), status=404)
    _check_open(late.round)
    if late.asked_at is None:
        late.asked_at = now
        with locking():
            late.save(update_fields=["asked_at"])
            tell(names.LATE_WORDS_ASKED, late.pk, now, anew_since=now)
    return late


def take_late_words(*, late: LateWords, read: str, by: Person, now: dt.datetime) -> Statement:
    """Publish late words as a statement of their author's group, as they were written and read.

    ``read`` is the version of the words that were read: the author may write others under the same name, and nobody
    publishes what they have not read. Records ``case.late_words_taken``. Refuses words that their author did not ask
    to have taken (404), newer words than those read (409 ``changed_meanwhile``), a round that has ended, a second
    statement on the same item, and a facilitator who sells or answers for such systems.
    """
    rules.require_facilitator(by, late.round.case, now)
    with locking():
        lock_talks(late.round)
        late = _asked_for(late, read)
        place = check_can_be_taken(late)
        taken = Statement.objects.create(
            round=late.round, group=place.group, person=late.person, shows_name=late.shows_name, item=late.item,
            difference=late.difference, words=late.words, would_change=late.would_change, language=late.language,
            stated_at=now,
        )  # fmt: skip
        taken.evidence.set(late.evidence.all())
        facts = {"round": late.round.number, "group": place.group.code, "item": late.item}
        record_on_case("case.late_words_taken", late.round.case, now, by=by, acting_as="facilitator", facts=facts)
        late.delete()
        tell(names.LATE_WORDS_TAKEN, taken.pk, now)
    return taken


def version_of(late: LateWords) -> str:
    """Return what tells words from newer ones on the same item: when they were kept."""
    return late.kept_at.isoformat()


def _asked_for(late: LateWords, read: str) -> LateWords:
    """Lock late words, and hold them against what was read."""
    rows = LateWords.objects.select_for_update(of=("self",)).select_related("person")
    fresh = rows.filter(pk=late.pk, asked_at__isnull=False).first()
    if fresh is None:
        raise Refused("not_asked", _("Nobody asks to have this taken."), status=404)
    if version_of(fresh) != read:
        sentence = _("The author has changed these words since you read them. Read them as they are now.")
        raise Refused(CHANGED, sentence, status=409)
    fresh.round = late.round
    return fresh


def check_can_be_taken(late: LateWords) -> RollEntry:
    """Refuse words of whoever takes no part, after the round has ended, and beside a statement on the same item."""
    _check_open(late.round)
    place = place_or_404(late.round, late.person)
    check_first_word(late.round, place, late.item)
    return place


def _check_open(one: DeliberationRound) -> None:
    if one.state == DeliberationState.ENDED:
        raise talks_closed(one)
