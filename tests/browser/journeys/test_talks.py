"""Seven groups, from the first answers to the four ends of talks, on a whole site whose workers take every step.

One case stays in conflict through two rounds and ends in the protective default. Three more beside it end otherwise. On
PostgreSQL the site has Redis, workers and a beat of its own; on SQLite it is one process without a broker. People do
in a browser what only people do; the other answers are sent by the action that the pages use.
"""

import datetime as dt
import io
import json
import urllib.request
from contextlib import contextmanager
from decimal import Decimal

import pytest
from django.conf import settings
from django.core.management import call_command

from lastvote.access import Role
from lastvote.audit.models import AuditEvent
from tests import factories as make
from tests.browser.journeys.acting import follow, press, reads, title
from tests.browser.towns import session_of
from tests.browser.visiting import context_for
from tests.deliberation import room_world as r
from tests.deliberation import talks_world as t
from tests.jobs import live
from tests.proofs.moved_sites import A_MOMENT, START, MovedSite, Talks

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]
SETUPS = [
    pytest.param(
        "servers",
        marks=[
            pytest.mark.broker,
            pytest.mark.postgres,
            pytest.mark.skipif(live.REDIS is None, reason="no redis-server here"),
            pytest.mark.skipif(settings.IS_SQLITE, reason="the full set-up is that on PostgreSQL"),
        ],
    ),
    pytest.param(
        "one process",
        marks=pytest.mark.skipif(not settings.IS_SQLITE, reason="the set-up of one process is that on SQLite"),
    ),
]
PROTECTED, AGREED, MARGINAL, CONVERGED = (
    "A case to protect",
    "A case of one mind",
    "A small matter",
    "A case that heals",
)
GRAVE = {"I": "0.95", "E": "0.55", "R": "0.8", "X": "0.7"}
"""Whose weights count decides between Moderate and High."""
SAME_LEVEL = {"I": "0.72", "E": "0.66", "R": "0.7", "X": "0.7"}
"""Whatever the weights, the level is the same."""
NEARER = (3000, 6000, 600, 400)
AN_HOUR = dt.timedelta(hours=1)
ENDS = {
    PROTECTED: "The committee must start from the most protective view, shown below.",
    AGREED: "The groups do not differ much, so the committee takes up the score.",
    MARGINAL: "The groups still differ, but it does not matter. The committee takes it up.",
    CONVERGED: "The groups came nearer to each other, so the committee takes up the score.",
}


