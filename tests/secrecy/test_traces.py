"""What an answer leaves behind besides pages: mail, logs, messages to workers, faults, caches, sessions, addresses."""

import io
import logging
import re

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client

from assessments.models import RollEntry, Submission, SubmissionDetail
from assessments.receipts import shown
from lastvote import logs
from lastvote.audit.models import AuditEvent
from lastvote.celery import app
from lastvote.jobs import outbox, wake
from lastvote.jobs.models import IdempotencyKey, OutboxItem
from lastvote.jobs.publisher import TASK, BrokerLink
from tests.architecture.world import NOW
from tests.assessments.weighers import hidden
from tests.bad_input.typist import Typist
from tests.secrecy.canaries import numbers_in, words_in

TYPED = {"I": "61.37", "E": "17.03", "R": "11.93", "X": "9.67"}
POINTS = (6137, 1703, 1193, 967)
REASON = "Because zqtracezq1 says so."


class Journey:
    """A member signs in by mailed code, answers by points with a reason, sends, looks at the receipt."""

    def __init__(self, world):
        self.world = world
        self.typist = Typist.of(world, "member")
        self.typist.client = Client(raise_request_exception=False)
        self.places = []
        self.code = ""

    def step(self, response):
        self.places.append(response.get("Location", ""))
        return response

    def sign_in(self, mailoutbox):
        email = self.typist.person.account.email
        self.step(self.typist.post("/sign-in/", {"email": email, "password": "", "how": "code"}))
        self.code = next(line for line in mailoutbox[-1].body.splitlines() if len(line) == 9 and line[4] == "-")
        self.step(self.typist.post("/sign-in/code/", {"code": self.code}))

    def fill_in(self):
        self.step(self.typist.weigh("points", TYPED))
        self.step(self.typist.weigh("why", {"all": REASON}))

    def send(self):
        page = self.typist.client.get(f"{self.typist.case}weigh/check/")
        return self.step(self.typist.weigh("check", hidden(page)))

    @property
    def submission(self):
        return Submission.objects.filter(roll_entry__person=self.typist.person).latest("pk")


@pytest.fixture
def journey(world):
    return Journey(world)


