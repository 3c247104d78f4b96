"""Settings of the site that the browser visits: a file of its own, the switches below, and more tries to sign in."""

from tests.settings import *  # noqa: F403
from tests.settings import ACCOUNT_RATE_LIMITS, DATABASES, IS_SQLITE, MIDDLEWARE

ROOT_URLCONF = "tests.browser.urls"
MIDDLEWARE = ["tests.browser.controls.Switches", *MIDDLEWARE]
ACCOUNT_RATE_LIMITS = {**ACCOUNT_RATE_LIMITS, "login": "1000/m/ip", "login_failed": "1000/m/ip"}
if IS_SQLITE:  # nothing here outlives the tests, so nothing need reach the disk
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
