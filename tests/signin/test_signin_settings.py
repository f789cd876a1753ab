"""What an installation sets: single sign-on from a file; cookies that only this site can set."""

import json
import os
import subprocess
import sys
from ast import literal_eval
from pathlib import Path

import pytest

from haven.config.single_sign_on import BadProviders, providers
from tests.shape.source import ROOT

ENTRY = {"id": "council", "name": "Council", "server_url": "https://idp.example.org", "client_id": "h", "secret": "s"}


def file_of(folder: Path, entries: object) -> str:
    """A file that holds this."""
    path = folder / "sso.json"
    path.write_text(entries if isinstance(entries, str) else json.dumps(entries))
    return str(path)


def test_without_a_file_there_is_no_single_sign_on() -> None:
    assert providers(None) == providers("") == []


def test_a_provider_is_read_with_what_it_is_trusted_with(tmp_path: Path) -> None:
    entry = ENTRY | {"issuer": "https://idp.example.org/t", "second_factor": {"acr": ["silver", "gold"]}}
    assert providers(file_of(tmp_path, [entry])) == [
        {
            "provider_id": "council",
            "name": "Council",
            "client_id": "h",
            "secret": "s",
            "settings": {
                "server_url": "https://idp.example.org",
                "issuer": "https://idp.example.org/t",
                "second_factor": {"acr": ["silver", "gold"]},
                "auth_params": {"acr_values": "silver gold"},
            },
        }
    ]


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ("not json", "cannot be read as JSON"),
        ({"id": "council"}, "does not hold a list"),
        ([{"id": "council"}], "provider 1 lacks name, server_url, client_id, secret"),
        ([ENTRY, "council"], "provider 2 lacks id"),
        ([ENTRY | {"id": "A Council"}], "small letters"),
        ([ENTRY | {"server_url": "http://idp.example.org"}], "must begin with https://"),
    ],
)
def test_a_bad_file_is_refused_with_why(tmp_path: Path, entries: object, said: str) -> None:
    with pytest.raises(BadProviders, match=said):
        providers(file_of(tmp_path, entries))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadProviders, match="cannot be read"):
        providers(str(tmp_path / "nowhere.json"))


NAMES = """SESSION_COOKIE_NAME CSRF_COOKIE_NAME SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE SESSION_COOKIE_HTTPONLY
SESSION_COOKIE_DOMAIN SESSION_COOKIE_PATH MFA_TOTP_TOLERANCE PASSWORD_HASHERS"""
SHOWN = f"from django.conf import settings as s; print([getattr(s, name) for name in {NAMES.split()}])"


def test_over_tls_only_this_site_can_set_its_cookies(tmp_path: Path) -> None:
    environment = os.environ | {
        "HAVEN_ORIGIN": "https://haven.example.org",
        "HAVEN_HOME": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "haven.config.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", SHOWN], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    hashers = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    expected = ["__Host-haven", "__Host-haven-csrf", True, True, True, None, "/", 0, hashers]
    assert literal_eval(done.stdout) == expected
