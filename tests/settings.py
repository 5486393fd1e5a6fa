"""The settings of Ampersand, made fast for tests and kept away from the house beside the clone."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# Read by core/home.py: tests have a data folder of their own.
os.environ["AMPERSAND_TESTS"] = "1"

from ampersand.settings import *  # noqa: F403
from ampersand.settings import DATABASES, STORAGES

# Several runs may share one server, so each process has a database of its own.
DATABASES["default"]["TEST"] = {"NAME": f"test_{os.getpid()}"}
# The login of visitors looks into the same one. It sees what is committed, so tests of it commit.
if "outside" in DATABASES:
    DATABASES["outside"]["TEST"] = {"MIRROR": "default"}

# A statement that takes this long in a test would take for ever in a book: better red than waiting.
DATABASES["default"]["OPTIONS"]["options"] = "-c statement_timeout=60s"

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
SECURE_SSL_REDIRECT = False

# A copy of the book is made for the readings; each process has a book of its own.
SNAPSHOTS = Path(tempfile.mkdtemp(prefix="ampersand-snapshots-"))
atexit.register(shutil.rmtree, SNAPSHOTS, ignore_errors=True)

# Names of files, without a manifest: tests run on a clone whose assets are not built.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# Each client of a test has the middleware made anew, which reads through all built files: eight milliseconds, and there are
# thousands of clients. Looked for where one is asked for, they are found as well.
WHITENOISE_AUTOREFRESH = True
