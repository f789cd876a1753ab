"""Reads a short note of Wednesday 4 June 2025 and tells the days found, as ‘06-13’ or ‘06-13 16:00’."""

import datetime as dt

from haven.engines.documents.open import open_document
from haven.engines.reading.items import Deadline, Event, Reading
from haven.engines.reading.reader import read

TODAY = dt.date(2025, 6, 4)
HEAD = "Fairhaven Safeguarding Service\nWednesday 4 June 2025\n\nDear colleagues\n\n"


def note(words: str, head: str = HEAD) -> Reading:
    return read(open_document("note.txt", f"{head}{words}\n".encode()), TODAY)


def page(words: str) -> Reading:
    """The same from a web page, for tables."""
    return read(open_document("note.html", f"<h1>Update</h1><p>4 June 2025</p>{words}".encode()), TODAY)


def due(reading: Reading) -> list[str]:
    found = {(d.date, d.time) for d in reading.items if isinstance(d, Deadline) and d.date}
    return sorted(f"{day:%m-%d}" + (f" {hour:%H:%M}" if hour else "") for day, hour in found)


def on(reading: Reading) -> list[str]:
    found = {e.starts for e in reading.items if isinstance(e, Event) and not e.cancelled}
    return sorted(f"{s:%m-%d %H:%M}" if isinstance(s, dt.datetime) else f"{s:%m-%d}" for s in found)


def table(headings: str, *rows: str) -> str:
    """An HTML table; cells are parted by ‘|’."""
    lines = [headings, *rows]
    made = "".join(f"<tr>{''.join(f'<td>{cell.strip()}</td>' for cell in line.split('|'))}</tr>" for line in lines)
    return f"<table>{made}</table>"
