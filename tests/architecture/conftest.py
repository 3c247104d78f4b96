"""The world through which the guards walk. It is built once for each module; each test's changes are taken back."""

from collections.abc import Iterator

import pytest
import time_machine
from django.apps import apps
from django.core.cache import cache
from django.core.management.color import no_style
from django.db import connection, transaction

from tests.architecture.asking import Browsers
from tests.architecture.world import NOW, World, make_world


@pytest.fixture(scope="module")
def built_world(django_db_setup: None, django_db_blocker) -> Iterator[World]:
    with django_db_blocker.unblock(), time_machine.travel(NOW, tick=False), transaction.atomic():
        _count_from_the_start()
        yield make_world()
        transaction.set_rollback(True)


def _count_from_the_start() -> None:
    """PostgreSQL goes on counting after a rollback; keys would grow until one looks like somebody's points."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
            cursor.execute(statement)


@pytest.fixture
def world(built_world: World, db: None) -> World:
    cache.clear()
    return built_world


@pytest.fixture
def browsers(world: World) -> Browsers:
    return Browsers(world)
