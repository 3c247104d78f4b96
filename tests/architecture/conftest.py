"""The world through which the guards walk. It is built once for each module; each test's changes are taken back."""

from collections.abc import Iterator

import pytest
import time_machine
from django.core.cache import cache
from django.db import transaction

from tests.architecture.asking import Browsers
from tests.architecture.world import NOW, World, make_world


@pytest.fixture(scope="module")
def built_world(django_db_setup: None, django_db_blocker) -> Iterator[World]:
    with django_db_blocker.unblock(), time_machine.travel(NOW, tick=False), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture
def world(built_world: World, db: None) -> World:
    cache.clear()
    return built_world


@pytest.fixture
def browsers(world: World) -> Browsers:
    return Browsers(world)
