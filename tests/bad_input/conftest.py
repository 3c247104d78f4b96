"""One member with a browser, in front of the open round of the guards' world."""

import pytest

from tests.architecture.conftest import browsers, built_world, world  # noqa: F401 -- fixtures
from tests.architecture.world import World
from tests.bad_input.typist import Typist


@pytest.fixture
def member(world: World) -> Typist:  # noqa: F811
    return Typist.of(world, "member")


@pytest.fixture
def author(world: World) -> Typist:  # noqa: F811
    return Typist.of(world, "author")


@pytest.fixture
def secretariat(world: World) -> Typist:  # noqa: F811
    return Typist.of(world, "secretariat")
