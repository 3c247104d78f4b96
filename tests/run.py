"""Run the tests with everything this machine offers, and say what it does not offer.

Without ``--strict`` a missing server or browser only leaves tests out; with it, that is a failure.
Further arguments go to pytest. The PostgreSQL run comes first, so that pytest's own summary is the last line.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

LOCAL_POSTGRES = "postgres://postgres@127.0.0.1:5432/lastvote"
CHROMIUM = Path("/usr/bin/chromium")
DATA_ONLY = ["-p", "tests.data_only"]
"""Whatever touches no data says the same on either database: it runs once."""


@dataclass
class Findings:
    """What was found, what was not, and how the earlier run ended."""

    postgres: str | None
    redis: str | None
    chromium: str | None
    notes: list[str] = field(default_factory=list)

    @property
    def missing(self) -> list[str]:
        """What this machine lacks, in words."""
        answers = {
            "PostgreSQL (TEST_DATABASE_URL, or 127.0.0.1:5432): the second database": self.postgres,
            "redis-server: the tests with real workers": self.redis,
            "Chromium: the tests in a browser": self.chromium,
        }
        return [name for name, found in answers.items() if not found]

    @property
    def left_out(self) -> list[str]:
        """Markers that cannot run here."""
        return ([] if self.redis else ["broker"]) + ([] if self.chromium else ["browser"])


def answering(url: str) -> bool:
    """Whether a PostgreSQL server answers at ``url``; its database need not exist."""
    try:
        psycopg.connect(re.sub(r"/[^/]*$", "/postgres", url), connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


def look_around() -> Findings:
    """Find the servers and the browser."""
    postgres = os.environ.get("TEST_DATABASE_URL", LOCAL_POSTGRES)
    chromium = str(CHROMIUM) if CHROMIUM.exists() else shutil.which("chromium")
    return Findings(postgres if answering(postgres) else None, shutil.which("redis-server"), chromium)


def run(arguments: list[str], markers: str, database: str, notes: list[str]) -> tuple[int, str]:
    """Run pytest once, showing its output; return its exit code and its last line."""
    environment = os.environ | {"DATABASE_URL": database, "TEST_NOTES": json.dumps(notes)}
    if not database:
        environment.pop("DATABASE_URL")
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # without byte code, collecting takes twice as long
    # Files stay whole and in order, so that a red run can be repeated; plain pytest shuffles.
    order = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder", "-p", "tests.order", "-p", "no:randomly"]
    command = [sys.executable, "-m", "pytest", *order, "-q", "-p", "tests.notes", "-m", markers, *arguments]
    last = ""
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            sys.stdout.write(line)
            sys.stdout.flush()
            last = line.strip() or last
    return process.returncode, last


def main(arguments: list[str]) -> int:
    """Run on PostgreSQL where there is one, then on SQLite."""
    found = look_around()
    strict = "--strict" in arguments or os.environ.get("REQUIRE_ALL") == "1"
    if strict and found.missing:
        sys.stderr.write("\n".join(f"Not found: {name}" for name in found.missing) + "\n")
        return 1
    rest = [argument for argument in arguments if argument != "--strict"]
    markers = " and ".join(f"not {marker}" for marker in ["slow", *found.left_out])
    first = 0
    if found.postgres:
        sys.stdout.write("On PostgreSQL:\n")
        # Pages are looked at on SQLite; a browser comes here only for what is promised of the full set-up.
        first, line = run([*DATA_ONLY, *rest], f"{markers} and (postgres or not browser)", found.postgres, [])
        found.notes.append(f"On PostgreSQL: {line}")
        sys.stdout.write("\nOn SQLite:\n")
    found.notes += [f"Not found, so left out: {name}" for name in found.missing] or ["Nothing was left out."]
    second, _ = run(rest, f"{markers} and not postgres", "", found.notes)
    return first or second


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
