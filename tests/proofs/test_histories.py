"""Whatever people do in whatever order, every way of counting gives the same bytes."""

import json
import subprocess
import sys

import pytest

from assessments.models import GroupSum
from tests.jobs.live import environment
from tests.proofs.histories import GOLDEN, HISTORIES, ROOT, in_a_fresh_process, plan_of, play, play_on
from tests.proofs.stages import PLANS, build

BATCHES = 20
COMMITTED = 3
"""Histories that are kept, for a command in another process to look at."""


def seeds_of(batch):
    """The seeds of one stage, or of half of them."""
    halves = BATCHES // len(PLANS)
    mine = [seed for seed in range(HISTORIES) if plan_of(seed) == batch % len(PLANS)]
    return mine[batch // len(PLANS) :: halves]


def test_the_batches_hold_every_history_once():
    assert sorted(seed for batch in range(BATCHES) for seed in seeds_of(batch)) == list(range(HISTORIES))


@pytest.mark.django_db
@pytest.mark.parametrize("batch", range(BATCHES))
def test_random_histories_give_the_same_bytes_everywhere(batch):
    golden = json.loads(GOLDEN.read_text())
    stage = build(PLANS[batch % len(PLANS)])
    played = list(play_on(stage, seeds_of(batch)))
    assert {str(one.seed): one.digest for one in played} == {str(seed): golden[str(seed)] for seed in seeds_of(batch)}
    report = in_a_fresh_process(played, hash_seed=batch + 1)
    assert report == {"histories": len(played), "differing": [], "loaded": []}


@pytest.mark.django_db(transaction=True)
def test_the_command_finds_every_stored_byte_again_and_notices_a_changed_one():
    stages = [build(plan, town=town) for plan, town in zip(PLANS[:COMMITTED], "ABC", strict=True)]
    for seed, stage in enumerate(stages):
        play(stage, seed)
    verdict, compared = verify()
    assert (verdict, compared["ok"]) == (0, True)
    assert compared["compared"] >= 4 * COMMITTED

    spoilt = GroupSum.objects.filter(round=stages[0].round, n__gt=0).first()
    GroupSum.objects.filter(pk=spoilt.pk).update(n=spoilt.n - 1)
    verdict, compared = verify()
    wrong = [finding["check"] for finding in compared["findings"] if finding["problem"]]
    assert (verdict, wrong) == (1, ["group sums"])


def verify():
    """Run the command that recomputes everything, with other hashes; return its exit code and what it said."""
    told = environment("", DJANGO_SETTINGS_MODULE="lastvote.settings", PYTHONHASHSEED="4711")
    command = [sys.executable, "manage.py", "recompute", "--all", "--verify", "--json"]
    done = subprocess.run(command, cwd=ROOT, env=told, capture_output=True, text=True, check=False, timeout=100)
    return done.returncode, json.loads(done.stdout)
