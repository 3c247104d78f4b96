"""Settings of the tests: those of the site, with no network, quick passwords and nothing published to a broker."""

import os
import tempfile

os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="lastvote-tests-"))
os.environ.setdefault("SECRET_KEY", "only-for-tests")

from lastvote.settings import *  # noqa: F403
from lastvote.settings import DATABASES, IS_SQLITE, VAR_DIR

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
WAKE = False
API_READS_PER_MINUTE = API_WRITES_PER_MINUTE = 0  # the tests ask thousands of times in one frozen minute
if IS_SQLITE:
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
