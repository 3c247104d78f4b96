"""The comparison must be able to fail: each way of losing, doubling or changing something is done, and noticed."""

import email
import email.policy
import json
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.db import connection, transaction

from assessments.models import Assessment, CurrentAnswer, GroupSum, Rating, RatingDraft, Submission
from lastvote import clock
from lastvote.audit import guards
from lastvote.audit.models import AuditEvent
from lastvote.jobs import sweeper
from lastvote.jobs.models import IdempotencyKey, OutboxItem
from tests.torture import load, world
from tests.torture.comparing import everything, mails
from tests.torture.kinds import answers, programs, ratings
from tests.torture.ledger import Entry, Ledger, digest, read
from tests.torture.sizes import Size

TINY = Size(writes=24, rate=1000.0, faults={}, towns=1, members=1, cases=1, senders=6)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]


@dataclass
class Played:
    """Some people, and the book of what they sent."""

    world: world.World
    answering: list[answers.Answering]
    programs: list[programs.Program]
    rating: list[ratings.Rating]
    path: Path

    def send(self, lane, *kinds):
        """Have somebody send one write of each kind, one after the other."""
        ledger = Ledger(self.path)
        for kind in kinds:
            wanted = next(write for write in iter(partial(lane.decide, CHANCE), None) if write.kind == kind)
            write = lane.fill_in(wanted)
            heard = lane.send(write)
            ledger.mean(key=write.key, kind=write.kind, payload=write.payload, intended=0)
            ledger.tried(key=write.key, at=0, seconds=0, heard=heard.status)
            ledger.settle(key=write.key, outcome=heard.outcome, receipt=heard.receipt, at=0)
            lane.accepted(write)
        ledger.close()

    def differences(self, change=None):
        """Compare, after ``change`` was done to the book."""
        entries = read(self.path)
        if change:
            change(entries)
        told = [one for sent in mail.outbox for one in mails.told_by(parsed(sent))]
        return list(everything.differences(self.world, entries, told))


def parsed(sent):
    """Read a mail as whoever gets it does."""
    return email.message_from_bytes(sent.message().as_bytes(), policy=email.policy.default)


CHANCE = random.Random(1)


def sweep():
    """Do what is owed, what that owes in turn, and what that owes: a step, who is to be told, and each mail."""
    for _turn in range(3):
        sweeper.sweep(clock.now())


@pytest.fixture
def played(live_server, tmp_path):
    """A world in which something of every kind was sent, and all is done that was owed."""
    built = world.build(TINY)
    port = live_server.thread.port
    lanes = (kind.lanes(built, port) for kind in (answers, programs, ratings))
    played = Played(built, *lanes, tmp_path / "ledger.jsonl")
    played.send(played.programs[0], "first answer (API)", "change (API)", "withdrawal (API)", "first answer (API)")
    played.send(played.answering[0], "first answer", "change")
    played.send(played.answering[1], "first answer", "withdrawal")
    played.send(played.answering[2], "first answer")
    played.send(played.rating[0], "rating", "rating")
    played.send(played.rating[1], "rating", "draft of a rating")
    sweep()
    return played


def test_where_nothing_is_wrong_nothing_is_noticed_and_work_that_nobody_does_is(played):
    assert played.differences() == []
    played.send(played.answering[3], "first answer")
    owed = played.differences()
    assert len([sentence for sentence in owed if "is still owed" in sentence]) == OutboxItem.objects.count() == 2
    assert any("accepted up to" in sentence for sentence in owed)
    sweep()
    assert played.differences() == []


def test_everything_sent_twice_at_the_same_moment_counts_once(played, live_server, tmp_path, monkeypatch):
    monkeypatch.setattr(load, "DOUBLE_CLICKS", 1.0)
    lanes = {
        "answers": (1, played.answering[3:]),
        "programs": (1, played.programs[1:]),
        "ratings": (1, played.rating[2:]),
    }
    ledger = Ledger(played.path)
    sending = load.Load(lanes, TINY, 2, ledger)
    sending.run(time.monotonic())
    ledger.close()
    sweep()
    assert (sending.problems, sending.counts["accepted"]) == ([], TINY.writes)
    assert played.differences() == []


# --- What may happen to the database ----------------------------------------------------------------------------


def lose_a_mail():
    """Drop the last mail that tells of an answer; others say that a round has opened."""
    about_answers = [place for place, sent in enumerate(mail.outbox) if list(mails.told_by(parsed(sent)))]
    del mail.outbox[about_answers[-1]]


def sql(statement: str) -> Callable[[], object]:
    """Return what does a statement that the guards of the tables would refuse."""

    def run() -> None:
        with connection.cursor() as cursor:
            for table in guards.APPEND_ONLY:
                for drop in guards.drop_statements(connection, table):
                    cursor.execute(drop)
            cursor.execute(statement)

    return run


def newest(model: type, **wanted: object) -> int:
    return model.objects.filter(**wanted).order_by("-pk").values_list("pk", flat=True)[0]


def double_a_row() -> None:
    row = Submission.objects.select_related("detail").filter(kind="answer").latest("pk")
    detail = row.detail
    row.pk, row.version, row.rev = None, row.version + 1, row.rev + 1
    row.save(force_insert=True)
    detail.submission, detail.receipt = row, "0000000000"
    detail.save(force_insert=True)
    Assessment.objects.filter(pk=row.assessment_id).update(input_rev=row.rev, folded_rev=row.rev, scored_rev=row.rev)


