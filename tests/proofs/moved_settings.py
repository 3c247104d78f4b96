"""Settings of whole sites whose clock a test moves."""

from tests.moved_clock import follow
from tests.proofs.live_settings import *  # noqa: F403

follow()
