"""The area's answers as a Word document."""

import io
from collections.abc import Sequence

import docx
from django.http import HttpResponse

from haven.consultations.models import Response
from haven.consultations.rules.final import Answered, headed
from haven.files.queries import OpenedFile
from haven.files.rules.kinds import FileKind
from haven.files.serving import as_attachment


def as_word(response: Response, answers: Sequence[Answered]) -> HttpResponse:
    """A heading for each question, the answer below it."""
    edition = response.edition
    file = docx.Document()
    file.core_properties.author = file.core_properties.comments = ""
    file.core_properties.title = title = f"Response of {response.area.name}"
    file.add_heading(title, level=0)
    file.add_paragraph(f"{edition.document.title}, {edition.label}")
    for each in answers:
        file.add_heading(headed(each), level=2)
        for paragraph in each.answer.split("\n\n"):
            file.add_paragraph(paragraph)
    content = io.BytesIO()
    file.save(content)
    return as_attachment(OpenedFile("answers.docx", FileKind.WORD.value, content.getvalue()))
