"""A world that the tests of a file share: built once, and given to each as if it had been built for it alone.

Building a town costs more than most tests that look at it. The file's world stands in a transaction of its own; what
a test writes is taken back to it, and each test gets copies of the objects, which it may change.
"""

import copy
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction


def kept(build: Callable[[], Any]) -> Any:
    """Return a fixture of a file: the built world, which every test of the file finds in the database."""

    @pytest.fixture(scope="module", autouse=True)
    def built(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
        refuse_real_transactions(request)
        with django_db_blocker.unblock(), transaction.atomic():
            yield build()
            transaction.set_rollback(True)

    return built


def copied(world: Any) -> Any:
    """Return a world that a test may change."""
    return copy.deepcopy(world)


def refuse_real_transactions(request: pytest.FixtureRequest) -> None:
    """A test with transactions of its own does not see what is not committed, and empties the tables."""
    for item in request.session.items:
        marker = item.get_closest_marker("django_db")
        if item.path == request.path and marker and marker.kwargs.get("transaction"):
            raise pytest.UsageError(f"{item.name} needs a file without a kept world.")
