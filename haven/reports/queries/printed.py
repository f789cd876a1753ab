"""The reports that were made of a cycle, and the documents that they hold."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings

from haven.access.actor import Actor
from haven.access.decision import require
from haven.audits.models import Cycle
from haven.audits.rules.life import Standing
from haven.files.queries import OpenedFile
from haven.files.rules.kinds import FileKind
from haven.files.sealing import Sealed, unseal
from haven.kit.sheets import EXCEL
from haven.reports.models import PrintedReport, Report
from haven.reports.policy import may_keep
from haven.reports.queries.naming import naming
from haven.reports.queries.sent import cycle_kept
from haven.reports.rules.reporting import EDITIONS, SLOW_AFTER, Edition

MEDIA: Mapping[str, str] = {"docx": FileKind.WORD.value, "pdf": FileKind.PDF.value, "xlsx": EXCEL}
"""What a report is made as."""


@dataclass(frozen=True, slots=True)
class Made:
    """An edition as it was last made, or is being made."""

    edition: Edition
    label: str
    printed: PrintedReport | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPage:
    """What a lead sees of the report of a cycle."""

    cycle: Cycle
    report: Report | None
    editions: Sequence[Made]
    certain: Sequence[str]  # names that stand in her words, so that they cannot go without names
    likely: Sequence[str]

    @property
    def typed(self) -> dict[str, str]:
        """Her words, to go on with."""
        return {"intro": self.report.intro, "conclusions": self.report.conclusions} if self.report else {}

    @property
    def revision(self) -> int:
        """How often they were written."""
        return self.report.revision if self.report else 0

    @property
    def is_asked(self) -> bool:
        """Whether any school knows of it."""
        return bool(self.cycle.standing != Standing.DRAFT)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedPage:
    """One report that was asked for."""

    printed: PrintedReport
    label: str
    is_slow: bool


def report_page(*, cycle_id: UUID, by: Actor) -> ReportPage:
    """The words and the reports of a cycle, for leads of its area. Raises `Refused`."""
    cycle = cycle_kept(cycle_id=cycle_id, by=by)
    report = Report.objects.select_related("changed_by").filter(cycle=cycle).first()
    words = words_of_report(report)
    names = naming(cycle)
    return ReportPage(
        cycle=cycle,
        report=report,
        editions=[Made(each, label, _latest(cycle, each)) for each, label in EDITIONS.items()],
        certain=names.certain(words),
        likely=names.likely(words),
    )


def words_of_report(report: Report | None) -> str:
    """All that the area wrote itself."""
    return f"{report.intro}\n{report.conclusions}" if report else ""


def printed_page(*, printed_id: UUID, by: Actor, at: datetime) -> PrintedPage:
    """One report, made or being made. Raises `Refused`, or `DoesNotExist`."""
    printed = printed_report(printed_id=printed_id, by=by)
    is_slow = printed.made_at is None and at - printed.asked_at > SLOW_AFTER
    return PrintedPage(printed=printed, label=EDITIONS[Edition(printed.edition)], is_slow=is_slow)


def printed_report(*, printed_id: UUID, by: Actor) -> PrintedReport:
    """One report, without what it holds. Raises `Refused`, or `DoesNotExist`."""
    rows = PrintedReport.objects.select_related("cycle__area", "asked_by").defer("content", "key")
    printed = rows.get(pk=printed_id)
    require(may_keep(by, printed.cycle.area_id))
    return printed


def document_of(printed: PrintedReport, kind: str) -> OpenedFile:
    """One of its documents. Whoever asks has been asked for her policy."""
    held = PrintedReport.objects.only("content", "key").get(pk=printed.pk)
    sealed = Sealed(bytes(held.key or b""), bytes(held.content or b""))
    with zipfile.ZipFile(io.BytesIO(unseal(sealed, file=printed.pk, secret=settings.FILE_KEY))) as bundle:
        content = bundle.read(kind)
    name = "report" if printed.edition == Edition.NAMED else "report-without-names"
    return OpenedFile(f"audit-{printed.cycle.school_year}-{name}.{kind}", MEDIA[kind], content)


def _latest(cycle: Cycle, edition: Edition) -> PrintedReport | None:
    rows = PrintedReport.objects.filter(cycle=cycle, edition=edition).select_related("asked_by")
    return rows.defer("content", "key").order_by("-asked_at").first()
