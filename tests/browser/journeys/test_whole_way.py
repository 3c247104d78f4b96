"""One incident, from a row of a file to a published score that a stranger recomputes, by everybody it takes."""

import datetime as dt
import io
import json
import re
import urllib.request
from contextlib import contextmanager
from itertools import cycle

import pytest
from django.core.management import call_command

from tests import case_files
from tests.browser.journeys.acting import follow, press, reads, title
from tests.browser.running import built_world, running_site
from tests.browser.visiting import context_for
from tests.real_data import needed

pytestmark = pytest.mark.browser
REAL = "aiid_mit_domains.csv"
FACTORS = ("I", "E", "R", "X")
RATED = {"Ada": ("0.8", "0.4", "0.7", "0.6"), "Bela": ("0.5", "0.4", "0.7", "0.6"), "Cem": ("0.7", "0.5", "0.8", "0.5")}
"""The first two are 0.3 apart on the first factor."""
POINTS = (("40", "20", "30", "10"), ("25", "25", "25", "25"), ("10", "60", "20", "10"))
BY_PROGRAM = 2
"""So many of the people let a program answer."""


@pytest.fixture(params=["made-up twin", "real file"])
def file(request):
    """A file of the AI Incident Database's shape, and the title of the incident that goes the whole way."""
    if request.param == "real file":
        return needed(REAL).read_bytes(), "Warehouse robot ruptures can of bear spray and injures workers"
    return case_files.aiid_file(30), case_files.aiid_rows(7)[-1][-1]


@pytest.fixture
def own_site(site, tmp_path):
    """A server of this journey's own: days pass on it."""
    with running_site(built_world(site.shared), tmp_path) as running:
        yield running


class Journey:
    """Who does what next, each in a browser of their own."""

    def __init__(self, browser, site):
        self.browser, self.site = browser, site
        self.town = site.ask("/_test/bare-town/", new=True)
        self.desk = f"{self.town['place']}desk/"
        self.passed = 0
        self.case = ""

    @contextmanager
    def visit(self, who=""):
        email = self.town["emails"].get(who, who)
        session = self.site.ask("/_test/session/", email=email)["session"] if email else ""
        with context_for(self.browser, self.site, session) as context:
            yield context.new_page()

    def day(self, later):
        when = dt.datetime.fromisoformat(self.town["now"]) + dt.timedelta(days=self.passed + later)
        return f"{when:%-d %B %Y}"

    def wait(self, days):
        self.site.ask("/_test/later/", days=days)
        self.passed += days

    def work(self):
        self.site.ask("/_test/sweep/", now="")

    def mail(self, who):
        address = self.town["emails"].get(who, who)
        return [one["subject"] for one in self.site.ask(f"/_test/mail/?to={address}")["mail"]]

    def fetch(self, path):
        with urllib.request.urlopen(self.site.url + path, timeout=60) as answer:
            return answer.read().decode()

    def send(self, path, body, **headers):
        """Send as a program does; return the status and what came back."""
        headers = {"Content-Type": "application/json", **headers}
        request = urllib.request.Request(self.site.url + path, json.dumps(body).encode(), headers)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, json.loads(answer.read())


def test_from_a_row_of_a_file_to_a_score_that_a_stranger_recomputes(browser, own_site, file):
    content, name = file
    journey = Journey(browser, own_site)
    bring_in(journey, content, name)
    describe(journey)
    add_evidence(journey)
    open_assessment(journey)
    for who in ("Ada", "Bela"):
        appoint(journey, who)
        rate(journey, who)
    assert "third" in standing(journey)
    appoint(journey, "Cem")
    rate(journey, "Cem")
    fix(journey)
    receipts = hold_round(journey)
    recompute(journey)
    look_up(journey, receipts)


