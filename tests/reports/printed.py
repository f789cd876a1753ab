"""The report of a cycle, made: the step that tests share."""

from haven.access.actor import HAVEN
from haven.audits.models import Cycle
from haven.reports import services
from haven.reports.models import PrintedReport
from haven.reports.rules.reporting import Edition
from tests.cast import NOW, Cast


def printed(cast: Cast, cycle: Cycle, edition: Edition = Edition.NAMED) -> PrintedReport:
    """Its documents, as Marcus asked for them."""
    asked = services.make_report(cycle_id=cycle.pk, edition=edition, by=cast.actor("marcus"), at=NOW)
    services.print_report(printed_id=asked.pk, by=HAVEN, at=NOW)
    return PrintedReport.objects.get(pk=asked.pk)
