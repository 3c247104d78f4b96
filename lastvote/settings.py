"""One settings module for both set-ups. Everything that differs between them comes from the environment."""

import logging
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from lastvote import logs
from lastvote.env import choice, env, generated_key

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.str("VAR_DIR", str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = env.bool("DEBUG", False)
DEMO = env.bool("DEMO", False)
"""Demo mode: a page of people to sign in as. Such a server only binds to this machine."""
HTTPS = env.bool("HTTPS", False)
"""One switch for secure cookies, HSTS and the redirect to https."""
SECRET_KEY = env.str("SECRET_KEY", "") or generated_key(VAR_DIR / "secret-key")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
BASE_URL = env.str("BASE_URL", "http://localhost:8000")
"""Where people reach the site; used in mail."""

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "csp",
    "django_structlog",
    "lastvote.audit",
    "lastvote.jobs",
    "lastvote.web",
    "stakeholders",
    "assessments",
    "deliberation",
]

MIDDLEWARE = [
    "lastvote.web.middleware.HeadersOnlyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "lastvote.web.compression.CompressFilesMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "stakeholders.sessions.StoredSessions",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "stakeholders.sessions.SessionLength",
    "stakeholders.last_account.LastAccount",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "lastvote.web.middleware.PrivatePageMiddleware",
    "lastvote.web.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "lastvote.urls"
WSGI_APPLICATION = "lastvote.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lastvote.web.context.page",
            ],
        },
    },
]

# --- Database -------------------------------------------------------------------------------------------------

DATABASE_URL = env.str("DATABASE_URL", f"sqlite:///{VAR_DIR / 'lastvote.sqlite3'}")
DATABASES: dict[str, dict[str, Any]] = {"default": env.dj_db_url("DATABASE_URL", DATABASE_URL)}
IS_SQLITE = DATABASES["default"]["ENGINE"].endswith("sqlite3")
if IS_SQLITE:
    # A read followed by a write deadlocks unless the write lock is taken at BEGIN; FULL survives a power cut.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", 600)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"]["OPTIONS"] = {
        "options": "-c synchronous_commit=on -c lock_timeout=3s -c statement_timeout=10s"
        " -c idle_in_transaction_session_timeout=15s",
        "connect_timeout": 5,
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Background work ------------------------------------------------------------------------------------------

BROKER_URL = env.str("BROKER_URL", "")
"""Empty: worker and beat run as threads of the one web process. Otherwise: Redis, with workers of their own."""
EMBEDDED = not BROKER_URL
WAKE = env.bool("WAKE", True)
"""Off: nothing is published to the broker and the sweeper alone moves work along, within SWEEP_SECONDS."""
SWEEP_SECONDS = env.float("SWEEP_SECONDS", 15.0)
WEB_PROCESSES = env.int("WEB_PROCESSES", 2)
"""Web processes of ``serve`` with a broker. The embedded default always has one: it owns the queue and the beat."""
WEB_THREADS = env.int("WEB_THREADS", 8)
CELERY_BROKER_URL = BROKER_URL or "memory://localhost/"
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {"polling_interval": 0.02}
    if EMBEDDED
    else {
        "visibility_timeout": 120,
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
        "socket_timeout": 15,  # above the worker's blocking pop; the publisher sets its own, shorter one
        "socket_connect_timeout": 1,
        "max_retries": 0,
    }
)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a worker outlives any break of the broker
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"  # the timetable is fixed: no file that a crash could damage
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 60
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "UTC"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

# --- Logs -----------------------------------------------------------------------------------------------------

LOG_FORMAT = choice("LOG_FORMAT", default="plain", allowed=("plain", "json"))
LOG_LEVEL = choice("LOG_LEVEL", default="WARNING" if DEMO else "INFO", allowed=("DEBUG", "INFO", "WARNING", "ERROR"))
LOGGING = logs.configured(LOG_FORMAT, LOG_LEVEL)
DJANGO_STRUCTLOG_CELERY_ENABLED = True
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_USER_ID_FIELD = None
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = DJANGO_STRUCTLOG_CELERY_DEFAULT_LOG_LEVEL = logging.DEBUG
DJANGO_STRUCTLOG_STATUS_4XX_LOG_LEVEL = logging.INFO