def bring_in(journey, content, name):
    with journey.visit("secretariat") as page:
        page.goto(f"{journey.desk}cases/import/")
        page.locator("[name=file]").set_input_files({"name": "aiid.csv", "mimeType": "text/csv", "buffer": content})
        press(page, "Read this file")
        assert "comes in" in reads(page)
        press(page, "Bring in what is new")
        journey.work()
        follow(page, "Look again")
        assert "(100%)" in reads(page)
        follow(page, "See the records of cases")
        page.locator("[name=q]").fill(name[:60])
        press(page, "Search")
        follow(page, name)
        journey.case = re.search(r"/cases/([\w-]+)/overview/", page.url)[1]


def describe(journey):
    with journey.visit("secretariat") as page:
        page.goto(f"{journey.desk}deployers/new/")
        page.locator("[name=name]").fill("Parcel Works")
        press(page, "Save")
        page.goto(f"{journey.desk}systems/new/")
        page.locator("[name=deployer]").select_option(label="Parcel Works")
        page.locator("[name=name]").fill("Picking robot")
        page.locator("[name^=description]").fill("Moves parcels in a hall where people work.")
        press(page, "Save")
        page.goto(f"{journey.desk}cases/{journey.case}/overview/edit/")
        page.locator("[name=system]").select_option(label="Picking robot · Parcel Works")
        page.locator("[name=summary_en]").fill("A robot tore open a can. People who worked beside it were taken ill.")
        page.locator("[name=affected_en]").fill("People who work in the hall")
        press(page, "Save as a new version")
        assert "Version 2, the newest" in reads(page)


def add_evidence(journey):
    with journey.visit("secretariat") as page:
        page.goto(f"{journey.desk}cases/{journey.case}/evidence/new/")
        page.get_by_label("Evidence", exact=True).check()
        page.locator("[name=statement]").fill("24 people who worked there were treated.")
        page.locator("[name=as_of_words]").fill("6 December 2018")
        page.locator("[name=as_of_from]").fill("6 December 2018")
        page.locator("[name=low]").fill("24")
        page.locator("[name=unit]").fill("people")
        page.locator("[name=sources]").first.check()
        press(page, "Add this evidence")
        assert "24 people who worked there were treated." in reads(page)


def open_assessment(journey):
    with journey.visit("secretariat") as page:
        page.goto(f"{journey.desk}cases/{journey.case}/overview/")
        follow(page, "Ratings")
        follow(page, "Open an assessment")
        page.locator("[name=scheme][value=classic]").check()
        page.locator("[name=evidence_cutoff]").fill("31 December 2018")
        press(page, "Continue")
        press(page, "Open this assessment")


def appoint(journey, who):
    """The secretariat proposes, the chair confirms, and a message asks the person to rate."""
    with journey.visit("secretariat") as page:
        page.goto(f"{journey.desk}cases/{journey.case}/ratings/appoint/")
        page.locator("[name=person]").select_option(label=who)
        press(page, "Propose this evaluator")
    with journey.visit("chair") as page:
        page.goto(f"{journey.desk}cases/{journey.case}/ratings/")
        follow(page, "Read and confirm who is proposed")
        press(page, f"Confirm : {who}")
    journey.work()
    assert journey.mail(who) == [f"You are asked to rate a case ({journey.case})"]


def rate(journey, who):
    with journey.visit(who) as page:
        page.goto(f"{journey.town['place']}cases/{journey.case}/assessments/1/rating/")
        follow(page, "Go on rating")
        for value in RATED[who]:
            page.locator("[name=value_0]").fill(value)
            page.locator("[name=reason_0]").fill("As the report of the day says.")
            page.locator("[name=evidence_0]").last.check()
            press(page, "Keep and go on")
        press(page, "Send my rating")
        assert "Your rating is sent." in reads(page, "body")


def standing(journey):
    with journey.visit("secretariat") as page:
        page.goto(f"{journey.desk}cases/{journey.case}/ratings/")
        assert "0.8" not in reads(page)
        return reads(page)


def fix(journey):
    with journey.visit("secretariat") as page:
        page.goto(f"{journey.desk}cases/{journey.case}/ratings/")
        follow(page, "Fix the ratings")
        press(page, "Fix the ratings for good")
    journey.work()


