"""A whole site on a clock that a test moves, and cases of one town on which only its workers take the due steps."""

import datetime as dt

import pytest
from django.utils import timezone

from assessments.models import Assessment, WeightRound
from assessments.states import RoundState
from deliberation.facts import facts_of
from deliberation.models import Case
from deliberation.protocol import next_step
from lastvote.jobs.models import Heartbeat, OutboxItem
from tests import factories as make
from tests.deliberation import talks_world as t
from tests.deliberation import world as w
from tests.jobs import live
from tests.moved_clock import VARIABLE, MovedClock
from tests.proofs.sites import Site

START = make.NOW
SWEEP_SECONDS = "0.5"
A_MOMENT = dt.timedelta(seconds=15)
"""A round closes ten seconds after its time, so that what was sent in time is in."""
SETTLED_SECONDS = 120
NOTHING_WAITS_FOR = ("mail.", "look_out.", "panel.")
"""How the kinds of work begin on which no step of a case depends."""


class MovedSite(Site):
    """Processes of the site that go by the moved clock, as this process does."""

    def __init__(self, directory, broker_url, monkeypatch):
        super().__init__(directory, broker_url, settings="tests.proofs.moved_settings")
        self.clock = MovedClock(directory / "clock", START)
        self.url = f"http://localhost:{self.port}"
        monkeypatch.setattr(timezone, "now", self.clock.now)

    def start(self, command, *arguments, **options):
        told = {VARIABLE: str(self.clock.file), "SWEEP_SECONDS": SWEEP_SECONDS}
        return super().start(command, *arguments, **told, **options)

    def start_worker(self, **options):
        """Wait for its own sign of life: on a clock that jumps, those of others are forgotten meanwhile."""
        worker = self.start("worker", "--concurrency=2", **options)
        live.wait_until(lambda: Heartbeat.objects.filter(name__endswith=f" {worker.pid}").exists(), live.TIME_TO_START)
        return worker


class Talks:
    """Cases of one town. This process sends what people say; every step that is due is left to the site."""

    def __init__(self, clock: MovedClock, slug: str = "testville", code: str = "TV"):
        self.clock = clock
        self.town = make.make_town(slug=slug, code=code, size=5)
        self.worlds: dict[str, w.World] = {}

    def announce(self, title: str, values: dict[str, str]) -> w.World:
        """Announce a round on a new case; it opens by itself."""
        world = w.rated(self.town, incident=make.make_incident(self.town, title=title), values=values)
        world.weight_round = make.announce(self.town, world.assessment, opens_at=START)
        self.worlds[title] = world
        return world

    def weigh(self, world: w.World, leanings: dict[str, tuple[int, ...]], at: dt.datetime) -> None:
        """Have people of the groups named answer the newest round, at a moment that does not depend on the machine."""
        t.weigh(world, world.assessment.rounds.latest("number"), leanings, at)

    def reach(self, moment: dt.datetime) -> None:
        """Let it be that moment, and wait until the site has done whatever is due."""
        self.clock.set(moment)
        self.settle()

    def settle(self) -> None:
        try:
            live.wait_until(lambda: not self.due(), SETTLED_SECONDS)
        except AssertionError:
            pytest.fail(f"still due: {self.due()}")

    def due(self) -> list[str]:
        """Say what the site has not done yet."""
        now = self.clock.now()
        soon = now + dt.timedelta(minutes=1)
        owed = OutboxItem.objects.filter(next_attempt_at__lte=soon).values_list("kind", flat=True)
        rounds = WeightRound.objects.filter(assessment__in=self.assessments)
        late = rounds.filter(state=RoundState.ANNOUNCED, opens_at__lte=now)
        unread = rounds.filter(closes_at__lte=now - A_MOMENT / 2).exclude(state=RoundState.PUBLISHED)
        needed = [kind for kind in owed if not kind.startswith(NOTHING_WAITS_FOR)]
        return [*needed, *(f"{row.state} round" for row in (*late, *unread)), *self._steps(now)]

    def _steps(self, now: dt.datetime) -> list[str]:
        """Ask the protocol itself what is due."""
        found = Case.objects.filter(assessment__in=self.assessments)
        cases = found.select_related("assessment__policy__jurisdiction", "assessment__incident__jurisdiction")
        steps = [next_step(facts_of(case), now) for case in cases]
        judged = {case.assessment_id for case in cases}
        published = WeightRound.objects.filter(assessment__in=self.assessments, state=RoundState.PUBLISHED)
        unopened = set(published.values_list("assessment_id", flat=True)) - judged
        return [step.kind.value for step in steps if step] + ["open"] * len(unopened)

    @property
    def assessments(self) -> list[Assessment]:
        return [world.assessment for world in self.worlds.values()]
