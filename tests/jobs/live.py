"""Private Redis servers and real worker processes, each ended by the process id that was recorded for it."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import redis as redis_client
from django.db import connection

REDIS = shutil.which("redis-server")
PATIENCE = 30
"""Seconds within which everything must be settled after a disturbance."""
TIME_TO_START = 90
"""Seconds within which a process must have started, on a machine that is busy with other tests."""


def wait_until(condition, seconds=PATIENCE):
    """Return how long it took until ``condition`` held; fail if it did not in time."""
    started = time.monotonic()
    while time.monotonic() - started < seconds:
        if condition():
            return time.monotonic() - started
        time.sleep(0.05)
    raise AssertionError(f"not within {seconds} s")


class Process:
    """A process in a group of its own."""

    def __init__(self, arguments, *, environment=None, log=None):
        with Path(log or os.devnull).open("ab") as output:
            self._popen = subprocess.Popen(
                arguments,
                env=environment,
                stdout=output,
                stderr=output,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        self.pid = self._popen.pid

    def signal_group(self, number):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, number)

    def has_ended(self):
        """Say whether the first process of the group is gone."""
        return self._popen.poll() is not None

    def wait(self, seconds):
        """Return the exit code, waiting for it."""
        return self._popen.wait(seconds)

    def kill(self):
        """End the whole group at once, as a power cut would."""
        self.signal_group(signal.SIGKILL)
        self._popen.wait(10)

    def end(self):
        """Ask it to end, and insist in the end."""
        if self._popen.poll() is None:
            self._popen.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._popen.wait(15)
        self.kill()


class Redis(Process):
    """A Redis that keeps nothing on disk, on a port of its own."""

    def __init__(self, directory):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self._arguments = [REDIS, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self._arguments += ["--dir", str(directory)]
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.client = redis_client.Redis(port=self.port, socket_timeout=1)
        super().__init__(self._arguments)
        wait_until(self.answers, 10)

    def answers(self):
        try:
            return self.client.ping()
        except redis_client.RedisError:
            return False

    def freeze(self):
        self.signal_group(signal.SIGSTOP)

    def thaw(self):
        self.signal_group(signal.SIGCONT)


def environment(broker_url, **more):
    """Return the environment of a process of the site on the database of the running test."""
    name = connection.settings_dict["NAME"]
    database = (
        f"sqlite:///{name}"
        if connection.vendor == "sqlite"
        else f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{name}"
    )
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.jobs.live_settings",
        "DATABASE_URL": database,
        "BROKER_URL": broker_url,
        "SWEEP_SECONDS": "2",
        **more,
    }


def manage(*arguments, **options):
    """Start a command of the site."""
    return Process([sys.executable, "manage.py", *arguments], **options)
