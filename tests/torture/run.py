"""One run from the first town to the verdict, in the environment that was set before."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.models import F

from assessments.models import Assessment
from lastvote.jobs.models import Heartbeat, OutboxItem
from tests.jobs.live import TIME_TO_START, wait_until
from tests.torture import kinds, world
from tests.torture.comparing import everything, mails, outside
from tests.torture.faults import Harming
from tests.torture.ledger import Ledger, read
from tests.torture.load import LEAD, Load
from tests.torture.site import WORKERS, Site
from tests.torture.sizes import Size
from tests.torture.verdict import Findings

PROGRESS_EVERY = 10.0
GIVES_UP_AFTER = 180.0


def run(site: Site, size: Size, seed: int) -> Findings:
    """Build the world, send and harm, wait until nothing is owed, compare."""
    built = _start(site, size)
    ledger = Ledger(site.directory / "ledger.jsonl")
    load = Load(kinds.lanes(built, site.port), size, seed, ledger)
    harming = Harming(site, size, seed)
    with _progress(load, harming):
        harming.start(load.share_begun)
        load.run(time.monotonic() + LEAD)
        harming.wait()
    ledger.close()
    say("waiting until nothing is owed")
    settled_after = _settle(time.monotonic())
    say("comparing the book with database and log")
    entries = read(ledger.path)
    told = mails.in_folder(site.mailbox)
    differences = [*load.problems, *harming.failed, *everything.differences(built, entries, told)]
    say("asking for every reference, and computing every score again")
    differences += [*outside.unknown_references(site.port, entries), *outside.recomputed(site.environment)]
    return Findings(
        seed=seed, size=size, entries=entries, harms=harming.done, settled_after=settled_after,
        differences=differences, restarts=dict(site.supervisor.starts),
    )  # fmt: skip


def say(sentence: str) -> None:
    """Print a sign of life."""
    print(f"[{time.strftime('%H:%M:%S')}] {sentence}", flush=True)


def _start(site: Site, size: Size) -> world.World:
    if site.postgres:
        wait_until(site.postgres.answers, TIME_TO_START)
    say("making towns")
    call_command("migrate", verbosity=0)
    built = world.build(size)
    say("starting the site")
    site.start()
    wait_until(site.answers, TIME_TO_START)
    workers = WORKERS if site.redis else 1
    wait_until(lambda: Heartbeat.objects.filter(kind="worker").count() >= workers, TIME_TO_START)
    connection.close()  # the server behind it is going to be killed
    return built


@contextmanager
def _progress(load: Load, harming: Harming) -> Iterator[None]:
    over = threading.Event()
    began = time.monotonic()

    def tell() -> None:
        while not over.wait(PROGRESS_EVERY):
            harms = ", ".join(f"{fault} {count}" for fault, count in sorted(harming.counts().items()))
            say(f"{time.monotonic() - began:.0f} s: {load.progress()}; {harms or 'no faults yet'}")

    teller = threading.Thread(target=tell, name="progress", daemon=True)
    teller.start()
    try:
        yield
    finally:
        over.set()
        teller.join()


def _settle(ended: float) -> float | None:
    """Return how long it took from ``ended`` until every accepted answer is in a score and nothing is owed."""
    while time.monotonic() - ended < GIVES_UP_AFTER:
        try:
            if _is_settled():
                return time.monotonic() - ended
        except DatabaseError:
            connection.close()
        time.sleep(0.1)
    return None


def _is_settled() -> bool:
    behind = Assessment.objects.exclude(scored_rev=F("input_rev"))
    return not OutboxItem.objects.exists() and not behind.exists()
