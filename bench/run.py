"""One run of the benchmark on a database that is there and empty."""

import argparse
import logging
import os
import platform
import sys
from pathlib import Path

from tests.jobs import live


def run(arguments: argparse.Namespace, directory: Path) -> None:
    """Start Redis, set up the site, measure what was asked for, end everything."""
    if live.REDIS is None:
        sys.exit("The benchmark needs redis-server. On Debian: apt install redis-server")
    redis = live.Redis(directory)
    os.environ["BROKER_URL"] = redis.url
    try:
        _with_django(arguments, directory, redis.url)
    finally:
        redis.kill()


def _with_django(arguments: argparse.Namespace, directory: Path, broker_url: str) -> None:
    import django  # noqa: PLC0415 -- after the environment is set

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.test.utils import setup_test_environment  # noqa: PLC0415

    from tests.proofs.sites import Site  # noqa: PLC0415

    setup_test_environment()  # pages asked for inside this process
    logging.disable(logging.INFO)  # the served site logs as ever
    call_command("migrate", verbosity=0)
    site = Site(directory, broker_url, settings="bench.settings")
    try:
        _measure(arguments, site)
    finally:
        site.end()


def _measure(arguments: argparse.Namespace, site: object) -> None:
    from django.db import connection  # noqa: PLC0415

    from bench import accepting, bare, counting, figures, pages, waiting, world  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute(bare.TABLE)
        cursor.execute("SHOW server_version")
        server = cursor.fetchone()[0]
    machine = f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start"
    figures.line("Python, PostgreSQL", f"{platform.python_version()}, {server}; {machine}")
    stage = world.open_town("A", 5 if arguments.quick else world.MEMBERS)
    if "a" in arguments.only or "c" in arguments.only:
        site.serve(SWEEP_SECONDS="15")
    if "a" in arguments.only:
        accepting.measure(stage, site, **({"turns": 1} if arguments.quick else {}))
    if "b" in arguments.only:
        sizes = [100, 10_000] + [1_000_000] * arguments.million
        filled = [world.fill(letter, size) for letter, size in zip("BCD", sizes, strict=False)]
        counting.measure(filled, **({"repeats": 5} if arguments.quick else {}))
    if "d" in arguments.only:
        pages.measure(stage, site.port)
    if "c" in arguments.only:
        waiting.measure(stage, site, **({"seconds": 3, "repeats": 1} if arguments.quick else {}))
