"""The report of a cycle: the area's own words, the documents that are made of it, and who took which."""

import hashlib
import io
import zipfile
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from procrastinate.contrib.django import app

from haven.access.actor import HAVEN, Actor
from haven.access.decision import Reason, Refused, person_of
from haven.audits.models import Cycle
from haven.audits.queries.changing import cycle_for_update
from haven.audits.rules.life import Standing
from haven.engines.days.moments import local_day
from haven.engines.printing.pdf import to_pdf
from haven.engines.printing.word import to_word
from haven.files.queries import OpenedFile
from haven.files.sealing import seal
from haven.kit.sheets import workbook
from haven.ledger.services import record
from haven.reports.models import PrintedReport, Report
from haven.reports.queries.figures import figures_of
from haven.reports.queries.naming import naming
from haven.reports.queries.papers import report_paper
from haven.reports.queries.printed import document_of, printed_report, words_of_report
from haven.reports.queries.tables import report_tables
from haven.reports.rules.reporting import PRINT_REPORT, Edition

CHANGED = "Somebody else has changed the words meanwhile. Yours are below: look at theirs, then save again."
NO_SCHOOL = "No school has been asked yet."
NAMES = "Your words name {names}. Take that out of them, or make the report with names."
NOT_YET = "It is still being made."
SHOWN_AT_MOST = 3


@transaction.atomic
def write_report(*, cycle_id: UUID, intro: str, conclusions: str, seen: int, by: Actor, at: datetime) -> Report:
    """Keep what the area says before and after the figures. `seen` is the revision that she had before her."""
    cycle = cycle_for_update(cycle_id=cycle_id, by=by)
    report = Report.objects.filter(cycle=cycle).first() or Report(cycle=cycle)
    wanted = (intro.strip(), conclusions.strip())
    if (report.intro, report.conclusions) == wanted and report.pk:
        return report
    if report.revision != seen:
        raise Refused(Reason.WRONG_STATE, CHANGED)
    report.intro, report.conclusions = wanted
    report.revision, report.changed_at, report.changed_by_id = seen + 1, at, person_of(by)
    report.save()
    record("report.written", by=by, at=at, about={"cycle": cycle.pk, "revision": report.revision})
    return report


@transaction.atomic
def make_report(*, cycle_id: UUID, edition: Edition, by: Actor, at: datetime) -> PrintedReport:
    """Have the documents of one edition made in the background. Raises `Refused` where her words would name somebody in
    the edition without names."""
    cycle = cycle_for_update(cycle_id=cycle_id, by=by)
    if cycle.standing == Standing.DRAFT:
        raise Refused(Reason.WRONG_STATE, NO_SCHOOL)
    if edition is Edition.UNNAMED:
        _require_no_names(cycle)
    printed = PrintedReport.objects.create(cycle=cycle, edition=edition, asked_at=at, asked_by_id=person_of(by))
    about = {"cycle": cycle.pk, "report": printed.pk, "edition": edition.value}
    record("report.asked", by=by, at=at, about=about)
    app.configure_task(PRINT_REPORT).defer(printed_id=str(printed.pk))
    return printed


def print_report(*, printed_id: UUID, by: Actor, at: datetime) -> None:
    """Make the documents of a report that was asked for. Those of the same edition before it are thrown away.

    What it says is worked out first, so that nothing is locked meanwhile.
    """
    if by != HAVEN:
        raise Refused(Reason.NOT_THE_ROLE)
    rows = PrintedReport.objects.select_related("cycle__area", "cycle__version__template", "cycle__before__version")
    printed = rows.filter(pk=printed_id, made_at__isnull=True).first()
    if printed is not None:
        _keep(printed, _documents(printed, at), by, at)


@transaction.atomic
def take_report(*, printed_id: UUID, kind: str, by: Actor, at: datetime) -> OpenedFile:
    """Hand over one document of a report. Raises `Refused`."""
    printed = printed_report(printed_id=printed_id, by=by)
    if printed.made_at is None:
        raise Refused(Reason.NOT_READY, NOT_YET)
    document = document_of(printed, kind)
    about = {"cycle": printed.cycle_id, "report": printed.pk, "edition": printed.edition, "as": kind}
    record("report.taken", by=by, at=at, about=about)
    return document


def _require_no_names(cycle: Cycle) -> None:
    found = naming(cycle).certain(words_of_report(Report.objects.filter(cycle=cycle).first()))
    if found:
        names = ", ".join(f"“{each}”" for each in found[:SHOWN_AT_MOST])
        raise Refused(Reason.NOT_ASKABLE, NAMES.format(names=names))


def _documents(printed: PrintedReport, at: datetime) -> Mapping[str, bytes]:
    figures = figures_of(cycle=printed.cycle, edition=Edition(printed.edition), on=local_day(at))
    paper = report_paper(figures)
    return {"docx": to_word(paper), "pdf": to_pdf(paper), "xlsx": workbook(report_tables(figures))}


@transaction.atomic
def _keep(printed: PrintedReport, documents: Mapping[str, bytes], by: Actor, at: datetime) -> None:
    if not PrintedReport.objects.select_for_update().filter(pk=printed.pk, made_at__isnull=True).exists():
        return
    sealed = seal(_bundled(documents), file=printed.pk, secret=settings.FILE_KEY)
    printed.content, printed.key, printed.made_at = sealed.content, sealed.wrapped_key, at
    printed.save(update_fields=["content", "key", "made_at"])
    earlier = PrintedReport.objects.filter(cycle=printed.cycle, edition=printed.edition, asked_at__lt=printed.asked_at)
    earlier.delete()
    digests = {kind: hashlib.sha256(content).hexdigest() for kind, content in documents.items()}
    about = {"cycle": printed.cycle_id, "report": printed.pk, "edition": printed.edition}
    record("report.printed", by=by, at=at, about=about | digests)


def _bundled(documents: Mapping[str, bytes]) -> bytes:
    bundle = io.BytesIO()
    with zipfile.ZipFile(bundle, "w", zipfile.ZIP_STORED) as kept:
        for kind, content in documents.items():
            kept.writestr(kind, content)
    return bundle.getvalue()