@pytest.fixture
def log_lines():
    """Everything that any logger says, down to the smallest, as it would be written."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.setting("json", "DEBUG")["formatters"]["lines"]["()"](
        foreign_pre_chain=logs.SHARED, processors=logs._formatter("json")["processors"],
    ))  # fmt: skip
    root = logging.getLogger()
    quiet = {name: logging.getLogger(name).level for name in (*logs.QUIET, "lastvote", "assessments", "stakeholders")}
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    for name in quiet:
        logging.getLogger(name).setLevel(logging.DEBUG)
    yield stream
    root.removeHandler(handler)
    root.setLevel(before)
    for name, level in quiet.items():
        logging.getLogger(name).setLevel(level)


def secrets_in(content):
    """Return every secret of the journey that stands in the text."""
    raw = content.encode() if isinstance(content, str) else content
    return words_in(raw) | {str(number) for number in numbers_in(raw, POINTS)}


def test_a_whole_journey_leaves_no_secret_in_logs(journey, log_lines, mailoutbox):
    journey.sign_in(mailoutbox)
    journey.fill_in()
    sent = journey.send()
    journey.typist.client.get(sent["Location"])
    journey.typist.client.get(f"{journey.typist.case}weigh/")
    journey.typist.post("/testville/receipt/", {"reference": shown(journey.submission.detail.receipt)})
    journey.typist.weigh("withdraw", {"key": "k"})
    written = log_lines.getvalue()
    person = journey.typist.person
    private = [
        person.name, person.account.email, journey.code, journey.submission.detail.receipt,
        journey.typist.client.session.session_key, "127.0.0.1",
    ]  # fmt: skip
    assert written.count("request_finished") >= 8
    assert secrets_in(written) == set()
    assert [secret for secret in private if secret in written] == []


def test_a_fault_while_an_answer_is_accepted_tells_nobody_what_it_said(
    journey, log_lines, monkeypatch, settings, mailoutbox
):
    settings.ADMINS = [("Ops", "ops@example.org")]
    journey.sign_in(mailoutbox)
    journey.fill_in()
    mailoutbox.clear()

    def fail(**_arguments):
        raise RuntimeError(f"Could not store {POINTS} because {REASON}")

    monkeypatch.setattr("assessments.actions.answers.record", fail)
    before = Submission.objects.count()
    response = journey.send()
    assert response.status_code == 500
    assert secrets_in(response.content) == set()
    written = log_lines.getvalue()
    assert "RuntimeError" in written
    assert secrets_in(written) == set()
    assert (mailoutbox, Submission.objects.count()) == ([], before)


def test_the_traces_are_looked_for_where_they_would_be(journey, log_lines, mailoutbox):
    """A careless line of log, and a careless fault, are found."""
    logging.getLogger("careless").debug("Stored %s because %s", POINTS, REASON)
    assert secrets_in(log_lines.getvalue()) == {"zqtracezq1", *map(str, POINTS)}


def test_mail_goes_to_the_author_alone_and_says_nothing_answered(journey, mailoutbox):
    journey.sign_in(mailoutbox)
    journey.fill_in()
    journey.send()
    mailoutbox.clear()
    submission = journey.submission
    assert outbox.deliver("mail.answer_accepted", submission.pk, NOW) == 1
    (mail,) = mailoutbox
    whole = mail.message().as_string() + mail.subject + mail.body + mail.alternatives[0][0]
    assert mail.recipients() == [journey.typist.person.account.email]
    assert secrets_in(whole) == set()
    group = RollEntry.objects.get(pk=submission.roll_entry_id).group
    assert str(group) not in whole
    assert re.fullmatch(
        r"<answer-[0-9a-f]{32}@\S+>", mail.message()["Message-ID"]
    )  # a keyed hash, not the row's number


def test_a_wake_up_holds_a_kind_and_an_id_and_nothing_else(
    journey, mailoutbox, monkeypatch, settings, django_capture_on_commit_callbacks
):
    journey.sign_in(mailoutbox)
    journey.fill_in()
    sent = []
    settings.WAKE = True
    monkeypatch.setattr(wake, "_put", sent.append)
    with django_capture_on_commit_callbacks(execute=True):
        journey.send()
    assert [(wakeup.kind, type(wakeup.subject_id)) for wakeup in sent] == [
        ("recompute", int),
        ("mail.answer_accepted", int),
    ]
    assert secrets_in(repr(sent)) == set()


def test_a_task_message_holds_a_kind_and_an_id_and_nothing_else(journey, mailoutbox):
    """The very bytes that lie in the broker."""
    with app.connection_for_write() as broker:
        queue = broker.SimpleQueue(app.conf.task_default_queue)
        queue.clear()
        BrokerLink().send(wake.Wakeup("recompute", 4711, "a-request"))
        message = queue.get(block=False)
        queue.close()
    assert message.headers["task"] == TASK
    assert message.payload[0] == ["recompute", 4711]
    assert message.payload[1] == {}
    assert set(message.headers["__django_structlog__"]) <= {"request_id", "parent_task_id", "task_id"}
    assert "user" not in str(message.headers).lower()


def test_rows_beside_the_answer_hold_nothing_of_it(journey, mailoutbox):
    journey.sign_in(mailoutbox)
    journey.fill_in()
    journey.send()
    events = AuditEvent.objects.filter(kind="answer.accepted", at=NOW)
    rows = [
        *(list(row.values()) for row in OutboxItem.objects.values()),
        *(list(row.values()) for row in AuditEvent.objects.values()),
        *(list(row.values()) for row in IdempotencyKey.objects.values()),
    ]
    assert [row for row in rows if secrets_in(repr(row))] == []
    assert [(event.actor_id, event.facts, event.subject) for event in events] == [(None, {}, "round")]


def test_sessions_and_caches_hold_nothing_of_an_answer_that_was_sent(journey, mailoutbox):
    journey.sign_in(mailoutbox)
    journey.fill_in()
    journey.send()
    sessions = [repr(session.get_decoded()) for session in Session.objects.all()]
    remembered = f"{list(cache._cache)} {[cache.get(key.partition(':')[2]) for key in cache._cache]}"
    email = journey.typist.person.account.email
    assert [session for session in sessions if secrets_in(session)] == []
    assert (secrets_in(remembered), email in remembered) == (set(), False)


def test_no_address_holds_anything_that_was_answered(journey, mailoutbox):
    journey.sign_in(mailoutbox)
    journey.fill_in()
    journey.send()
    assert [place for place in journey.places if secrets_in(place)] == []
    assert journey.places[-1].endswith(f"/sent/{journey.submission.detail.receipt}/")


def test_a_stored_answer_can_be_erased_but_for_its_points(journey, mailoutbox):
    """What the answer was stays in the sums; why, how and by whom lies in rows that can go."""
    journey.sign_in(mailoutbox)
    journey.fill_in()
    journey.send()
    detail = SubmissionDetail.objects.get(pk=journey.submission.pk)
    assert detail.reasons == {"all": REASON}
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM assessments_submission WHERE id = %s", [detail.pk])
        columns = {column[0] for column in cursor.description}
    assert columns == {
        "id", "roll_entry_id", "assessment_id", "version", "kind", "points", "rev", "accepted_at", "commitment",
    }  # fmt: skip
