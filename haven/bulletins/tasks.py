"""What bulletins do in the background: take in what arrives by e-mail, announce, and sweep what was left lying."""

import logging
import os
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from haven.access.actor import HAVEN
from haven.access.decision import Refused
from haven.bulletins import services

LOG = logging.getLogger(__name__)
TAKEN, REFUSED = "taken", "refused"


@app.periodic(cron="*/2 * * * *")
@app.task(queueing_lock="bulletins.read_inbox", name="bulletins.read_inbox")
def read_inbox(timestamp: int) -> int:  # noqa: ARG001 - every periodic task is told its moment
    """Take in the e-mails that lie in the inbox."""
    return take_in(settings.HOME / "inbox")


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="bulletins.announce", name="bulletins.announce")
def announce(timestamp: int) -> int:  # noqa: ARG001
    """Write to those there is something to read for."""
    return services.announce(by=HAVEN, at=timezone.now())


@app.periodic(cron="40 3 * * *")
@app.task(queueing_lock="bulletins.sweep", name="bulletins.sweep")
def sweep(timestamp: int) -> int:  # noqa: ARG001
    """Put abandoned drafts aside, and clear away the e-mails that were taken in or refused long ago."""
    after, now = timedelta(days=settings.DRAFT_DAYS), timezone.now()
    clear_away(settings.HOME / "inbox", before=now - after)
    return services.sweep_drafts(untouched_for=after, by=HAVEN, at=now)


def clear_away(inbox: Path, *, before: datetime) -> int:
    """Delete the e-mails, with their reasons, that were taken in or refused before; how many files."""
    dealt_with = [path for name in (TAKEN, REFUSED) for path in (inbox / name).glob("*") if path.is_file()]
    old = [path for path in dealt_with if path.stat().st_mtime < before.timestamp()]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def take_in(inbox: Path) -> int:
    """Make a draft of every e-mail in a folder; how many.

    One taken in moves to `taken`; one refused to `refused`, beside a text file that says why; one that fails stays, and
    keeps no other back. The same e-mail makes one draft however often it lies there, so that a crash between the two
    steps does no harm.
    """
    if not inbox.is_dir():
        return 0
    return sum(_take(message, inbox) for message in sorted(inbox.glob("*.eml")))


def _take(message: Path, inbox: Path) -> bool:
    try:
        services.receive_mail(content=message.read_bytes(), by=HAVEN, at=timezone.now())
    except Refused as refused:
        LOG.warning("an e-mail in the inbox was refused: %s", refused.reason.value)
        moved = _move(message, inbox / REFUSED)
        moved.with_suffix(".reason.txt").write_text(f"{refused.advice or refused.reason.value}\n")
        return False
    except Exception as fault:  # whatever it is: what the message says must not stand in the log
        LOG.error("an e-mail in the inbox could not be taken in: %s", type(fault).__name__)
        return False
    _move(message, inbox / TAKEN)
    return True


def _move(message: Path, folder: Path) -> Path:
    """Move a file without ever covering one of the same name."""
    folder.mkdir(exist_ok=True)
    target, n = folder / message.name, 1
    while target.exists():
        target, n = folder / f"{message.stem}-{n}{message.suffix}", n + 1
    moved = message.rename(target)
    os.utime(moved)  # from now on it lies here
    return moved
