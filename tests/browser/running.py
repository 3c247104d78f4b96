"""Starting the site in a process of its own, and asking it things without a browser."""

import fcntl
import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.browser.server import FACTS, PORT

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 240
"""Seconds within which the world must be built, and within which a server must answer."""
DATABASE = "world.sqlite3"


@dataclass(frozen=True)
class Site:
    """A running site: where it is, and what is in it."""

    url: str
    facts: dict[str, Any]
    shared: Path = ROOT
    """A folder of all processes of one run."""

    def ask(self, path: str, **data: Any) -> dict[str, Any]:
        """Ask one of the tests' own addresses."""
        body = json.dumps(data).encode() if data else None
        with urllib.request.urlopen(f"{self.url}{path}", data=body, timeout=60) as answer:
            return json.loads(answer.read())


def built_world(folder: Path) -> Path:
    """Return a folder with the built world, which the first of several test processes builds for all."""
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / FACTS).exists():
            subprocess.run(command("build", folder), cwd=ROOT, env=environment(folder), check=True, timeout=PATIENCE)
    return folder


@contextmanager
def running_site(world: Path, folder: Path) -> Iterator[Site]:
    """Run the site on a copy of the built world."""
    shutil.copy(world / DATABASE, folder / DATABASE)
    with (folder / "server.log").open("w") as log:
        process = subprocess.Popen(
            command("serve", folder), cwd=ROOT, env=environment(folder), stdin=subprocess.PIPE, stdout=log, stderr=log
        )
        try:
            facts = json.loads((world / FACTS).read_text())
            yield Site(f"http://localhost:{port_of(process, folder)}", facts, world)
        finally:
            process.kill()
            process.wait(10)
            process.stdin.close()


def command(what: str, folder: Path) -> list[str]:
    return [sys.executable, "-W", "ignore", "-m", "tests.browser.server", what, str(folder)]


def environment(folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "VAR_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / DATABASE}",
        "LOG_LEVEL": "ERROR",
    }


def port_of(process: subprocess.Popen[bytes], folder: Path) -> str:
    """Wait for the server to write its port down."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        if (folder / PORT).exists() and (port := (folder / PORT).read_text()):
            return port
        time.sleep(0.1)
    raise RuntimeError(f"The server did not start:\n{(folder / 'server.log').read_text()[-4000:]}")
