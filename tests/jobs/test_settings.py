"""Settings of the machinery, in both positions."""

import json
import os
import subprocess
import sys

import pytest


def settings_with(**environment):
    """Return some settings as a process with this environment has them."""
    program = (
        "import json; from django.conf import settings as s; from lastvote.celery import app; "
        "print(json.dumps({'embedded': s.EMBEDDED, 'broker': app.conf.broker_url, "
        "'sweep': app.conf.beat_schedule['sweep']['schedule'], 'processes': s.WEB_PROCESSES, "
        "'threads': s.WEB_THREADS, 'wake': s.WAKE, 'options': sorted(app.conf.broker_transport_options)}))"
    )
    clean = {name: value for name, value in os.environ.items() if name not in ("BROKER_URL", "WAKE")}
    told = {**clean, "DJANGO_SETTINGS_MODULE": "lastvote.settings", **environment}
    done = subprocess.run([sys.executable, "-c", program], env=told, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        (
            {},
            {
                "embedded": True,
                "broker": "memory://localhost/",
                "sweep": 15.0,
                "processes": 2,
                "threads": 8,
                "wake": True,
                "options": ["polling_interval"],
            },
        ),
        (
            {
                "BROKER_URL": "redis://127.0.0.1:1/0",
                "SWEEP_SECONDS": "3",
                "WEB_PROCESSES": "4",
                "WEB_THREADS": "2",
                "WAKE": "0",
            },
            {
                "embedded": False,
                "broker": "redis://127.0.0.1:1/0",
                "sweep": 3.0,
                "processes": 4,
                "threads": 2,
                "wake": False,
                "options": [
                    "max_retries",
                    "socket_connect_timeout",
                    "socket_timeout",
                    "unacked_restore_interval",
                    "unacked_restore_throttle",
                    "visibility_timeout",
                ],
            },
        ),
    ],
)
def test_settings_of_the_machinery_come_from_the_environment(environment, expected):
    assert settings_with(**environment) == expected
