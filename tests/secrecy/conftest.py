"""The guards' world, with a canary in every secret field where a test asks for it."""

import pytest

from tests.architecture.conftest import browsers, built_world, world  # noqa: F401 -- fixtures
from tests.architecture.world import World
from tests.secrecy.canaries import Canaries, put_canaries


@pytest.fixture
def canaries(world: World) -> Canaries:  # noqa: F811
    return put_canaries(world)