def hold_round(journey):
    """Announced by two people, opened by its day, answered by everybody, closed early by two people, published."""
    rounds = f"{journey.desk}cases/{journey.case}/rounds/"
    with journey.visit("secretariat") as page:
        page.goto(rounds)
        follow(page, "Propose a round")
        page.locator("[name=opens_at]").fill(journey.day(8))
        page.locator("[name=closes_at]").fill(journey.day(28))
        press(page, "Continue")
        press(page, "Propose this round")
    confirm(journey, rounds)
    journey.wait(9)
    people = list(zip(journey.town["members"], cycle(POINTS), strict=False))
    receipts = [answer_by_program(journey, *one) for one in people[:BY_PROGRAM]]
    for one in people[BY_PROGRAM:]:
        answer_on_pages(journey, *one)
    with journey.visit("secretariat") as page:
        page.goto(rounds)
        follow(page, "Propose to close the round early")
        page.locator("[name=reason]").fill("Everybody has answered.")
        press(page, "Continue")
        press(page, "Propose to close the round")
    confirm(journey, rounds)
    journey.work()
    return receipts


def confirm(journey, rounds):
    with journey.visit("chair") as page:
        page.goto(rounds)
        follow(page, "Read and confirm")
        press(page, "Confirm")


def answer_on_pages(journey, email, points):
    with journey.visit(email) as page:
        page.goto(f"{journey.town['place']}cases/{journey.case}/weigh/points/")
        for factor, typed in zip(FACTORS, points, strict=True):
            page.locator(f"main [name={factor}]").fill(typed)
        press(page, "Continue")
        press(page, "Continue")
        press(page, "Send my answers")
        assert title(page) == "Answers sent"


def answer_by_program(journey, email, points):
    """A person makes a token on a page; a program sends with it, and once more as if the first answer was lost."""
    with journey.visit(email) as page:
        page.goto(f"{journey.town['place']}you/tokens/")
        page.locator("[name=name]").fill("My script")
        page.get_by_label("Answer for me").check()
        page.locator("[name=case]").fill(journey.case)
        press(page, "Make a token")
        token = reads(page, ".receipt .code")
    address = f"/api/v1/{journey.town['slug']}/cases/{journey.case}/answer/"
    body = {"points": dict(zip(FACTORS, points, strict=True)), "reasons": {"all": "Counted by my script."}}
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": f"answer of {email}"}
    sent = journey.send(address, body, **headers)
    assert (sent[0], sent[1]["status"], sent[1]["replaced"]) == (201, "sent", False)
    assert journey.send(address, body, **headers) == sent
    return sent[1]["receipt"]


def look_up(journey, receipts):
    """The answers of programs were counted like all others, each once, as its receipt says."""
    assert len(set(receipts)) == BY_PROGRAM
    told = [json.loads(journey.fetch(f"/api/v1/{journey.town['slug']}/receipts/{one}/")) for one in receipts]
    assert told == [{"receipt": one, "status": "counted"} for one in receipts]
    rows = json.loads(journey.fetch(f"{journey.town['place']}cases/{journey.case}/score/working.json"))["groups"]
    assert [(row["group"], row["answers"]) for row in rows if row["answers"]] == [("A", 5), ("C", 5), ("D", 5)]


def recompute(journey):
    """Anybody finds the score on the page of the case, and the program comes to the same from its string alone."""
    case = f"{journey.town['place']}cases/{journey.case}/"
    with journey.visit() as page:
        page.goto(case)
        assert page.locator("svg.strip").count() == 1
        shown = reads(page, "#score")
        follow(page, "How we worked this out")
        assert title(page) == "How we worked this out"
    (result,) = json.loads(journey.fetch(f"{case}score/working.json"))["result"]
    told = io.StringIO()
    call_command("score", result["score_string"], stdout=told)
    assert told.getvalue().splitlines()[-1] == f"The score recomputes: {result['score']}."
    assert result["score_source"] == "RO"
    assert format(round(float(result["score"]) * 100, 1)) in shown
