"""A check as a file: a PDF to put into a case, and structured data for the case system."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.http import HttpResponse

from haven.checks.disclosure.checks import CheckView, Thread
from haven.checks.rules.bands import LABELS
from haven.checks.rules.states import WORDS
from haven.engines.days.moments import local
from haven.engines.printing.paper import Block, Fact, Facts, Heading, Note, Paper, Paragraph
from haven.engines.printing.pdf import to_pdf
from haven.files.queries import OpenedFile
from haven.files.rules.kinds import FileKind
from haven.files.serving import as_attachment

KINDS: Mapping[str, str] = {"pdf": "PDF", "json": "Data (JSON)"}
FORMAT = "haven-check/1"
NOT_OPENED = "This does not open. Tell whoever looks after Haven."


def as_file(view: CheckView, kind: str, *, on: date) -> HttpResponse:
    """The file. Its name says nothing of whom it is about."""
    name = f"check-{view.check}"
    if kind == "pdf":
        return as_attachment(OpenedFile(f"{name}.pdf", FileKind.PDF.value, to_pdf(paper(view, on))))
    content = json.dumps(structured(view), ensure_ascii=False, indent=2, default=_plain).encode()
    return as_attachment(OpenedFile(f"{name}.json", "application/json", content))


def structured(view: CheckView) -> dict[str, Any]:
    """Every value of the check, by the names in docs/reference/check-data.md."""
    return {"format": FORMAT, **asdict(view)}


def paper(view: CheckView, on: date) -> Paper:
    """The check to read: what was asked and why, then each agency's answer."""
    wanted = view.wanted
    facts = (
        Fact("Reference", wanted.reference),
        Fact("Urgency", LABELS[wanted.band]),
        Fact("Asked", f"{_at(wanted.asked_at)} by {wanted.asker}"),
        Fact("Due", _at(wanted.due_at) if wanted.due_at else "No set time"),
        Fact("About", "; ".join(_child(each) for each in view.children) or NOT_OPENED),
        Fact("Lawful basis", wanted.basis),
        Fact("Family told", wanted.told),
        *((Fact("Why not", wanted.untold),) if wanted.untold else ()),
    )
    blocks: list[Block] = [Note((wanted.concern or NOT_OPENED,), title="Concern")]
    for thread in view.threads:
        blocks += _thread(thread)
    return Paper(
        title=f"MASH check {wanted.reference}", organisation=view.owner, dated=on, facts=facts, blocks=tuple(blocks)
    )


def _thread(thread: Thread) -> list[Block]:
    about = ", ".join(each.name for each in thread.children)
    told = [Fact("Asked about", about), Fact("State", WORDS[thread.state])]
    told += [Fact("Answered", _at(thread.answered_at))] if thread.answered_at else []
    told += [Fact("First asked under", thread.earlier)] if thread.earlier else []
    blocks: list[Block] = [Heading(thread.agency), Facts(tuple(told))]
    for each in thread.answers:
        if each.wording is not None:
            blocks += [Heading(each.question, 2), Paragraph(each.wording.words or NOT_OPENED)]
    for more in thread.more:
        blocks.append(Note((more.words or more.kind,), title=f"{more.kind}, asked {_at(more.asked_at)}"))
    return blocks


def _child(identity: Any) -> str:
    born = f", born {identity.born_on.day} {identity.born_on:%B %Y}" if identity.born_on else ""
    return f"{identity.name}{born}"


def _at(moment: datetime | None) -> str:
    if moment is None:
        return ""
    there = local(moment)
    return f"{there.day} {there:%B %Y, %H:%M}"


def _plain(value: object) -> object:
    match value:
        case UUID() | StrEnum():
            return str(value)
        case datetime() | date():
            return value.isoformat()
        case _:
            raise TypeError(f"no plain form of {type(value).__name__}")
