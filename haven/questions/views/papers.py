"""A version as a file to take away."""

import io

import docx
from django.http import HttpResponse

from haven.files.queries import OpenedFile
from haven.files.rules.kinds import FileKind
from haven.files.serving import as_attachment
from haven.questions.models import Version
from haven.questions.rules.outline import Outline
from haven.questions.rules.printing import printed


def as_file(name: str, media_type: str, content: bytes) -> HttpResponse:
    """A file that is saved, never shown."""
    return as_attachment(OpenedFile(name, media_type, content))


def as_word(name: str, version: Version, outline: Outline) -> HttpResponse:
    """Headings for parts and sections, a paragraph for each question and for what belongs to it."""
    file = docx.Document()
    file.core_properties.author = file.core_properties.comments = ""
    file.core_properties.title = outline.title
    file.add_heading(outline.title, level=0)
    file.add_paragraph(version.label)
    for text in filter(None, outline.about.split("\n")):
        file.add_paragraph(text)
    for part in printed(outline):
        file.add_heading(part.title, level=1)
        for section in part.sections:
            file.add_heading(f"{section.number}. {section.title}", level=2)
            for line in section.lines:
                paragraph = file.add_paragraph()
                paragraph.add_run(f"{line.question.ref}  {line.question.words}").bold = True
                for label, said in line.facts:
                    file.add_paragraph(f"{label}: {said}")
    content = io.BytesIO()
    file.save(content)
    return as_file(f"{name}.docx", FileKind.WORD.value, content.getvalue())
