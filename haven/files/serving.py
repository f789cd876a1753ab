"""Handing a file over: always to be saved, never shown as a page of ours."""

from urllib.parse import quote

from django.http import HttpResponse

from haven.files.queries import OpenedFile

PLAIN = "".join(chr(code) for code in range(32, 127) if chr(code) not in '"\\%/:;<>?*|')


def as_attachment(file: OpenedFile) -> HttpResponse:
    """The file as an attachment (RFC 6266) that no browser opens, guesses at or keeps."""
    response = HttpResponse(file.content, content_type=file.media_type)
    response.headers["Content-Disposition"] = disposition(file.name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "no-store"
    return response


def disposition(name: str) -> str:
    """The header that names the file: once in plain letters, once whole (RFC 8187)."""
    plain = "".join(mark if mark in PLAIN else "_" for mark in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
