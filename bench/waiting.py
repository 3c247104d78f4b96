"""From the commit of an answer to the score that has it, with a real worker over a real Redis."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from bench import figures
from lastvote import clock
from lastvote.jobs.models import OutboxItem
from tests import factories as make
from tests.jobs import live
from tests.proofs.sites import Site, settled
from tests.proofs.stages import Stage

RATE = 20
SECONDS = 20
REPEATS = 3
POLL = 0.005
AIM = 1000


def measure(stage: Stage, site: Site, *, seconds: int = SECONDS, repeats: int = REPEATS) -> None:
    """Send answers at a steady pace, whatever comes back, and watch the stored score catch up."""
    figures.title(f"(c) From commit to new score at {RATE} answers a second, open model, {seconds} s each")
    OutboxItem.objects.all().delete()
    site.start_worker(SWEEP_SECONDS="15")
    runs = [_run(stage, seconds) for _ in range(repeats)]
    for percent in (50, 95, 99):
        values = [1000 * figures.percentile(run, percent) for run in runs]
        aim = f" (aim {AIM} ms)" if percent == 95 else ""
        figures.line(f"p{percent}{aim}", figures.spread(values, " ms", 0))


def _run(stage: Stage, seconds: int) -> list[float]:
    committed: dict[int, float] = {}
    scored: list[tuple[float, int]] = []
    stop = threading.Event()
    watcher = threading.Thread(target=_watch, args=(stage.round.assessment_id, scored, stop))
    watcher.start()
    started = time.monotonic()

    def send(number: int) -> None:
        time.sleep(max(0.0, started + number / RATE - time.monotonic()))
        person = stage.people[number % len(stage.people)]
        points = (4000 - number % 50, 3000, 2000, 1000 + number % 50)
        accepted = make.answer(stage.round, person, points, key=f"{started}-{number}", now=clock.now())
        committed[accepted.submission.rev] = time.monotonic()

    with ThreadPoolExecutor(8, initializer=connection.ensure_connection) as pool:
        list(pool.map(send, range(RATE * seconds)))
        list(pool.map(lambda _: connection.close(), range(64)))
    live.wait_until(lambda: settled(stage), 60)
    time.sleep(2 * POLL)
    stop.set()
    watcher.join()
    return [_first_at_or_after(scored, revision) - at for revision, at in committed.items()]


def _watch(assessment_id: int, scored: list[tuple[float, int]], stop: threading.Event) -> None:
    last = -1
    while not stop.is_set():
        with connection.cursor() as cursor:
            cursor.execute("SELECT scored_rev FROM assessments_assessment WHERE id = %s", [assessment_id])
            revision = cursor.fetchone()[0]
        if revision != last:
            scored.append((time.monotonic(), revision))
            last = revision
        time.sleep(POLL)
    connection.close()


def _first_at_or_after(scored: list[tuple[float, int]], revision: int) -> float:
    return next(at for at, reached in scored if reached >= revision)
