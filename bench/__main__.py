"""``make bench``: every figure of docs/benchmarks.md in one run.

The parts e to h are arithmetic alone; a to d measure the site on a PostgreSQL database made for them.

The server is that of DATABASE_URL, or the one on this machine. Redis is started for the run on a port of its own.
"""

import argparse
import os
import re
import signal
import sys
import tempfile
from pathlib import Path

import psycopg

from bench.arithmetic import run as arithmetic

LOCAL = "postgres://postgres@127.0.0.1:5432/lastvote"
NAME = "lastvote_bench"


def read_arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure, side by side.")
    parser.add_argument("--only", default="abcdefgh", help="which parts, such as ab; e to h need no server")
    parser.add_argument("--quick", action="store_true", help="few short repeats, to see that it runs")
    parser.add_argument("--million", action="store_true", help="part b also with a million answers")
    return parser.parse_args()


def server_command(url: str, *statements: str) -> None:
    """Run statements on the server that may not be part of a transaction."""
    with psycopg.connect(re.sub(r"/[^/]*$", "/postgres", url), autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


def main() -> int:
    """Measure the arithmetic, then the site on a database made for it."""
    arguments = read_arguments()
    arithmetic.run(arguments.only, quick=arguments.quick)
    return measure_site(arguments) if set(arguments.only) & set("abcd") else 0


def measure_site(arguments: argparse.Namespace) -> int:
    """Make the database, measure, remove the database."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # end what was started, also when told to stop
    url = os.environ.get("DATABASE_URL", LOCAL)
    if not url.startswith(("postgres://", "postgresql://")):
        print("The benchmark needs PostgreSQL. Set DATABASE_URL to a server it may make a database on.")
        return 1
    with tempfile.TemporaryDirectory(prefix="lastvote-bench-") as directory:
        os.environ["DATABASE_URL"] = re.sub(r"/[^/]*$", f"/{NAME}", url)
        os.environ |= {"VAR_DIR": directory, "DJANGO_SETTINGS_MODULE": "bench.settings", "SECRET_KEY": "bench"}
        server_command(url, f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)", f"CREATE DATABASE {NAME}")
        try:
            from bench import run  # noqa: PLC0415 -- settings are read from the environment set here

            run.run(arguments, Path(directory))
        finally:
            server_command(url, f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
