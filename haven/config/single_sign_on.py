"""The single sign-on providers of an installation, from the file that HAVEN_SSO_FILE names.

A list of objects, each with `id` (letters, digits, hyphens; never change it), `name`, `server_url`, `client_id`,
`secret`, and where wanted `issuer`, and `second_factor` with the values of `amr` or `acr` that show that the provider
has asked for one. Without `second_factor`, whoever comes that way is asked for her own.
"""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

NEEDED = ("id", "name", "server_url", "client_id", "secret")
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class BadProviders(Exception):
    """The file of providers cannot be used; the text says why."""


def providers(path: str | None) -> list[dict[str, Any]]:
    """The providers, as the sign-in library wants them; none where there is no file."""
    if not path:
        return []
    try:
        entries = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadProviders(f"HAVEN_SSO_FILE: {path} cannot be read as JSON: {error}") from error
    if not isinstance(entries, list):
        raise BadProviders(f"HAVEN_SSO_FILE: {path} does not hold a list")
    return [_provider(entry, number) for number, entry in enumerate(entries, start=1)]


def _provider(entry: Any, number: int) -> dict[str, Any]:
    missing = [name for name in NEEDED if not isinstance(entry, dict) or not entry.get(name)]
    if missing:
        raise BadProviders(f"HAVEN_SSO_FILE: provider {number} lacks {', '.join(missing)}")
    if not re.fullmatch(r"[a-z0-9-]{1,40}", entry["id"]):
        raise BadProviders(f"HAVEN_SSO_FILE: the id of provider {number} may have small letters, digits and hyphens")
    address = urlsplit(entry["server_url"])
    if address.scheme != "https" and address.hostname not in LOOPBACK:
        raise BadProviders(f"HAVEN_SSO_FILE: the server_url of provider {number} must begin with https://")
    wanted = entry.get("second_factor", {})
    asked = {"acr_values": " ".join(wanted["acr"])} if wanted.get("acr") else {}
    settings = {"server_url": entry["server_url"], "second_factor": wanted, "auth_params": asked}
    if entry.get("issuer"):
        settings["issuer"] = entry["issuer"]
    return {
        "provider_id": entry["id"],
        "name": entry["name"],
        "client_id": entry["client_id"],
        "secret": entry["secret"],
        "settings": settings,
    }
