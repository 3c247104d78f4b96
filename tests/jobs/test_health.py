"""Health goes red for each thing that can be missing, and says what to do."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.db import DatabaseError
from django.test import override_settings
from django.urls import include, path

from lastvote.clock import now as clock_now
from lastvote.jobs import health, heartbeats, outbox
from lastvote.jobs.models import OutboxItem

NOW = dt.datetime(2027, 5, 4, 9, 0, tzinfo=dt.UTC)
urlpatterns = [path("", include("lastvote.jobs.urls"))]
pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.jobs.test_health")]


@pytest.fixture(autouse=True)
def _only_our_checks(monkeypatch):
    monkeypatch.setattr(health, "registered", [])
    monkeypatch.setattr(health.publisher, "last_failure", None)


def all_alive(now):
    heartbeats.note(name="worker a 1", kind="worker", now=now)
    heartbeats.note(name="beat", kind="beat", now=now)


def red(now):
    return [check.name for check in health.checks(now) if not check.ok]


def later(seconds):
    return NOW + dt.timedelta(seconds=seconds)


def test_all_is_well_when_everybody_is_there_and_nothing_waits():
    all_alive(NOW)
    assert red(NOW) == []


def test_a_fresh_site_misses_its_worker_and_its_beat():
    assert red(NOW) == ["worker", "beat"]


def test_a_beat_is_only_asked_for_when_a_worker_could_have_told_of_it():
    assert health.check_beat(NOW).sentence.endswith("Start a worker first.")
    heartbeats.note(name="worker a 1", kind="worker", now=NOW)
    assert health.check_beat(NOW).sentence.endswith("Start it with: manage.py beat")


@pytest.mark.parametrize(("seconds", "expected"), [(60, []), (61, ["worker", "beat"])])
def test_a_minute_of_silence_is_too_long(seconds, expected):
    all_alive(NOW)
    assert red(later(seconds)) == expected


def test_one_living_worker_is_enough():
    all_alive(NOW)
    heartbeats.note(name="worker b 2", kind="worker", now=later(-1000))
    assert red(NOW) == []


@pytest.mark.parametrize(("seconds", "expected"), [(60, []), (61, ["outbox"])])
def test_work_may_wait_for_a_minute(seconds, expected):
    outbox.enqueue(kind="count", subject_id=1, now=NOW)
    all_alive(later(seconds))
    assert red(later(seconds)) == expected


def test_the_wait_is_told_in_whole_minutes():
    outbox.enqueue(kind="count", subject_id=1, now=NOW)
    assert health.check_outbox(later(179)).seconds == 120


def test_dead_work_is_counted_apart_from_waiting_work():
    outbox.enqueue(kind="count", subject_id=1, now=NOW)
    OutboxItem.objects.update(dead_at=NOW)
    all_alive(later(1000))
    assert red(later(1000)) == ["dead"]
    assert health.check_dead(NOW).sentence == (
        "1 piece of work was given up. Find the cause in the log, then run: manage.py revive"
    )


def test_a_failed_wake_up_shows_for_a_minute(monkeypatch):
    all_alive(NOW)
    monkeypatch.setattr(health.publisher, "failed_within", lambda seconds: seconds == 60)
    assert red(NOW) == ["wake"]


def test_upper_apps_add_checks():
    all_alive(NOW)
    health.register_check(lambda now: health.Check("scores", ok=False, sentence=f"Stale at {now.hour}."))
    assert red(NOW) == ["scores"]


def test_a_silent_database_is_said_and_nothing_else_is_asked_of_it(monkeypatch):
    class Silent:
        def cursor(self):
            raise DatabaseError

    monkeypatch.setattr(health, "connection", Silent())
    assert [(check.name, check.ok) for check in health.checks(NOW)] == [("database", False), ("wake", True)]


def test_healthz_is_200_when_all_is_well(client):
    all_alive(clock_now())
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["ok"]) == (200, True)
    assert [check["name"] for check in answer.json()["checks"]] == [
        "database", "outbox", "dead", "sweep", "worker", "beat", "wake",
    ]  # fmt: skip
    assert answer["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


def test_healthz_is_503_with_names_and_no_content_when_not(client):
    outbox.enqueue(kind="count", subject_id=41, payload={"words": "of somebody"}, now=clock_now())
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["ok"]) == (503, False)
    assert [sorted(check) for check in answer.json()["checks"]] == [["name", "ok", "seconds"]] * 7
    assert "somebody" not in answer.content.decode()


def page_of(answer):
    return BeautifulSoup(answer.content, "html.parser").find("main")


def test_the_page_says_that_all_is_well(client):
    all_alive(clock_now())
    page = page_of(client.get("/health/"))
    assert page.find(class_="lead").text == "Yes. Answers are taken and counted."
    assert [tag.text for tag in page.find_all(class_="tag")] == ["Works"] * 7


def test_the_page_says_what_to_do(client):
    answer = client.get("/health/")
    assert answer.status_code == 200
    items = [" ".join(item.text.split()) for item in page_of(answer).find_all("li")]
    assert items[4:6] == [
        "Needs help No worker has been heard of for a minute. Start one with: manage.py worker",
        "Needs help Only a worker can tell whether the clock for due work is there. Start a worker first.",
    ]


def test_the_page_comes_even_without_a_database(client, monkeypatch):
    monkeypatch.setattr(health, "check_database", lambda: health.Check("database", ok=False, sentence="Gone."))
    answer = client.get("/health/")
    assert answer.status_code == 503
    assert " ".join(page_of(answer).find_all("li")[0].text.split()) == "Needs help Gone."


@override_settings(DEBUG=False)
@pytest.mark.parametrize("address", ["/healthz", "/health/"])
def test_health_is_only_read(client, address):
    assert client.post(address).status_code == 405
    assert client.head(address).content == b""