@pytest.fixture(autouse=True, scope="module")
def _a_browser_beside_the_database():
    """A browser runs a loop in this thread, which Django would refuse to read the database beside."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield


@pytest.fixture(params=SETUPS)
def whole_site(request, tmp_path, monkeypatch):
    """The site as it runs for people, with everything that belongs to it, on a clock that the test moves."""
    redis = live.Redis(tmp_path) if request.param == "servers" else None
    site = MovedSite(tmp_path, redis.url if redis else "", monkeypatch)
    try:
        site.serve()
        if redis:
            site.start("beat")
            site.start_worker()
        yield site
    finally:
        site.end()
        if redis:
            redis.kill()


class Journey:
    """The town, its cases, and people who look at them."""

    def __init__(self, browser, site):
        self.browser, self.site = browser, site
        self.talks = Talks(site.clock)
        self.town = self.talks.town

    @contextmanager
    def visit(self, person=None):
        """Open a browser, signed in a moment ago: on this clock sessions run out within minutes."""
        session = session_of(person.account) if person else ""
        with context_for(self.browser, self.site, session) as context:
            yield context.new_page()

    def case(self, name):
        return self.talks.worlds[name].case_url

    def desk(self, name):
        return self.case(name).replace("/cases/", "/desk/cases/")

    def member(self, code, place=0):
        return self.town.members[code][place]

    def weigh(self, name, leanings, at):
        self.talks.weigh(self.talks.worlds[name], leanings, at)

    def ends(self, name):
        """Return when the parts of the newest talks end."""
        return dict(t.talks_of(self.talks.worlds[name]).clocks.values_list("kind", "due_at"))


def test_the_four_ends_of_a_case_whose_answers_are_in(browser, whole_site):
    journey = Journey(browser, whole_site)
    facilitator = hold_first_round(journey)
    read_the_verdict(journey)
    plan_session(journey, facilitator)
    give_a_reason(journey)
    answer_the_reason(journey)
    first_talks = journey.ends(PROTECTED)
    journey.talks.reach(first_talks["statements"] + A_MOMENT)
    write_minutes(journey, facilitator)
    change(journey, first_talks["statements"] + AN_HOUR)
    journey.talks.reach(first_talks["answers"] + A_MOMENT)
    read_what_changed(journey)
    second_talks = journey.ends(PROTECTED)
    journey.talks.reach(second_talks["statements"] + A_MOMENT)
    keep_or_change(journey, second_talks["statements"] + AN_HOUR)
    journey.talks.reach(second_talks["answers"] + A_MOMENT)
    read_the_ends(journey)
    read_both_outcomes(journey)


def hold_first_round(journey):
    """Answers of all seven groups to four cases, closed and judged by the workers alone."""
    facilitator = r.facilitator_of(journey.talks.announce(PROTECTED, GRAVE))
    journey.talks.announce(AGREED, GRAVE)
    journey.talks.announce(MARGINAL, SAME_LEVEL)
    journey.talks.announce(CONVERGED, GRAVE)
    journey.talks.reach(START + A_MOMENT)
    for name in ENDS:
        journey.weigh(name, t.AGREED if name == AGREED else t.SPLIT, START + AN_HOUR)
    last = journey.talks.worlds[PROTECTED].weight_round
    journey.talks.reach(last.closes_at + A_MOMENT)
    return facilitator


def read_the_verdict(journey):
    with journey.visit() as page:
        page.goto(journey.case(PROTECTED))
        follow(page, "Read where the groups differ, and why")
        assert title(page) == "Round 1: where groups differ"
        assert (
            reads(page, "main .lead")
            == "The difference matters: it changes the level, and whether a suspension is possible."
        )
        page.goto(f"{journey.case(MARGINAL)}talks/1/")
        assert reads(page, "main .lead").startswith("The difference does not matter")


def plan_session(journey, facilitator):
    day = journey.ends(PROTECTED)["statements"] + 2 * make.DAY
    with journey.visit(journey.town.staff[Role.SECRETARIAT]) as page:
        page.goto(f"{journey.desk(PROTECTED)}talks/")
        follow(page, "Plan a session")
        page.locator("[name=place]").fill("Town hall, room 2")
        page.locator("[name=day]").fill(f"{day:%-d %B %Y}")
        page.locator("[name=hour]").fill("18:30")
        page.get_by_label(facilitator.name, exact=True).check()
        press(page, "Continue")
        press(page, "Plan a session")
        assert "Session 1" in reads(page)


def give_a_reason(journey):
    with journey.visit(journey.member("C")) as page:
        page.goto(f"{journey.case(PROTECTED)}talks/1/")
        follow(page, "Give a reason")
        page.locator("[name=item][value=I]").check()
        page.locator("[name=difference][value=burden]").check()
        page.locator("[name=words]").fill("We are the ones who lose the flat.")
        page.locator("[name=signed][value=group]").check()
        press(page, "Publish this reason")
        assert "Your reason is published." in reads(page, "body")


def answer_the_reason(journey):
    with journey.visit(journey.member("F")) as page:
        page.goto(f"{journey.case(PROTECTED)}talks/1/")
        page.get_by_role("main").locator("a[href*='/reasons/']:not([href*='/new/'])").first.click()
        page.locator("[name=kind][value=different]").check()
        page.locator("[name=words]").fill("Anybody can misuse it, so that counts for more.")
        press(page, "Publish this reply")
        assert "Your reply is published." in reads(page, "body")
        assert "Anybody can misuse it, so that counts for more." in reads(page)


def write_minutes(journey, facilitator):
    journey.talks.reach(journey.ends(PROTECTED)["statements"] + 3 * make.DAY)
    with journey.visit(facilitator) as page:
        page.goto(f"{journey.case(PROTECTED)}talks/1/")
        follow(page, "These talks at the desk")
        follow(page, "Write the minutes of session 1")
        page.locator("[name=minutes]").fill("Both sides read the report together.")
        for code in "CDF":
            page.locator(f"[name=people_{code}]").fill("2")
        press(page, "Continue")
        press(page, "Publish the minutes")
        assert "Minutes are published." in reads(page)


def change(journey, at):
    """One person changes on pages and says why; the others, and those of another case, by the action behind them."""
    f_first, *f_others = journey.town.members["F"]
    with journey.visit(f_first) as page:
        page.goto(f"{journey.case(PROTECTED)}talks/1/")
        follow(page, "Change my answers")
        page.goto(f"{journey.case(PROTECTED)}weigh/points/")
        for code, points in zip("IERX", NEARER, strict=True):
            page.locator(f"main [name={code}]").fill(str(points // 100))
        press(page, "Continue")
        press(page, "Continue")
        page.locator("[name=change_reason][value=read]").check()
        page.locator("[name=reason_read]").select_option(index=1)
        press(page, "Send my answers")
        assert title(page) == "Answers sent"
    one = t.talks_of(journey.talks.worlds[PROTECTED]).follow_up
    for person in f_others:
        make.answer(one, person, NEARER, now=at)
    journey.weigh(CONVERGED, dict.fromkeys("FG", t.HARM), at)


def read_what_changed(journey):
    """Five people of one group changed, which is told; one person of another kept in so many words, which is not."""
    with journey.visit() as page:
        page.goto(f"{journey.case(PROTECTED)}talks/1/")
        told = page.locator("#decide table").first
        rows = [row.inner_text().split() for row in told.locator("tbody tr").all()]
        assert [row[-4:] for row in rows] == [["0", "5", "0", "0"]]
        assert "Both sides read the report together." in page.content()
        page.goto(journey.case(PROTECTED))
        follow(page, "Read where the groups differ, and why")
        assert title(page) == "Round 2: where groups differ"
    convened, narrower = indexes(journey.talks.worlds[PROTECTED])
    assert narrower < convened


def indexes(world):
    """Return by how much the groups differed, each time that talks were convened."""
    told = AuditEvent.objects.filter(subject="case", subject_id=t.case_of(world).pk, kind="case.convened").order_by(
        "id"
    )
    return [Decimal(event.facts["index"]) for event in told]


def keep_or_change(journey, at):
    with journey.visit(journey.member("G")) as page:
        page.goto(f"{journey.case(PROTECTED)}talks/2/")
        press(page, "Keep my answers")
        assert title(page) == "Answers sent"
    journey.weigh(PROTECTED, {"A": NEARER}, at)


def read_the_ends(journey):
    with journey.visit() as page:
        for name, sentence in ENDS.items():
            page.goto(journey.case(name))
            assert sentence in reads(page), name
    rounds = {name: t.case_of(world).rounds_ended for name, world in journey.talks.worlds.items()}
    assert rounds == {PROTECTED: 2, AGREED: 0, MARGINAL: 1, CONVERGED: 1}


def read_both_outcomes(journey):
    """Both outcomes stand side by side with the rule, and the record that a stranger takes away says the same."""
    with journey.visit() as page:
        page.goto(journey.case(PROTECTED))
        page.get_by_text("The rule (D27), and every score that entered").click()
        both = page.locator("table", has_text="Both outcomes, side by side").locator("tbody tr")
        shown = {row.locator("th").inner_text(): row.locator("td").all_inner_texts() for row in both.all()}
        address = page.get_by_role("link", name="protection.json").get_attribute("href")
    assert shown == {
        "Score": ["79.6", "89.6"],
        "Level": ["Moderate", "High"],
        "Alert: highest line that is possibly crossed": ["High", "High"],
        "Powers that a committee may use": ["extra measures", "extra measures and suspension"],
    }
    with urllib.request.urlopen(journey.site.url + address, timeout=60) as file:
        record = json.loads(file.read())
    assert (record["rule"], record["score"], record["protective"]) == ("D27", "0.7963", "0.8960")
    assert (record["decided_by"]["code"], record["rounds_of_talks"]) == ("C", 2)
    told = io.StringIO()
    call_command("score", record["score_string"], stdout=told)
    assert told.getvalue().splitlines()[-1] == "The score recomputes: 0.8960."
