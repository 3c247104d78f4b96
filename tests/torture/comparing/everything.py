"""The book against everything: each kind of write, mails, what is still owed, what nobody ever got to know."""

from collections.abc import Iterable, Iterator

from lastvote.jobs.models import OutboxItem
from tests.torture.comparing import answers, mails, ratings
from tests.torture.ledger import Entry
from tests.torture.world import World


def differences(world: World, entries: list[Entry], sent: Iterable[mails.Mail]) -> Iterator[str]:
    """Yield one sentence for every difference; nothing means that book, database and log agree."""
    yield from _outcomes(entries)
    yield from answers.differences(world.rounds, entries)
    yield from ratings.differences(world.rated, entries)
    yield from mails.differences(sent, entries)
    yield from _owed()


def _outcomes(entries: list[Entry]) -> Iterator[str]:
    """Nothing wrong is ever sent, so nothing may be refused, and in the end every outcome must be known."""
    for entry in entries:
        if not entry.accepted:
            heard = [attempt.heard for attempt in entry.attempts]
            yield f"{entry.kind} {entry.key}: {entry.outcome or 'no certain outcome'}; heard {heard}"


def _owed() -> Iterator[str]:
    for item in OutboxItem.objects.order_by("pk"):
        state = "given up" if item.dead_at else f"after {item.attempts} attempts"
        yield f"work {item.kind} of {item.subject_id} is still owed, {state} {item.last_error}"
