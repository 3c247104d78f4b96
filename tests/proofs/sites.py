"""A whole site in processes of its own, and people who answer a round over HTTP."""

import datetime as dt
import http.client
import socket
import time
import urllib.parse
from dataclasses import dataclass

from bs4 import BeautifulSoup
from django.test import Client

from assessments.actions import scores
from assessments.models import GroupSum
from lastvote import clock
from lastvote.jobs.models import Heartbeat, OutboxItem
from tests.jobs import live
from tests.proofs.by_hand import triangle
from tests.proofs.stages import Plan, Stage, build

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class Site:
    """Processes of the site on the database of the running test."""

    def __init__(self, directory, broker_url="", settings="tests.proofs.live_settings"):
        self.broker_url = broker_url
        self.settings = settings
        self.diary = directory / "diary"
        self.log = directory / "log"
        self.processes = []
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]

    def start(self, command, *arguments, hold=False, **environment):
        """Start a command; with ``hold`` every score that it starts to compute takes a minute."""
        if hold:
            environment["HOLD_SCORE"] = str(self.diary)
        told = live.environment(self.broker_url, DJANGO_SETTINGS_MODULE=self.settings, **environment)
        process = live.manage(command, *arguments, environment=told, log=self.log)
        self.processes.append(process)
        return process

    def serve(self, **options):
        """Start the web server and wait until it answers."""
        self.server = self.start("serve", "--port", str(self.port), **options)
        live.wait_until(self.answers, 60)
        return self.server

    def start_worker(self, **options):
        """Start a worker and wait until it was heard of."""
        before = Heartbeat.objects.filter(kind="worker").count()
        worker = self.start("worker", "--concurrency=2", **options)
        live.wait_until(lambda: Heartbeat.objects.filter(kind="worker").count() > before, 60)
        return worker

    def answers(self):
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return True
        except OSError:
            return False

    def holds(self):
        """Say whether some process has started to compute and is held up."""
        return self.diary.exists()

    def end(self):
        for process in self.processes:
            process.end()


@dataclass
class Outcome:
    """What a visitor got: the status, where to go next, and how long it took."""

    status: int
    location: str
    seconds: float


class Visitor:
    """Somebody in front of the check page, ready to send."""

    def __init__(self, stage: Stage, person, port):
        incident = stage.round.assessment.incident
        self.base = f"/{incident.jurisdiction.slug}/cases/{incident.reference}/weigh/"
        self.port = port
        self.person = person
        self.client = Client()
        self.client.force_login(person.account, backend=BACKEND)
        self.cookies = {"session": self.client.cookies["session"].value}
        self.form: dict[str, str] = {}

    def fill_in(self, **points):
        """Answer the questions up to the check page, inside this process."""
        for step, data in (("points/", points), ("why/", {"all": ""})):
            assert self.client.post(self.base + step, data).status_code == 302

    def open(self):
        """Load the check page from the running site."""
        status, headers, body = self._request("GET", None)
        assert status == 200
        for name, value in headers:
            if name.lower() == "set-cookie" and value.startswith("csrf="):
                self.cookies["csrf"] = value.split(";")[0].removeprefix("csrf=")
        fields = BeautifulSoup(body, "html.parser").select("main form[method=post] input[type=hidden]")
        self.form = {field["name"]: field["value"] for field in fields}

    def send(self):
        """Send what the check page shows."""
        started = time.monotonic()
        status, headers, _body = self._request("POST", urllib.parse.urlencode(self.form))
        return Outcome(status, dict(headers).get("Location", ""), time.monotonic() - started)

    def _request(self, method, body):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, f"{self.base}check/", body, headers)
            response = connection.getresponse()
            return response.status, response.getheaders(), response.read()
        finally:
            connection.close()


def open_now(sizes) -> Stage:
    """A round of the classic scheme that is open at this moment by the real clock."""
    now = clock.now().replace(microsecond=0) - dt.timedelta(minutes=1)
    return build(Plan("classic", "linear", "equal", sizes), opens_at=now)


def ready(stage: Stage, site: Site, people):
    """Have everybody fill in the form and load the check page; nobody has sent yet."""
    visitors = [Visitor(stage, person, site.port) for person in people]
    for number, visitor in enumerate(visitors):
        visitor.fill_in(I=str(number), E="10", R="20", X="30")
        visitor.open()
    return visitors


def settled(stage: Stage):
    """Say whether all that was accepted is in the score and nobody owes anything."""
    assessment = stage.round.assessment
    assessment.refresh_from_db()
    return assessment.scored_rev == assessment.input_rev and not OutboxItem.objects.exists()


def check_sums(stage: Stage):
    """Compare the folded sums with a recount of the standing answers; return how many there are."""
    stored = {row.group_id: (row.n, row.s, row.q) for row in GroupSum.objects.filter(round=stage.round)}
    entries = stage.round.roll.filter(current__submission__isnull=False)
    by_group = {pk: [] for pk in stored}
    for group_id, points in entries.values_list("group_id", "current__submission__points"):
        by_group[group_id].append(points)
    assert stored == {pk: triangle(given, 4) for pk, given in by_group.items()}
    scratch = scores.sums_from_scratch(stage.round)
    assert stored == {pk: (one.n, list(one.s), list(one.q)) for pk, one in scratch.items()}
    return sum(n for n, _sums, _products in stored.values())
