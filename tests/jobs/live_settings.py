"""Settings of worker processes that tests start: real broker, real wake-ups, the counting app, and no pages."""

from tests.settings import *  # noqa: F403
from tests.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.jobs.counting"]
WAKE = True
ROOT_URLCONF = "lastvote.jobs.urls"
