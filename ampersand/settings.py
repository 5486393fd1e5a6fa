"""Every setting of Ampersand. What differs from house to house comes from the environment."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pgtrigger
from csp.constants import NONE, SELF
from psycopg.conninfo import conninfo_to_dict

from ampersand.core import home, keys, postgres, postgres_roles
from ampersand.members import service_told, smtp

BASE_DIR = Path(__file__).resolve().parent
DATA_FOLDER = home.data_folder()
ADDRESS = os.environ.get("AMPERSAND_URL", "http://localhost:8000").rstrip("/")
IS_SECURE = ADDRESS.startswith("https://")

DEBUG = os.environ.get("AMPERSAND_DEBUG") == "1"
KEY_FILE = Path(os.environ.get("AMPERSAND_KEY_FILE") or DATA_FOLDER / "secret.key")
SECRET_KEY = keys.derived(keys.read_or_make(KEY_FILE), "django secret key")
MEMBERS_SECRET = keys.derived(keys.read_or_make(KEY_FILE), "secrets of members")
PULSE_SECRET = keys.derived(keys.read_or_make(KEY_FILE), "answers to a pulse")

# apps, lowest last

INSTALLED_APPS = [
    "ampersand.desk",
    "ampersand.portal",
    "ampersand.readings",
    "ampersand.channels",
    "ampersand.notebook",
    "ampersand.between",
    "ampersand.exchange",
    "ampersand.promises",
    "ampersand.terms",
    "ampersand.timeline",
    "ampersand.parties",
    "ampersand.members",
    "ampersand.core",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_htmx",
    "template_partials",
    "pghistory",
    "pgtrigger",
    "procrastinate.contrib.django",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "ampersand.members.middleware.leave_no_copy",
    "ampersand.members.middleware.know_the_device",
    # Before the forgery check, which reads the body: whoever is signed out has nothing large to say.
    "ampersand.members.middleware.SignInRequired",
    "django.middleware.csrf.CsrfViewMiddleware",
    "ampersand.members.middleware.OwnTimeAndTongue",
    "ampersand.parties.middleware.remember_hidden_parties",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "ampersand.core.history_context.SessionHistoryMiddleware",
    "ampersand.desk.middleware.PastDaysMayRest",
]

ROOT_URLCONF = "ampersand.urls"
# An address book may come as one file a person.
DATA_UPLOAD_MAX_NUMBER_FILES = 5_000
WSGI_APPLICATION = None
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ampersand.desk.frame.frame",
            ],
        },
    }
]

# database

# The pool is for the web processes (`core/serve.py`); a command has one connection, and the worker brings its own.
POOL_SIZE = int(os.environ.get("AMPERSAND_POOL_SIZE", "0"))
# Nobody waits longer for a page, and a statement that never ends would keep its connection from the others.
PAGE_STATEMENT_SECONDS = 30


def _database(url: str, *, pool_size: int) -> dict[str, Any]:
    told = conninfo_to_dict(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": told.pop("dbname", postgres.DATABASE),
        "USER": told.pop("user", ""),
        "PASSWORD": told.pop("password", ""),
        "HOST": told.pop("host", ""),
        "PORT": told.pop("port", ""),
        "OPTIONS": {
            **told,
            "application_name": "ampersand",
            # Values travel apart from the words of a statement, and what is asked often is prepared (`core/ready.py`).
            "server_side_binding": True,
            "options": f"{told.get('options', '')} -c statement_timeout={PAGE_STATEMENT_SECONDS if POOL_SIZE else 0}s",
            "pool": {"min_size": 1, "max_size": pool_size, "timeout": 10} if pool_size else False,
        },
        "ATOMIC_REQUESTS": True,
        # The pool keeps connections; Django must not keep one a thread on top of it.
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
    }


_role = os.environ.get("AMPERSAND_DATABASE_ROLE", postgres_roles.APP)
DATABASES = {"default": _database(os.environ.get("DATABASE_URL") or postgres.url_for(_role), pool_size=POOL_SIZE)}

# Whoever comes from outside reads through a login of its own (`portal/fence.py`), in transactions of its own. A database that
# somebody else runs has none until it is told.
OUTSIDE_POOL_SIZE = 3
_outside_url = os.environ.get("AMPERSAND_OUTSIDE_DATABASE_URL") or (
    "" if postgres.is_external() else postgres.url_for(postgres_roles.OUTSIDE)
)
if _outside_url:
    DATABASES["outside"] = _database(_outside_url, pool_size=min(POOL_SIZE, OUTSIDE_POOL_SIZE))
    DATABASES["outside"]["ATOMIC_REQUESTS"] = False

# what reads the whole book

SNAPSHOTS = Path(os.environ.get("AMPERSAND_SNAPSHOTS") or DATA_FOLDER / "snapshots").expanduser()
READINGS_ENGINE = os.environ.get("AMPERSAND_ENGINE") or "duckdb"
# So much of the machine is taken for it, and the rest left to the pages.
READINGS_MEMORY = os.environ.get("AMPERSAND_READINGS_MEMORY") or "2GB"
READINGS_THREADS = int(os.environ.get("AMPERSAND_READINGS_THREADS") or max(1, (os.cpu_count() or 1) // 2))
SPARK_MASTER = os.environ.get("AMPERSAND_SPARK_MASTER") or "local[*]"

# Updates and deletions only, once a statement: a bulk load through COPY then costs what it should.
PGHISTORY_LEVEL = pgtrigger.Statement
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")

PROCRASTINATE_ON_APP_READY = "ampersand.recurring.register"

# who signs in

AUTH_USER_MODEL = "members.Member"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "ampersand.members.adapter.DoorAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
# Every way in proves the address or the machine: an invitation, a one-time link, a code sent to it.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_FORMS = {
    "login": "ampersand.members.forms.SignInForm",
    "request_login_code": "ampersand.members.forms.AskForCodeForm",
    "confirm_login_code": "ampersand.members.forms.CodeForm",
    "add_email": "ampersand.members.forms.NewAddressForm",
}
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# A stranger's address typed at the door gets no letter.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
MFA_ADAPTER = "ampersand.members.adapter.SecondStep"
MFA_FORMS = {
    "activate_totp": "ampersand.members.forms.SetUpAppForm",
    "add_webauthn": "ampersand.members.forms.AddPasskeyForm",
    "authenticate": "ampersand.members.forms.SecondStepForm",
    "authenticate_webauthn": "ampersand.members.forms.PasskeyStepForm",
    "edit_webauthn": "ampersand.members.forms.RenamePasskeyForm",
    "login_webauthn": "ampersand.members.forms.PasskeySignInForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_SECURE
# A clock may be half a minute off; a code works once all the same.
MFA_TOTP_TOLERANCE = 1
# Our own step-up asks before (`members/step_up.py`), and knows letters too.
MFA_REAUTHENTICATION_REQUIRED = False
SOCIALACCOUNT_ADAPTER = "ampersand.desk.door_service.ServiceAdapter"
SIGN_IN_SERVICE = service_told.told_service(os.environ)
# Our policy lets no form lead elsewhere, so the way to a service outside is a link.
SOCIALACCOUNT_LOGIN_ON_GET = True
# Behind TLS stands one proxy of the house, which says where a request comes from.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if IS_SECURE else 0

# Attempts at the door are counted for all web processes together, so that limits hold. There is room for all: were the
# oldest thrown out, whoever tries many addresses would make the count of one forgotten.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "members_attempts",
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    }
}

# letters

_letters = smtp.letters(os.environ.get("AMPERSAND_SMTP_URL", ""), own_host=urlsplit(ADDRESS).hostname or "localhost")
EMAIL_BACKEND = _letters.backend
EMAIL_HOST, EMAIL_PORT = _letters.host, _letters.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _letters.user, _letters.password
EMAIL_USE_SSL, EMAIL_USE_TLS = _letters.is_tls, _letters.is_starttls
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = _letters.sender
MESSAGES_FROM_MEMBERS = os.environ.get("AMPERSAND_FROM_MEMBERS") == "1"

# what a browser may do with our pages

ALLOWED_HOSTS = [urlsplit(ADDRESS).hostname or "localhost", "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [ADDRESS]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_ENGINE = "ampersand.members.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_SECURE
SESSION_COOKIE_AGE = int(timedelta(days=30).total_seconds())
SECURE_SSL_REDIRECT = IS_SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_SECURE else None
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if IS_SECURE else 0
# Subdomains and the preload list are the firm's to decide, not one program's.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

# words and time

USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
FORMAT_MODULE_PATH = ["ampersand.formats"]
LANGUAGES = [("en", "English"), ("de", "Deutsch")]
LOCALE_PATHS = [BASE_DIR / "locale"]

# files

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "static_collected"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_FOLDER / "files"},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "ampersand.core.logs.Wordless",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "procrastinate": {"level": "WARNING"},
        "ampersand": {"level": "INFO"},
        # Whoever calls the house by another name is refused; a page of the log for each would fill the disk.
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
    },
}
