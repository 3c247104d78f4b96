"""A pytest plugin that leaves out what touches no data: on a second database it would say the same again."""

import pytest

DATA = {"db", "transactional_db"}
MARKERS = ("django_db", "postgres", "broker")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep tests that read or write a database, and those about the servers."""
    pure = [item for item in items if not touches_data(item)]
    if pure:
        config.hook.pytest_deselected(items=pure)
        items[:] = [item for item in items if touches_data(item)]


def touches_data(item: pytest.Item) -> bool:
    """Whether a test asks for a database, by a fixture or a marker, or for a server by a marker."""
    fixtures = DATA & set(getattr(item, "fixturenames", ()))
    return bool(fixtures) or any(item.get_closest_marker(name) for name in MARKERS)
