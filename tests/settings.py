"""The settings of the house, in a home of their own, with what only tests need."""

import os
from pathlib import Path

os.environ["HAVEN_HOME"] = str(Path(__file__).resolve().parents[1] / "var" / "test")

from haven.config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick; the real one is tested by itself
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
LEAST_FREE = 0.0  # however full the disk is on which tests run
STORAGES = {  # no collected static files are needed to render a page
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405 - whitenoise warns of a folder that is not there
TEMPLATES[0]["OPTIONS"]["debug"] = True  # noqa: F405 - or the coverage of templates cannot be measured
