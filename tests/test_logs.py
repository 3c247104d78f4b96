"""Logs name requests by route and errors by class and place; they hold nothing that people wrote."""

import json
import logging
import os
import subprocess
import sys

import pytest
import structlog
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import path
from django_structlog.middlewares import RequestMiddleware

from lastvote import logs
from lastvote.env import choice

CANARY = "kanarienvogel"


def lines(log_format, act):
    """Return what ``act`` logs in a process of its own."""
    program = f"import django; django.setup()\nimport logging, structlog\n{act}"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "LOG_FORMAT": log_format}
    done = subprocess.run(
        [sys.executable, "-c", program], check=False, env=environment, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stderr.splitlines()


def test_json_logs_are_one_object_a_line():
    (line,) = lines("json", "structlog.get_logger('x').info('worked', rows=3)")
    entry = json.loads(line)
    assert (entry["event"], entry["rows"], entry["level"], entry["logger"]) == ("worked", 3, "info", "x")


def test_plain_logs_are_for_eyes():
    (line,) = lines("plain", "structlog.get_logger('x').info('worked', rows=3)")
    assert line.split()[1:4] == ["[info", "]", "worked"]
    assert line.split()[-1] == "rows=3"


def test_loggers_of_the_standard_library_come_out_alike():
    (line,) = lines("json", "logging.getLogger('other').warning('it is %s', 'so')")
    entry = json.loads(line)
    assert (entry["event"], entry["level"], entry["logger"]) == ("it is so", "warning", "other")


@pytest.mark.parametrize("logger", ["structlog.get_logger('x')", "logging.getLogger('x')"])
def test_an_error_is_logged_without_its_words(logger):
    act = (
        "def inner():\n"
        "    try:\n"
        f"        raise KeyError('{CANARY}')\n"
        "    except KeyError as error:\n"
        f"        raise ValueError('{CANARY}') from error\n"
        "try:\n"
        "    inner()\n"
        "except ValueError:\n"
        f"    {logger}.exception('failed')\n"
    )
    (line,) = lines("json", act)
    assert CANARY not in line
    exception = json.loads(line)["exception"]
    assert [part.split(" < ")[0] for part in exception.split(" | caused by ")] == ["ValueError", "KeyError"]


def test_django_does_not_log_the_path_of_a_failed_request():
    event = {"logger": "django.request", "event": f"Internal Server Error: /receipts/{CANARY}/"}
    assert logs.without_path(None, "error", event)["event"] == "Internal Server Error"


def test_other_loggers_keep_their_colons():
    assert logs.without_path(None, "info", {"logger": "x", "event": "a: b"})["event"] == "a: b"


def failing(request, code):
    raise ValueError(code)


urlpatterns = [
    path("receipts/<code>/", lambda _request, code: HttpResponse(code)),
    path("failing/<code>/", failing),
]


@pytest.mark.urls("tests.test_logs")
@pytest.mark.parametrize("place", ["receipts", "failing"])
def test_a_request_is_named_by_its_route(client, caplog, place):
    client.raise_request_exception = False
    with caplog.at_level(logging.DEBUG), structlog.testing.capture_logs() as captured:
        client.get(f"/{place}/{CANARY}/?q={CANARY}", headers={"user-agent": CANARY})
    assert CANARY not in str([{**entry, "exc_info": None} for entry in captured])
    (entry,) = [entry for entry in captured if entry["event"] in ("request_finished", "request_failed")]
    assert entry["request"] == f"GET /{place}/<code>/"


def test_a_request_has_an_id_and_no_address_or_account():
    seen = {}

    def view(request):
        seen.update(structlog.contextvars.get_contextvars())
        return HttpResponse()

    RequestMiddleware(view)(RequestFactory().get("/"))
    assert list(seen) == ["request_id"]


def test_an_unknown_log_format_stops_the_start(monkeypatch):
    monkeypatch.setenv("LOG_FORMAT", "xml")
    with pytest.raises(ImproperlyConfigured, match=r"LOG_FORMAT is 'xml'\. It must be one of: plain, json\."):
        choice("LOG_FORMAT", default="plain", allowed=("plain", "json"))


@pytest.mark.parametrize(("level", "count"), [("INFO", 2), ("WARNING", 1)])
def test_the_log_level_says_how_much_is_logged(monkeypatch, level, count):
    monkeypatch.setenv("LOG_LEVEL", level)
    act = "structlog.get_logger('x').info('one'); structlog.get_logger('x').warning('two')"
    assert len(lines("plain", act)) == count
