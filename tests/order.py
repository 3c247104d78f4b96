"""A pytest plugin that begins with the files that take long, so that two workers end at about the same time.

A worker takes a file whole. A long one taken last would leave the other worker with nothing to do.
"""

from collections import Counter
from collections.abc import Iterable

import pytest

LONG = ("torture", "proofs", "browser", "architecture", "secrecy", "jobs")
"""Folders whose few tests take long, the longest first. In the others, files of many tests take longest."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files in order; inside a file the tests stay as they are."""
    order = longest_first(item.nodeid.partition("::")[0] for item in items)
    items.sort(key=lambda item: order[item.nodeid.partition("::")[0]])


def longest_first(files: Iterable[str]) -> dict[str, int]:
    """Return the place of each file that was named, once for each of its tests."""
    tests = Counter(files)
    ordered = sorted(tests, key=lambda file: (_place(file), -tests[file], file))
    return {file: place for place, file in enumerate(ordered)}


def _place(file: str) -> int:
    folders = file.split("/")
    return next((place for place, name in enumerate(LONG) if name in folders), len(LONG))
