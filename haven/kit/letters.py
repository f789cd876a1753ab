"""Sending letters of which one may fail: the others go out, and nobody's address is logged."""

import logging
from collections.abc import Callable
from smtplib import SMTPException

LOG = logging.getLogger(__name__)


def went_out(send: Callable[[], None]) -> bool:
    """Whether the letter went out. A failure is logged without the address and never stops the others."""
    try:
        send()
    except (OSError, SMTPException) as fault:  # its own words name the address
        LOG.error("a letter could not be sent: %s", type(fault).__name__)
        return False
    return True