# --- Counting tries -------------------------------------------------------------------------------------------

REDIS_URL = env.str("REDIS_URL", BROKER_URL)
"""Where web processes count sign-in tries together. Empty: the one process counts in its own memory."""
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "lastvote",
        "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
    }
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

# --- People and sessions --------------------------------------------------------------------------------------

AUTH_USER_MODEL = "stakeholders.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "stakeholders.forms.PlainMinimumLength", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "sign_in"
ACCOUNT_ADAPTER = "stakeholders.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
"""Nobody can sign up; allauth wants to know what an account is made of."""
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # our own view writes to them; allauth's mail invites to sign up
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_LOGIN_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip",
    "password_from_here": "5/5m/key,20/h/key",
    "password_from_everywhere": "100/h/key",
    "password_in_own_browser": "5/5m/key",
    "request_login_code": "20/m/ip,3/m/key",
    "codes_of_a_day": "10/d/key",
    "codes_from_everywhere": "100/d/key",
    "code_to_own_browser": "20/m/ip,3/m/key",
    "code_to_show_again": "3/m/user",
    "reauthenticate": "10/m/user",
    "paper_code": "20/5m/ip",
    "paper_name": "60/h/user",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env.bool("BEHIND_PROXY", False) else 0
SESSION_ENGINE = "stakeholders.session_store"
SESSION_COOKIE_AGE = 24 * 60 * 60
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
LAST_ACCOUNT_COOKIE_NAME = "__Host-last" if HTTPS else "last"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "lastvote.web.errors.csrf_failure"
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", [])

# --- Security headers -----------------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", False) else None
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# --- API ------------------------------------------------------------------------------------------------------

API_READS_PER_MINUTE = env.int("API_READS_PER_MINUTE", 300)
API_WRITES_PER_MINUTE = env.int("API_WRITES_PER_MINUTE", 60)
"""Requests of one person, or of the visitors of one network. 0 means no limit."""
REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "stakeholders.api.authentication.Token",
        "stakeholders.api.authentication.Session",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["lastvote.rest.permissions.Nobody"],
    "DEFAULT_PARSER_CLASSES": ["lastvote.rest.media.StrictJSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["lastvote.rest.media.CanonicalJSONRenderer"],
    "DEFAULT_METADATA_CLASS": None,
    "EXCEPTION_HANDLER": "lastvote.rest.exceptions.handle",
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS: dict[str, Any] = {"ENABLE_DJANGO_DEPLOY_CHECK": False}
"""What the document says of each address is tested, not guessed when the site starts."""

# --- Mail -----------------------------------------------------------------------------------------------------

EMAIL_CONFIG = env.dj_email_url("EMAIL_URL", "file://")
"""Without EMAIL_URL every mail is a file under var/mailbox, to be read by whoever runs the demo."""
EMAIL_BACKEND = EMAIL_CONFIG["EMAIL_BACKEND"]
EMAIL_HOST = EMAIL_CONFIG.get("EMAIL_HOST", "")
EMAIL_PORT = EMAIL_CONFIG.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = EMAIL_CONFIG.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = EMAIL_CONFIG.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = EMAIL_CONFIG.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = EMAIL_CONFIG.get("EMAIL_USE_SSL", False)
EMAIL_FILE_PATH = str(VAR_DIR / "mailbox")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "lastvote <noreply@localhost>")
DIGEST_HOUR = int(choice("DIGEST_HOUR", default="7", allowed=tuple(str(hour) for hour in range(24))))
"""The hour of each place's own day at which those get mail who want it once a day."""

# --- Language, time, files ------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # the file server warns about a folder that is missing
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 0 if DEBUG else 3600

# --- What people see of their own answer ----------------------------------------------------------------------

PREVIEW = choice("PREVIEW", default="after", allowed=("after", "off"))
"""Whether the check page shows what a person's own answer does to the score."""
