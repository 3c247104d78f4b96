"""The stranger's tour: the loaded demo, answered, closed by two people, read, and worked out again."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from decimal import ROUND_HALF_UP, Decimal

import pytest

from tests.browser.journeys.acting import choose_first, compare_all, follow, press, title
from tests.browser.running import ROOT, Site
from tests.browser.visiting import context_for

pytestmark = pytest.mark.browser
PATIENCE = 120
"""Seconds within which the demo must be loaded, and within which a closed round must be published."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The site as the demo command starts it, on a port of its own."""
    folder = tmp_path_factory.mktemp("demo")
    environment = {
        **{name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ},
        "VAR_DIR": str(folder), "DATABASE_URL": f"sqlite:///{folder / 'demo.sqlite3'}",
        "DEMO": "1", "SWEEP_SECONDS": "2",
    }  # fmt: skip
    for arguments in (["migrate", "--verbosity", "0"], ["load_demo"]):
        manage(arguments, environment).check_returncode()
    port = free_port()
    with (folder / "log").open("w") as log:
        command = [sys.executable, "manage.py", "serve", "--port", str(port)]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            yield Site(answering(f"http://localhost:{port}"), {"environment": environment})
        finally:
            process.terminate()
            process.wait(30)


def manage(arguments, environment):
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answering(url):
    """Wait until the site answers."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(f"{url}/", timeout=10).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
        else:
            return url
    raise RuntimeError("The demo does not answer.")


def become(page, name=""):
    """Go to the page of people and sign in as the first, or as the one under a heading."""
    page.goto("/demo/")
    button = "button"
    if name:
        button = f"xpath=//h3[normalize-space()='{name}']/following::button[1]"
    with page.expect_navigation():
        page.get_by_role("main").locator(button).first.click()


def published(page):
    """Reload the page of the case until its score is there."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        page.reload()
        if page.locator(".tag").first.inner_text() == "Score published":
            return True
        time.sleep(1)
    return False


@pytest.fixture(params=[False], ids=["without scripts"])
def scripts(request):
    """Once is enough for a demo that can be closed once."""
    return request.param


def test_a_stranger_answers_closes_reads_and_recomputes(browser, demo, scripts):
    with context_for(browser, demo, java_script_enabled=scripts) as context:
        page = context.new_page()
        answer(page)
        close(page)
        assert published(page)
        follow(page, "How we worked this out")
        stated = re.search(r"The score is (0\.\d{4})", page.locator("main .lead").inner_text())[1]
        assert by_hand(page) == Decimal(stated)
        string = page.locator("#string code").first.inner_text()
        no_database = {**demo.facts["environment"], "DATABASE_URL": "sqlite:////nowhere/at/all.sqlite3"}
        told = manage(["score", string], no_database)
        assert (told.returncode, stated in told.stdout) == (0, True), told.stdout + told.stderr


def answer(page):
    """Answer the open round as the first person on the page."""
    become(page)
    follow(page, "Read the case and answer")
    follow(page, "Say what counts")
    follow(page, "Start")
    choose_first(page)
    press(page, "Continue")
    compare_all(page)
    press(page, "Continue")
    press(page, "Send my answers")
    assert title(page) == "Answers sent"
    with page.expect_navigation():
        page.get_by_role("banner").get_by_role("button", name="Sign out").click()


def close(page):
    """Close the round: the secretariat proposes, the chair confirms; end on the public page of the case."""
    become(page, "Secretariat")
    page.get_by_role("link", name="Desk", exact=True).click()
    follow(page, "Housing chatbot gives wrong advice")
    follow(page, "Propose to close the round early")
    page.locator("[name=reason]").fill("Every group has answered.")
    press(page, "Continue")
    press(page, "Propose to close the round")
    desk = page.url
    become(page, "Chair")
    page.goto(desk)
    follow(page, "Read and confirm")
    press(page, "Confirm")
    follow(page, "See the public page")


def by_hand(page):
    """Multiply, add and round what the first table of the page shows."""
    parts = []
    for row in page.locator("#by-hand tbody tr").all()[:-1]:
        weight, rating, _part = (Decimal(cell) for cell in row.locator("td").all_inner_texts())
        parts.append(weight * rating)
    return sum(parts).quantize(Decimal("0.0001"), ROUND_HALF_UP)
