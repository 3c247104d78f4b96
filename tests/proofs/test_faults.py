"""Whatever dies, empties or freezes: nothing accepted is lost or counted twice, and nobody waits for the broker."""

import os
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from assessments.models import ScoreRun, Submission
from tests.jobs import live
from tests.proofs.sites import Site, check_sums, open_now, ready, settled

FREEZE_SECONDS = float(os.environ.get("FREEZE_SECONDS", "20"))
ACCEPT_SECONDS = 0.5
"""99 of 100 people must not wait longer to have an answer accepted, whatever the broker does."""
LONGEST_SECONDS = 2.0
SLOW_MACHINE = 2
"""A machine busy with other work may exceed both, but not by more than this many times what it takes undisturbed."""
SETTLED_SECONDS = 30

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]
full_set_up = [
    pytest.mark.broker,
    pytest.mark.postgres,
    pytest.mark.skipif(live.REDIS is None, reason="no redis-server here"),
]


@pytest.fixture
def redis(tmp_path):
    server = live.Redis(tmp_path)
    yield server
    server.thaw()
    server.kill()


@pytest.fixture
def site(tmp_path, request):
    broker = request.getfixturevalue("redis").url if "redis" in request.fixturenames else ""
    site = Site(tmp_path, broker)
    yield site
    site.end()


def everybody(stage, site):
    return ready(stage, site, stage.people)


def wait_until_settled(stage, *, answers):
    live.wait_until(lambda: settled(stage), SETTLED_SECONDS)
    assert check_sums(stage) == answers
    revisions = list(Submission.objects.order_by("rev").values_list("rev", flat=True))
    assert revisions == list(range(revisions[0], revisions[0] + len(revisions)))
    assert ScoreRun.objects.get(round=stage.round, rev=revisions[-1]).rev == stage.round.assessment.scored_rev


def send_over(visitors, seconds):
    """Send one after the other at a steady pace, whether or not earlier ones are back; return the outcomes.

    What counts as waiting starts at the moment at which a person meant to send.
    """
    started = time.monotonic()

    def send(number):
        due = started + number * seconds / len(visitors)
        time.sleep(max(0.0, due - time.monotonic()))
        outcome = visitors[number].send()
        outcome.seconds = time.monotonic() - due
        return outcome

    with ThreadPoolExecutor(len(visitors)) as pool:
        return list(pool.map(send, range(len(visitors))))


@pytest.mark.usefixtures("redis")
class TestFullSetUp:
    pytestmark = full_set_up

    def test_a_worker_killed_while_it_computes(self, site):
        stage = open_now((5, 5, 5))
        site.serve()
        worker = site.start_worker(hold=True)
        visitors = everybody(stage, site)
        assert [visitor.send().status for visitor in visitors[:5]] == [302] * 5
        live.wait_until(site.holds)
        worker.kill()
        assert [visitor.send().status for visitor in visitors[5:]] == [302] * 10
        stage.round.assessment.refresh_from_db()
        assert stage.round.assessment.scored_rev < stage.round.assessment.input_rev

        site.start_worker()
        wait_until_settled(stage, answers=15)

    def test_a_redis_that_freezes_and_is_emptied(self, site, redis):
        stage = open_now((10, 10, 10, 10, 10))
        site.serve()
        site.start("beat")
        site.start_worker()
        visitors = everybody(stage, site)
        before = send_over(visitors[:10], FREEZE_SECONDS / 4)
        redis.freeze()
        frozen = send_over(visitors[10:], FREEZE_SECONDS)
        redis.thaw()
        redis.client.flushall()

        assert {outcome.status for outcome in (*before, *frozen)} == {302}
        undisturbed = SLOW_MACHINE * max(outcome.seconds for outcome in before)
        waits = sorted(outcome.seconds for outcome in frozen)
        assert waits[len(waits) * 99 // 100 - 1] <= max(ACCEPT_SECONDS, undisturbed)
        assert waits[-1] <= max(LONGEST_SECONDS, undisturbed)
        wait_until_settled(stage, answers=50)


def test_the_one_process_of_the_default_killed_with_work_queued(site):
    stage = open_now((5, 5, 5))
    served = site.serve(hold=True)
    visitors = everybody(stage, site)
    assert [visitor.send().status for visitor in visitors[:5]] == [302] * 5
    live.wait_until(site.holds)
    assert [visitor.send().status for visitor in visitors[5:]] == [302] * 10
    served.kill()
    assert settled(stage) is False

    site.serve()
    wait_until_settled(stage, answers=15)
