"""Killed workers and an emptied Redis in the middle of talks change nothing: the logs of both runs are the same."""

import datetime as dt
import re

import pytest

from assessments.models import Submission, WeightRound
from deliberation.actions.statements import make_statement
from deliberation.models import Case, Clock, ProtectiveFinding
from lastvote.audit.models import AuditEvent
from lastvote.jobs import publisher, wake
from lastvote.jobs.models import Heartbeat, OutboxItem
from tests import factories as make
from tests.deliberation import room_world as r
from tests.deliberation import talks_world as t
from tests.jobs import live
from tests.proofs.moved_sites import A_MOMENT, START, MovedSite, Talks

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(600),
    pytest.mark.broker,
    pytest.mark.postgres,
    pytest.mark.skipif(live.REDIS is None, reason="no redis-server here"),
]
NEARER = (3000, 6000, 600, 400)
NAMES_OF_TOWNS = re.compile("[0-9a-f]{64}|.*~[0-9a-f]{16}")
"""Digests and references: they cover the names of the two towns, which differ."""
AN_HOUR = dt.timedelta(hours=1)
WHEN_TAKEN = {
    "case.opened", "case.convened", "case.settled", "case.protected", "round.announced", "round.answers_carried",
    "round.published",
}  # fmt: skip
"""Steps that take effect when somebody takes them. All others have a legal time, and it must be the same one."""


@pytest.fixture
def redis(tmp_path):
    server = live.Redis(tmp_path)
    yield server
    server.kill()


@pytest.fixture
def site(redis, tmp_path, settings, monkeypatch):
    settings.WAKE = True
    settings.CELERY_BROKER_URL = redis.url
    monkeypatch.setattr(wake, "publisher", publisher.Publisher(size=wake.QUEUE_SIZE))
    site = MovedSite(tmp_path, redis.url, monkeypatch)
    yield site
    site.end()


class Disturbed:
    """Kills the worker before whatever is due is done, empties Redis, and only then lets another one work."""

    def __init__(self, site, redis):
        self.site, self.redis = site, redis
        self.worker = site.start_worker()
        self.emptied = 0

    def lose(self, *, computing=False):
        """Lose the worker: at rest, or while it computes what people have sent since."""
        self.worker.kill()
        if computing:
            self.site.diary.unlink(missing_ok=True)
            self.worker = self.site.start_worker(hold=True)

    def recover(self, *, computing=False):
        if computing:
            live.wait_until(self.site.holds)
            self.worker.kill()
        self.emptied += self.redis.client.llen("celery")
        self.redis.client.flushall()
        self.worker = self.site.start_worker()


def test_a_run_that_loses_its_workers_and_its_redis_leaves_the_same_log(site, redis):
    site.start("beat")
    worker = site.start_worker()
    undisturbed = Talks(site.clock, "calmville", "CV")
    play(undisturbed)
    worker.kill()
    redis.client.flushall()
    site.clock.set(START)
    Heartbeat.objects.all().delete()
    disturbed = Talks(site.clock, "stormville", "SV")
    harm = Disturbed(site, redis)
    play(disturbed, harm)

    told = log_of(undisturbed)
    assert log_of(disturbed) == told
    assert [kind for kind, *_rest in told].count("case.convened") == 1
    assert told[-1][0] == "case.protected"
    assert outcome_of(disturbed) == outcome_of(undisturbed)
    assert harm.emptied > 0
    assert not OutboxItem.objects.exclude(dead_at=None).exists()


def play(talks, harm=None):
    """From the first answers over one round of talks, as on the Moderate path, to the protective default."""
    world = talks.announce("A case whose groups differ", t.MILD)
    talks.reach(START + A_MOMENT)
    talks.weigh(world, t.SPLIT, START + AN_HOUR)
    reach(talks, world.assessment.rounds.latest("number").closes_at, harm, computing=True)
    speak_and_weigh(talks, world, {"F": NEARER}, harm)


def speak_and_weigh(talks, world, leanings, harm):
    """One round of talks: a reason, then the answers of those who change theirs. Workers are lost at both its ends."""
    one = t.talks_of(world)
    due = dict(one.clocks.values_list("kind", "due_at"))
    speaker = talks.town.members["C"][0]
    said_at = due["statements"] - make.DAY
    make_statement(one=one, by=speaker, reason=r.BURDEN, key=f"reason-{one.number}", now=said_at)
    reach(talks, due["statements"], harm)
    talks.weigh(world, leanings, due["statements"] + AN_HOUR)
    reach(talks, due["session"])
    reach(talks, due["answers"], harm)


def reach(talks, moment, harm=None, *, computing=False):
    if harm:
        harm.lose(computing=computing)
    talks.clock.set(moment + A_MOMENT)
    if harm:
        harm.recover(computing=computing)
    talks.settle()


def log_of(talks):
    """What the log of the case says, with all that depends on nothing but what people did and the law."""
    (assessment,) = talks.assessments
    zone = talks.town.jurisdiction.zone
    case = Case.objects.get(assessment=assessment)
    rounds = list(assessment.rounds.order_by("number"))
    told = [*_events("round", [row.pk for row in rounds]), *_events("case", [case.pk])]
    return [(kind, moment_of(kind, at, zone), numbers_in(facts)) for kind, at, facts in told]


def _events(subject, ids):
    """By subject, each in its own order: two workers may write about two subjects at the same moment."""
    rows = AuditEvent.objects.filter(subject=subject, subject_id__in=ids).order_by("subject_id", "id")
    return rows.values_list("kind", "effective_at", "facts")


def moment_of(kind, at, zone):
    return at.astimezone(zone).date() if kind in WHEN_TAKEN else at


def numbers_in(facts):
    return {name: value for name, value in facts.items() if not NAMES_OF_TOWNS.fullmatch(str(value))}


def outcome_of(talks):
    (assessment,) = talks.assessments
    case = Case.objects.get(assessment=assessment)
    clocks = Clock.objects.filter(case=case).order_by("pk").values_list("kind", "due_at", "trace")
    rounds = WeightRound.objects.filter(assessment=assessment).order_by("number")
    answers = Submission.objects.filter(roll_entry__round__in=rounds).order_by("rev").values_list("rev", "points")
    scores = [(row.number, row.runs.get(published=True).binding) for row in rounds]
    return case.outcome, case.path, list(clocks), list(answers), scores, ProtectiveFinding.objects.get(case=case).score
