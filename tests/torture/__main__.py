"""``make torture``: harm a running site in every way it must survive, and count every write afterwards.

Starts everything it needs on ports of its own and ends it again; touches no server that runs already.
"""

import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
from pathlib import Path

import django

from tests.torture import programs, sizes, verdict
from tests.torture.site import Site
from tests.torture.supervisor import Supervisor


def read_arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("--setup", choices=("servers", "embedded"), default="servers", help="embedded: one process")
    parser.add_argument("--size", choices=("full", "small"), default="full", help="small: what every test run does")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6), help="repeats a schedule")
    parser.add_argument("--writes", type=int, help="how many writes, if not those of the size")
    parser.add_argument("--rate", type=float, help="how many a second, if not those of the size")
    parser.add_argument("--keep", type=Path, help="a folder for the book and the logs, to look at afterwards")
    return parser.parse_args()


def main() -> int:
    """Look for what is needed, run, print the verdict."""
    arguments = read_arguments()
    lacking = programs.missing(arguments.setup)
    if lacking:
        print("Not found:", *lacking, sep="\n  ")
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # end what was started, also when told to stop
    size = sizes.chosen(arguments.size, arguments.setup, writes=arguments.writes, rate=arguments.rate)
    print(f"seed {arguments.seed}: {size.writes} writes at {size.rate:g} a second, {size.seconds:.0f} s", flush=True)
    with tempfile.TemporaryDirectory(prefix="lastvote-torture-") as folder:
        return _run(arguments, size, Path(folder))


def _run(arguments: argparse.Namespace, size: sizes.Size, directory: Path) -> int:
    supervisor = Supervisor()
    try:
        site = Site(directory, supervisor, setup=arguments.setup)
        os.environ |= site.environment
        django.setup()
        from tests.torture import run  # models can be read from here on

        found = run.run(site, size, arguments.seed)
        print(verdict.table(found), flush=True)
        return 1 if verdict.failures(found) else 0
    finally:
        supervisor.end()
        if arguments.keep:
            _keep(directory, arguments.keep / arguments.setup)


def _keep(directory: Path, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for path in (*directory.glob("*.log"), *directory.glob("*.jsonl")):
        shutil.copy(path, target)


if __name__ == "__main__":
    sys.exit(main())
