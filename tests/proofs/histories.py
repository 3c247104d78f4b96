"""Random histories in numbers: play them, compare every stored number with others found in other ways.

``python -m tests.proofs.histories --count 2000 --seed 1`` plays as many as wanted on the database of DATABASE_URL;
``--write-golden`` notes the digests of the histories that every test run repeats.
"""

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

GOLDEN = Path(__file__).parent / "golden.json"
ROOT = Path(__file__).parents[2]
HISTORIES = 300
"""Histories per database in every test run; their digests are kept in ``golden.json``."""


@dataclass(frozen=True)
class Played:
    """What came of one history: its bytes, and what a stranger would need to find them again."""

    seed: int
    binding: str
    dump: dict[str, Any]
    versions: int
    counts: int

    @property
    def digest(self) -> str:
        """SHA-256 of the binding bytes."""
        return hashlib.sha256(self.binding.encode()).hexdigest()


def plan_of(seed: int) -> int:
    """Which stage a seed plays on."""
    from tests.proofs.stages import PLANS

    return seed % len(PLANS)


def play_on(stage: Any, seeds: Iterable[int]) -> Iterator[Played]:
    """Play histories one after the other on one stage, each taken back before the next."""
    from django.db import transaction

    for seed in seeds:
        with transaction.atomic():
            played = play(stage, seed)
            transaction.set_rollback(True)
        stage.round.refresh_from_db()
        yield played


def play_alone(number: int, seeds: list[int]) -> list[Played]:
    """Build a stage, play on it, and leave nothing behind."""
    from django.db import transaction

    from tests.proofs.stages import PLANS, build

    with transaction.atomic():
        played = list(play_on(build(PLANS[number]), seeds))
        transaction.set_rollback(True)
    return played


def play(stage: Any, seed: int) -> Played:
    """Play one history and compare everything that can be compared in this process."""
    from tests.proofs.history import History

    history = History(stage, seed)
    run = history.play()
    history.check_rows()
    binding = json.loads(run.binding)
    check_by_hand(history, binding)
    return Played(seed, run.binding, dump(history, run.binding), history.versions, history.counts)


def check_by_hand(history: Any, binding: dict[str, Any]) -> None:
    """Find positions, pooled weights and the linear score again in plain fractions."""
    from tests.proofs import by_hand

    size = len(binding["codes"])
    places = by_hand.positions(history.answers(), size)
    assert {row["code"]: row["position"] for row in binding["groups"]} == places
    equal = history.stage.plan.voices == "equal"
    voices = by_hand.equal_voices(places) if equal else {row["code"]: row["voice"] for row in binding["groups"]}
    assert by_hand.pooled(places, voices, size) == binding["pooled"]
    linear = by_hand.linear_score(binding["pooled"], [binding["ratings"][code] for code in binding["codes"]])
    assert linear == binding["beside"]["linear"]


def dump(history: Any, binding: str) -> dict[str, Any]:
    """Write down what a history's score follows from, starting from what people typed."""
    from tests.proofs.stages import rated

    plan, body = history.stage.plan, history.stage.plan.policy_body()
    values = [[str(value) for value in row] for row in rated(plan)]
    return {
        "seed": history.seed,
        "scheme": plan.scheme,
        "aggregator": plan.aggregator,
        "month": history.stage.month,
        "parameters": body["parameters"],
        "ratings": [values, values],
        "groups": [
            {
                "order": order,
                "code": code,
                "is_affected": code == "C",
                "is_civil_society": code == "D",
                "min_size": 5,
                "roll_size": size,
                "voice": {name: row[name] for name in ("beta", "gamma", "expertise", "impact")},
            }
            for order, (code, size, row) in enumerate(zip(plan.codes, plan.sizes, body["voices"], strict=True))
        ],
        "answers": history.raw_answers(),
        "binding": binding,
    }


def in_a_fresh_process(played: list[Played], *, hash_seed: int) -> dict[str, Any]:
    """Have the dumps scored by a process of its own, with other hashes and in another order."""
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump([one.dump for one in played], file)
        file.flush()
        environment = {"PYTHONHASHSEED": str(hash_seed), "PATH": os.environ["PATH"]}
        command = [sys.executable, "-m", "tests.proofs.fresh", file.name, str(hash_seed)]
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True, timeout=300
        )  # fmt: skip
    return json.loads(done.stdout)


def main(arguments: argparse.Namespace) -> int:
    """Play on a database made for this and removed afterwards."""
    from django.db import connection

    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    played, started = [], time.monotonic()
    seeds = range(arguments.seed, arguments.seed + arguments.count)
    try:
        for number in sorted({plan_of(seed) for seed in seeds}):
            played += play_alone(number, [seed for seed in seeds if plan_of(seed) == number])
            print(f"{len(played):6d} played after {time.monotonic() - started:.0f} s", flush=True)
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)
    played.sort(key=lambda one: one.seed)
    return report(played, connection.vendor) if not arguments.write_golden else write_golden(played)


def report(played: list[Played], vendor: str) -> int:
    """Say what was played and what other processes made of it."""
    reports = [in_a_fresh_process(played, hash_seed=number) for number in (1, 4711)]
    together = hashlib.sha256("".join(one.digest for one in played).encode()).hexdigest()
    print(f"database            {vendor}")
    print(f"histories           {len(played)}, seeds {played[0].seed} to {played[-1].seed}")
    print(f"accepted acts       {sum(one.versions for one in played)}")
    print(f"counts              {sum(one.counts for one in played)}")
    print(f"different bytes     {[one['differing'] for one in reports]} in two fresh processes")
    print(f"digest of all       {together}")
    return 1 if any(one["differing"] or one["loaded"] for one in reports) else 0


def write_golden(played: list[Played]) -> int:
    """Note the digests."""
    GOLDEN.write_text(json.dumps({str(one.seed): one.digest for one in played}, indent=0) + "\n")
    print(f"{len(played)} digests written")
    return 0


def read_arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Play random histories and compare what is stored.")
    parser.add_argument("--count", type=int, default=HISTORIES)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--write-golden", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    sys.exit(main(read_arguments()))
