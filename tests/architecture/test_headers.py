"""Headers of every answer, cookies under HTTPS, and the settings of a site in real use."""

import io
import os
import subprocess
import sys

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tests.architecture.routes import address, routes, slots_for

POLICY = {
    "default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "img-src": "'self'", "font-src": "'self'",
    "connect-src": "'self'", "form-action": "'self'", "base-uri": "'none'", "frame-ancestors": "'none'",
}  # fmt: skip
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
SITE = {
    "HTTPS": "1", "DEBUG": "0", "ALLOWED_HOSTS": "votes.example", "BASE_URL": "https://votes.example",
    "SECRET_KEY": "a-key-of-more-than-fifty-signs-with-many-different-characters-0123456789",
}  # fmt: skip


def policy_of(response):
    parts = [part.strip().partition(" ") for part in response.get("Content-Security-Policy", "").split(";")]
    return {name: value for name, _space, value in parts}


def wrong_headers(response):
    found = {name: response.get(name) for name, value in HEADERS.items() if response.get(name) != value}
    return found | ({} if policy_of(response) == POLICY else {"Content-Security-Policy": policy_of(response)})


def test_every_answer_carries_every_header(browsers):
    wrong = {}
    for who in ("visitor", "author", "secretariat"):
        for route in routes():
            for state in ("open", "published") if route.is_of_a_case else ("open",):
                url = address(route, slots_for(browsers.world, route, state=state, who=who))
                wrong[route.name, state, who] = wrong_headers(browsers.ask(who, "GET", url))
    assert {place: headers for place, headers in wrong.items() if headers} == {}


@pytest.mark.parametrize(
    ("method", "url", "status"),
    [
        ("GET", "/nowhere/", 404),
        ("GET", "/testville/desk/", 302),
        ("POST", "/", 405),
        ("GET", "/static/nothing.css", 404),
    ],
)
def test_refusals_and_files_carry_them_too(browsers, method, url, status):
    response = browsers.ask("visitor", method, url)
    response.getvalue() if response.streaming else response.content
    assert (response.status_code, wrong_headers(response)) == (status, {})


def test_a_fault_carries_them_too(browsers, monkeypatch):
    def fail(*_arguments):
        raise RuntimeError

    monkeypatch.setattr("deliberation.views.front.all_jurisdictions", fail)
    client = browsers.world.client("visitor")
    client.raise_request_exception = False
    response = client.get("/")
    assert (response.status_code, wrong_headers(response)) == (500, {})


def test_pages_of_somebody_signed_in_are_stored_nowhere(browsers):
    stored = []
    for route in routes():
        url = address(route, slots_for(browsers.world, route, who="author"))
        response = browsers.ask("author", "GET", url)
        if "no-store" not in response.get("Cache-Control", ""):
            stored.append(route.name)
    assert stored == []


def test_no_page_holds_an_inline_script_or_style_or_an_address_elsewhere(browsers):
    found = []
    for route in routes():
        url = address(route, slots_for(browsers.world, route, state="published", who="author"))
        page = browsers.ask("author", "GET", url).content.decode()
        if "<script>" in page or " style=" in page or "<style" in page or " onclick" in page or 'src="http' in page:
            found.append(route.name)
    assert found == []


def in_a_process(program, **environment):
    told = {
        name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "BROKER_URL", "REDIS_URL"}
    }
    told |= {"DJANGO_SETTINGS_MODULE": "lastvote.settings", **environment}
    return subprocess.run(
        [sys.executable, "-W", "ignore", *program], env=told, capture_output=True, text=True, check=False, timeout=100
    )


def test_a_site_in_real_use_passes_djangos_own_checks(tmp_path):
    done = in_a_process(["manage.py", "check", "--deploy", "--fail-level", "INFO"], VAR_DIR=str(tmp_path), **SITE)
    assert (done.returncode, done.stdout) == (0, "System check identified no issues (0 silenced).\n")


COOKIES = """
import django; django.setup()
from django.conf import settings
from django.core.management import call_command
from django.test import Client
call_command("migrate", verbosity=0)
from stakeholders.models import Account
account = Account.objects.create_user("a@example.org", "four plain words together")
client = Client(headers={"host": "votes.example"})
plain = client.get("/")
print(plain.status_code, plain["Location"])
page = client.get("/sign-in/", secure=True)
print(page["Strict-Transport-Security"])
typed = {"email": account.email, "password": "four plain words together", "how": "password"}
done = client.post("/sign-in/", typed, secure=True)
for name, morsel in sorted({**page.cookies, **done.cookies}.items()):
    print(name, *[morsel[key] for key in ("secure", "httponly", "samesite", "path", "domain")])
"""


def test_with_https_cookies_are_locked_to_the_host_and_plain_requests_sent_on(tmp_path):
    done = in_a_process(["-c", COOKIES], VAR_DIR=str(tmp_path), LOG_LEVEL="ERROR", **SITE)
    assert done.stderr == ""
    assert done.stdout.splitlines() == [
        "301 https://votes.example/",
        "max-age=31536000; includeSubDomains; preload",
        "__Host-csrf True True Lax / ",
        "__Host-last True True Lax / ",
        "__Host-session True True Lax / ",
    ]


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "votes.example"])
def test_demo_mode_listens_on_this_machine_only(settings, host):
    settings.DEMO = True
    with pytest.raises(CommandError, match=f"only listens on this machine and not on {host}"):
        call_command("serve", host=host, port=0, stdout=io.StringIO())
