"""The book against what people outside can ask: every reference they were given, and the command that recounts."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.torture.browser import Browser
from tests.torture.ledger import Entry

ROOT = Path(__file__).parents[3]


def unknown_references(port: int, entries: list[Entry]) -> Iterator[str]:
    """Have a visitor type every reference into the page that says whether an answer counts."""
    given = [entry for entry in entries if entry.receipt]
    visitor = Browser(port)
    for page in sorted({_page(entry) for entry in given}):
        visitor.get(page)

    def ask(entry: Entry) -> int:
        return visitor.post(_page(entry), {"reference": entry.receipt}).status

    with ThreadPoolExecutor(4) as pool:
        for entry, status in zip(given, pool.map(ask, given), strict=True):
            if status != 200:
                yield f"{entry.kind} {entry.key}: its reference was answered with {status}"


def _page(entry: Entry) -> str:
    town = entry.payload["place"].split("/")[0]
    return f"/{town}/receipt/"


def recomputed(environment: Mapping[str, str]) -> Iterator[str]:
    """Compute every stored score again, in a process of its own."""
    command = [sys.executable, "manage.py", "recompute", "--all", "--verify"]
    told = {**os.environ, **environment}
    done = subprocess.run(command, cwd=ROOT, env=told, capture_output=True, text=True, check=False)
    if done.returncode:
        yield f"manage.py recompute --all --verify ended with {done.returncode}: {done.stdout[-500:]}"
