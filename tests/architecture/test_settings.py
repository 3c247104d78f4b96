"""Every setting that comes from the environment, in two positions: left alone and changed."""

import json
import os
import subprocess
import sys

import pytest

from tests.architecture.test_repository import read_from_environment

KEY = "another-key-of-more-than-fifty-signs-with-many-different-characters-0123456789"
SETTINGS = {
    # name: (value given, what it moves, what that is when left alone, what it is then)
    "ALLOWED_HOSTS": (
        "a.example,b.example",
        "ALLOWED_HOSTS",
        ["localhost", "127.0.0.1", "[::1]"],
        ["a.example", "b.example"],
    ),
    "API_READS_PER_MINUTE": ("7", "API_READS_PER_MINUTE", 300, 7),
    "API_WRITES_PER_MINUTE": ("0", "API_WRITES_PER_MINUTE", 60, 0),
    "BASE_URL": ("https://a.example", "BASE_URL", "http://localhost:8000", "https://a.example"),
    "BEHIND_PROXY": ("1", "SECURE_PROXY_SSL_HEADER", None, ["HTTP_X_FORWARDED_PROTO", "https"]),
    "BROKER_URL": ("redis://127.0.0.1:1/0", "EMBEDDED", True, False),
    "CONN_MAX_AGE": ("7", "DATABASES.default.CONN_MAX_AGE", 0, 7),
    "CSRF_TRUSTED_ORIGINS": ("https://a.example", "CSRF_TRUSTED_ORIGINS", [], ["https://a.example"]),
    "DATABASE_URL": ("postgres://u@h:1/name", "IS_SQLITE", True, False),
    "DEBUG": ("1", "DEBUG", False, True),
    "DEFAULT_FROM_EMAIL": ("a@b.example", "DEFAULT_FROM_EMAIL", "lastvote <noreply@localhost>", "a@b.example"),
    "DEMO": ("1", "DEMO", False, True),
    "DIGEST_HOUR": ("18", "DIGEST_HOUR", 7, 18),
    "EMAIL_URL": ("smtp://h:26", "EMAIL_PORT", 25, 26),
    "HTTPS": ("1", "SESSION_COOKIE_NAME", "session", "__Host-session"),
    "LOG_FORMAT": ("json", "LOG_FORMAT", "plain", "json"),
    "LOG_LEVEL": ("ERROR", "LOG_LEVEL", "INFO", "ERROR"),
    "PREVIEW": ("off", "PREVIEW", "after", "off"),
    "REDIS_URL": ("redis://127.0.0.1:1/1", "CACHES.default.LOCATION", None, "redis://127.0.0.1:1/1"),
    "SECRET_KEY": (KEY, "SECRET_KEY", "generated", KEY),
    "SWEEP_SECONDS": ("3", "SWEEP_SECONDS", 15.0, 3.0),
    "VAR_DIR": ("elsewhere", "VAR_DIR", "var", "elsewhere"),
    "WAKE": ("0", "WAKE", True, False),
    "WEB_PROCESSES": ("4", "WEB_PROCESSES", 2, 4),
    "WEB_THREADS": ("3", "WEB_THREADS", 8, 3),
}
PROGRAM = """
import json, sys
from django.conf import settings
def value(path):
    found = settings
    for part in path.split("."):
        found = found.get(part) if isinstance(found, dict) else getattr(found, part)
    return found
print(json.dumps({path: value(path) for path in json.loads(sys.argv[1])}, default=str))
"""


def settings_of(folder, **environment):
    """Return the settings as a new process has them that knows no other variables of ours."""
    clean = {name: value for name, value in os.environ.items() if name not in {*SETTINGS, *read_from_environment()}}
    told = {**clean, "DJANGO_SETTINGS_MODULE": "lastvote.settings", **environment}
    told["VAR_DIR"] = str(folder / environment.get("VAR_DIR", "var"))
    paths = json.dumps([path for _value, path, _before, _after in SETTINGS.values()])
    program = [sys.executable, "-W", "ignore", "-c", PROGRAM, paths]
    done = subprocess.run(program, env=told, capture_output=True, text=True, check=True, timeout=100)
    found = json.loads(done.stdout)
    found["VAR_DIR"] = found["VAR_DIR"].rpartition("/")[2]
    return found


@pytest.fixture(scope="module")
def left_alone(tmp_path_factory):
    return settings_of(tmp_path_factory.mktemp("alone"))


@pytest.fixture(scope="module")
def changed(tmp_path_factory):
    return settings_of(tmp_path_factory.mktemp("changed"), **{name: row[0] for name, row in SETTINGS.items()})


def test_every_setting_of_the_environment_is_here():
    assert sorted(SETTINGS) == sorted(read_from_environment())


@pytest.mark.parametrize("name", SETTINGS)
def test_a_setting_moves_what_it_says(name, left_alone, changed):
    _value, path, before, after = SETTINGS[name]
    assert changed[path] == after
    assert changed[path] != left_alone[path]
    assert before in (left_alone[path], "generated")


def test_a_generated_key_is_long_and_stays(tmp_path):
    first, again = settings_of(tmp_path), settings_of(tmp_path)
    assert len(first["SECRET_KEY"]) >= 50
    assert first["SECRET_KEY"] == again["SECRET_KEY"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "perhaps"),
        ("PREVIEW", "maybe"),
        ("LOG_FORMAT", "xml"),
        ("WEB_THREADS", "many"),
        ("DIGEST_HOUR", "24"),
    ],
)
def test_a_bad_value_stops_the_start(tmp_path, name, value):
    with pytest.raises(subprocess.CalledProcessError) as stopped:
        settings_of(tmp_path, **{name: value})
    assert name in stopped.value.stderr
