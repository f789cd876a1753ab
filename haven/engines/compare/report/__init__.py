"""A comparison as one page of HTML that stands by itself: to read, to send and to print."""

from haven.engines.compare.report.page import report_of

__all__ = ["report_of"]
