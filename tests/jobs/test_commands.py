"""The commands that run the site, its workers and its clock."""

import io
import json
import signal
import socket
import urllib.error
import urllib.request

import pytest
from django.core.management import CommandError, call_command

from lastvote.clock import now as clock_now
from lastvote.jobs import outbox, server
from lastvote.jobs.management.commands import beat, worker
from lastvote.jobs.models import OutboxItem
from tests.jobs import live


def said(command, *arguments):
    out = io.StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "example.org", "::"])
def test_demo_mode_listens_on_this_machine_only(settings, host):
    settings.DEMO = True
    with pytest.raises(CommandError, match="only listens on this machine"):
        call_command("serve", "--host", host)


@pytest.mark.parametrize(
    ("host", "expected"),
    [("localhost", True), ("127.0.0.1", True), ("127.9.9.9", True), ("::1", True), ("0.0.0.0", False), ("x", False)],
)
def test_loopback_hosts_are_told_apart(host, expected):
    assert server.is_loopback(host) is expected


def test_a_busy_port_is_answered_with_a_sentence():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=f"^Port {port} is in use. Choose another one: PORT={port + 1}.$"):
            call_command("serve", "--port", str(port))


def test_the_embedded_default_needs_no_worker_and_no_beat(settings):
    settings.EMBEDDED = True
    assert said("worker") == "BROKER_URL is empty, so the worker runs inside the site. There is nothing to start.\n"
    assert said("beat") == "BROKER_URL is empty, so the beat runs inside the site. There is nothing to start.\n"


def test_with_a_broker_worker_and_beat_are_celerys(settings, monkeypatch):
    settings.EMBEDDED = False
    started = []
    monkeypatch.setattr(worker.app, "worker_main", started.append)
    monkeypatch.setattr(beat.app, "start", started.append)
    assert said("worker", "--pool", "threads", "--concurrency", "3") == ""
    assert said("beat") == ""
    assert started == [["worker", "--pool=threads", "--concurrency=3"], ["beat", "--pidfile="]]


@pytest.mark.parametrize(("embedded", "workers"), [(True, 1), (False, 3)])
def test_processes_and_threads_come_from_the_settings(settings, embedded, workers):
    settings.EMBEDDED, settings.WEB_PROCESSES, settings.WEB_THREADS = embedded, 3, 5
    options = server.options(host="127.0.0.1", port=8000)
    assert (options["workers"], options["threads"], options["bind"]) == (workers, 5, "127.0.0.1:8000")


def test_an_address_of_the_newer_kind_is_bracketed():
    assert server.options(host="::1", port=8000)["bind"] == "[::1]:8000"


@pytest.mark.django_db
def test_revive_gives_dead_work_another_chance():
    outbox.enqueue(kind="count", subject_id=1, now=clock_now())
    OutboxItem.objects.update(dead_at=clock_now(), attempts=8)
    assert said("revive") == "Work that will be tried again: 1\n"
    assert OutboxItem.objects.get().dead_at is None


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def healthz(port):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as answer:
        return json.load(answer)
    except OSError:
        return {"ok": False}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("demo", [False, True])
def test_serve_says_where_it_is_works_and_ends_when_told(tmp_path, demo):
    port, log = free_port(), tmp_path / "log"
    told = live.environment("", DEMO=str(int(demo)))
    site = live.manage("serve", "--port", str(port), environment=told, log=log)
    try:
        live.wait_until(lambda: healthz(port)["ok"], live.TIME_TO_START)
        outbox.enqueue(kind="count", subject_id=1, now=clock_now())
        live.wait_until(lambda: OutboxItem.objects.count() == 0)
        site.signal_group(signal.SIGINT)
        assert site.wait(20) == 0
    finally:
        site.kill()
    choose = [f"Choose who you want to be at http://localhost:{port}/demo/"] if demo else []
    assert [line for line in log.read_text().splitlines() if not line.startswith(("20", "["))] == [
        f"lastvote is running at http://localhost:{port}/",
        *choose,
        "Press Ctrl+C to stop.",
    ]


@pytest.mark.django_db(transaction=True)
def test_a_site_killed_with_work_in_hand_finishes_it_after_the_restart(tmp_path):
    port, diary = free_port(), tmp_path / "diary"

    def start(seconds):
        told = live.environment("", COUNT_DIARY=str(diary), COUNT_SECONDS=seconds)
        return live.manage("serve", "--port", str(port), environment=told, log=tmp_path / "log")

    outbox.enqueue(kind="count", subject_id=1, now=clock_now())
    site = start("60")
    try:
        live.wait_until(lambda: diary.exists() and "start 1" in diary.read_text(), live.TIME_TO_START)
    finally:
        site.kill()
    site = start("0")
    try:
        live.wait_until(lambda: OutboxItem.objects.count() == 0, live.TIME_TO_START)
    finally:
        site.end()
    assert [line.split()[:2] for line in diary.read_text().splitlines()] == [
        ["start", "1"],
        ["start", "1"],
        ["end", "1"],
    ]