def double_an_event() -> None:
    event = AuditEvent.objects.select_related("salt").filter(kind="answer.accepted").latest("pk")
    salt = event.salt
    event.pk = None
    event.save(force_insert=True)
    salt.event = event
    salt.save(force_insert=True)


def double_a_rating() -> None:
    rating = Rating.objects.filter(assessment__ratings_frozen_at=None).latest("pk")
    values = list(rating.values.all())
    rating.pk, rating.version = None, rating.version + 1
    rating.save(force_insert=True)
    for value in values:
        value.pk, value.rating = None, rating
        value.save(force_insert=True)


def swap_two_outcomes() -> None:
    one, other = IdempotencyKey.objects.filter(scope__startswith="answer:").order_by("pk")[:2]
    one.outcome_id, other.outcome_id = other.outcome_id, one.outcome_id
    one.save()
    other.save()


def tell(receipt: str) -> None:
    body = f"http://localhost/town-1/cases/T1-2026-0001/weigh/sent/{receipt}/"
    EmailMessage("Another", body, to=["one@town-1.example"], headers={"Message-ID": "<another@localhost>"}).send()


def test_whatever_happens_to_database_and_mails_is_noticed(played):
    standing = CurrentAnswer.objects.filter(submission__isnull=False)
    rows = Submission.objects.filter(kind="answer")
    superseded = rows.exclude(pk__in=standing.values("submission")).values_list("pk", flat=True)[0]
    event, rating_event = newest(AuditEvent, kind="answer.accepted"), newest(AuditEvent, kind="rating.submitted")
    rating = newest(Rating, assessment__ratings_frozen_at=None)
    draft = RatingDraft.objects.latest("pk")
    sabotage = {
        "there is no row of it": sql(f"DELETE FROM assessments_submission WHERE id = {superseded}"),
        "its key is stored 0 times": lambda: IdempotencyKey.objects.latest("pk").delete(),
        "the receipt is that of another row": swap_two_outcomes,
        "the points are not those of what was typed": sql(
            f"UPDATE assessments_submission SET points = '[2500, 2500, 2500, 2500]' WHERE id = {superseded}"
        ),
        "something else is stored than was sent": sql(
            f"UPDATE assessments_submissiondetail SET raw = '{json.dumps({'values': {}})}'"
            f" WHERE submission_id = {superseded}"
        ),
        "in the book 0 times instead of once": double_a_row,
        "its versions are": sql(f"UPDATE assessments_submission SET version = version + 50 WHERE id = {superseded}"),
        "stands than the last in the book": lambda: standing.update(submission=None),
        "are not those of the book": lambda: GroupSum.objects.filter(n__gt=0).update(n=0),
        "the revisions have gaps": sql(f"UPDATE assessments_submission SET rev = rev + 500 WHERE id = {superseded}"),
        "folded up to": lambda: Assessment.objects.filter(input_rev__gt=2).update(scored_rev=1),
        "there is no score at revision": sql("DELETE FROM assessments_scorerun"),
        "no event answer.accepted commits to row": sql(f"DELETE FROM audit_auditevent WHERE id = {event}"),
        "commits to no row": double_an_event,
        "is stored 0 times": sql(f"UPDATE assessments_ratingvalue SET value = 0 WHERE rating_id = {rating}"),
        "is stored 2 times": double_a_rating,
        "no event commits to rating": sql(f"DELETE FROM audit_auditevent WHERE id = {rating_event}"),
        "commits to no rating": sql(f"UPDATE audit_auditevent SET facts = '{{}}' WHERE id = {rating_event}"),
        "is not what was kept last": lambda: RatingDraft.objects.filter(pk=draft.pk).delete(),
        "0 messages tell of it instead of one": lose_a_mail,
        "which the book does not know": lambda: tell("0000000000"),
        "2 messages tell of it instead of one": lambda: tell(standing.earliest("pk").submission.detail.receipt),
        "is still owed, given up": lambda: OutboxItem.objects.create(
            kind="recompute", subject_id=1, dead_at=clock.now()
        ),
    }
    unnoticed, mailed = {}, list(mail.outbox)
    for sentence, act in sabotage.items():
        with transaction.atomic():
            act()
            said = played.differences()
            transaction.set_rollback(True)
        mail.outbox[:] = mailed
        if not any(sentence in one for one in said):
            unnoticed[sentence] = said
    assert unnoticed == {}
    assert played.differences() == []


# --- What may happen to the book --------------------------------------------------------------------------------


def drop(entries: list[Entry]) -> None:
    del entries[0]


def forget_the_outcome(entries: list[Entry]) -> None:
    entries[0].outcome = ""


def refuse(entries: list[Entry]) -> None:
    entries[0].outcome = "refused"


def mean_something_else(entries: list[Entry]) -> None:
    entry = next(entry for entry in entries if entry.kind == "first answer")
    entry.sha256 = digest(entry.payload | {"person": 0})


def another_key(entries: list[Entry]) -> None:
    next(entry for entry in entries if entry.kind == "first answer").key = "another"


def test_whatever_is_missing_in_the_book_is_noticed(played):
    changes = {
        "the book does not know it": drop,
        "no certain outcome": forget_the_outcome,
        "stored, though the client heard refused": refuse,
        "something else is stored than was sent": mean_something_else,
        "another: accepted, and its key is stored 0 times": another_key,
    }
    said = {sentence: played.differences(change) for sentence, change in changes.items()}
    assert {sentence for sentence, some in said.items() if not any(sentence in one for one in some)} == set()
    assert played.differences() == []
