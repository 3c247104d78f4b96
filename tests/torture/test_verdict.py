"""What the verdict fails for, what it says of latencies, and a schedule that a seed repeats."""

import random
from collections import Counter
from dataclasses import replace

import pytest

from tests.torture.faults import PARTS, QUIET, Harm, schedule
from tests.torture.ledger import Attempt, Entry
from tests.torture.sizes import EMBEDDED_FULL, FULL, SMALL, Fault
from tests.torture.verdict import Findings, failures, percentile, phase_of, table


def entry(key: str = "one", *, intended: float = 10.0, settled_at: float = 10.5, heard: tuple[str, ...] = ("302",)):
    attempts = [Attempt(at=intended, seconds=settled_at - intended, heard=one) for one in heard]
    return Entry(
        key=key, kind="change", payload={}, sha256="", intended=intended, attempts=attempts, outcome="accepted",
        settled_at=settled_at,
    )  # fmt: skip


def findings(**changes: object) -> Findings:
    size = replace(SMALL, writes=1, faults={Fault.REDIS_FROZEN: 1})
    whole = Findings(
        seed=1, size=size, entries=[entry()], harms=[Harm(Fault.REDIS_FROZEN, 20.0, 24.0)], settled_after=3.0,
        differences=[],
    )  # fmt: skip
    return replace(whole, **changes)


def test_a_run_without_anything_wrong_passes():
    assert failures(findings()) == []
    assert table(findings()).splitlines()[-1] == "PASSED: nothing lost, nothing twice"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"differences": ["something is lost"]}, "something is lost"),
        ({"settled_after": None}, "it never settled"),
        ({"settled_after": 30.1}, "it settled after 30.1 s instead of 30 s"),
        ({"harms": []}, "Redis frozen: done 0 times instead of 1"),
        ({"entries": []}, "0 writes in the book instead of 1"),
        ({"entries": [entry(heard=("500", "302"))]}, "change one: the site answered 500 while its database ran"),
    ],
)
def test_a_run_fails_for(changes, sentence):
    assert failures(findings(**changes)) == [sentence]
    said = table(findings(**changes)).splitlines()
    assert (said[-1], f"  {sentence}" in said) == ("FAILED", True)


def test_a_lock_that_cannot_be_had_is_a_fault_of_the_one_process_alone():
    busy = {"entries": [entry(heard=("429", "302"))]}
    assert failures(findings(**busy)) == ["change one: the one process found its own database locked"]
    servers = replace(SMALL, writes=1, faults={Fault.POSTGRES_KILLED: 1})
    assert failures(findings(**busy, size=servers, harms=[Harm(Fault.POSTGRES_KILLED, 20.0, 24.0)])) == []


def test_an_error_of_the_server_is_forgiven_while_its_database_is_gone():
    harms = [Harm(Fault.REDIS_FROZEN, 20.0, 24.0), Harm(Fault.POSTGRES_KILLED, 9.0, 10.1)]
    assert failures(findings(entries=[entry(heard=("500", "302"))], harms=harms)) == []


def test_a_write_belongs_to_the_gravest_fault_that_it_met():
    redis, database = Harm(Fault.REDIS_KILLED, 10.4, 12.0), Harm(Fault.POSTGRES_KILLED, 10.5, 11.0)
    assert phase_of(entry(), [redis, database]) == "database"
    assert phase_of(entry(), [redis]) == "Redis"
    assert phase_of(entry(settled_at=10.3), [redis, database]) == "nothing"


def test_whether_a_write_had_arrived_was_unknown_for_a_while():
    heard = [("302",), ("429", "302"), ("TimeoutError", "302"), ("502", "302")]
    assert [entry(heard=one).ambiguous for one in heard] == [False, False, True, True]


def test_percentiles_are_values_that_were_measured():
    waits = [float(number) for number in range(200, 0, -1)]
    assert [percentile(waits, percent) for percent in (50, 99, 100)] == [100.0, 198.0, 200.0]
    assert percentile([7.0], 50) == 7.0


@pytest.mark.parametrize("size", [FULL, SMALL, EMBEDDED_FULL])
def test_a_schedule_holds_every_fault_after_a_quiet_beginning_and_a_seed_repeats_it(size):
    planned = schedule(size, random.Random("4 schedule"))
    assert planned == schedule(size, random.Random("4 schedule"))
    assert planned != schedule(size, random.Random("5 schedule"))
    assert Counter(fault for plan in planned.values() for _at, fault in plan) == Counter(size.faults)
    for part, plan in planned.items():
        shares = [at for at, _fault in plan]
        assert shares == sorted(shares)
        assert all(QUIET <= at < 1 for at in shares)
        assert {fault for _at, fault in plan} <= set(PARTS[part])
