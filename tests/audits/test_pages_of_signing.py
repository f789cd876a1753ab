"""What a school sees and presses from the page of signing to the receipt, and what it takes away."""

import hashlib
import io
import json
from typing import Any

import docx
import openpyxl
import pypdfium2
import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from haven.access.roles import Role
from haven.audits.models import Copy, Return, Signature
from haven.audits.rules.life import State
from tests.audits.asked import answer, answered, begun, opened, typed
from tests.audits.signed import again, copy_of, digest, post, ready, sent, signed
from tests.cast import NOW, Cast


@pytest.fixture(autouse=True)
def _a_monday_in_term() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def at(name: str, of: Return, **more: object) -> str:
    return reverse(f"audits:{name}", kwargs={"return_id": of.pk} | more)


def words(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


def press(client: Client, of: Return, *, step: int = 1, shown: str = "") -> HttpResponse:
    return client.post(at("sign", of), {"step": step, "digest": shown or digest(of), "words": "We are proud of it."})


def test_the_page_names_what_is_owed_and_has_no_button(cast: Cast) -> None:
    of = begun(cast)
    answer(cast, of, policy_read=typed("amber"))
    page = words(cast.client("priya").get(at("sign", of)))
    assert "It cannot be signed yet" in page
    assert "Say what is missing and what you will do." in page
    assert f"/audits/{of.pk}/sections/policies/#q-policy-read" in page
    assert "Your signature" not in page


def test_the_page_shows_everything_that_is_signed(cast: Cast) -> None:
    of = ready(cast)
    page = words(cast.client("priya").get(at("sign", of)))
    assert "Not in place, or partly (2)" in page
    assert "We begin in June." in page
    assert "To the best of my knowledge" in page
    assert f'name="digest" value="{digest(of)}"' in page
    assert "Nobody holds this post in Haven." in page


def test_whose_turn_it_is_not_reads_and_cannot_sign(cast: Cast) -> None:
    of = ready(cast)
    page = words(cast.client("tom").get(at("sign", of)))
    assert "Priya Nair can sign it now." in page
    assert "Your signature" not in page
    response = press(cast.client("tom"), of)
    assert response.status_code == 422
    assert "This signature is for: Designated safeguarding lead." in words(response)
    assert not Signature.objects.exists()


def test_lead_head_and_chair_sign_in_turn_and_the_last_gets_the_receipt(cast: Cast) -> None:
    post(cast, "ines", Role.CHAIR)
    of = ready(cast)
    assert press(cast.client("priya"), of).headers["Location"] == at("sign", of)
    assert press(cast.client("tom"), of, step=2).headers["Location"] == at("sign", of)
    assert press(cast.client("ines"), of, step=3).headers["Location"] == at("receipt", of)
    of = again(of)
    receipt = words(cast.client("priya").get(at("receipt", of)))
    assert of.state == State.SUBMITTED
    assert of.reference in receipt
    assert copy_of(of).digest in receipt
    assert "Ines, chair of governors, 2 March 2026, 09:30" in receipt


def test_what_changed_while_she_read_is_shown_anew(cast: Cast) -> None:
    of = ready(cast)
    shown = digest(of)
    answer(cast, of, "tom", referrals=typed(9, seen=1))
    response = press(cast.client("priya"), of, shown=shown)
    assert response.status_code == 422
    assert "Somebody changed an answer or the plan while you read." in words(response)
    assert digest(of) in words(response)
    assert "We are proud of it." in words(response)


def test_reopening_by_page_wants_a_reason_and_lets_answers_be_changed(cast: Cast) -> None:
    of = sent(cast)
    client = cast.client("tom")
    assert client.post(at("reopen", of), {"why": ""}).status_code == 422
    assert client.post(at("reopen", of), {"why": "A figure is wrong."}).headers["Location"] == at("sign", of)
    assert again(of).state == State.STARTED
    receipt = words(client.get(at("receipt", of)))
    assert "It was opened again on 2 March 2026" in receipt
    assert client.get(at("reopen", of)).status_code == 404


def test_the_machines_file_has_the_digest_of_its_own_bytes(cast: Cast) -> None:
    of = sent(cast)
    response = cast.client("priya").get(at("copy-file", of, number=1, kind="json"))
    copy = copy_of(of)
    assert hashlib.sha256(response.content).hexdigest() == copy.digest
    assert json.loads(response.content) == copy.content
    assert response.headers["Content-Disposition"].startswith("attachment")


def test_the_spreadsheet_holds_every_answer_and_no_formula(cast: Cast) -> None:
    of = ready(cast, opened(cast, steps=(("dsl",),)))
    answer(cast, of, words=typed("=1+1"))
    signed(cast, of, "priya")
    response = cast.client("priya").get(at("copy-file", of, number=1, kind="xlsx"))
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    assert book.sheetnames == ["Answers", "Plan", "Signatures"]
    rows = list(book["Answers"].iter_rows(values_only=True))
    assert [row[1] for row in rows[1:]] == ["1.1", "1.2", "1.3", "2.1", "2.2", "2.3", "2.4"]
    cell = book["Answers"]["D8"]
    assert (cell.value, cell.data_type) == ("'=1+1", "s")
    assert book["Signatures"]["F2"].value == copy_of(of).digest
    assert book["Plan"]["A2"].value == "2.1"


def test_the_word_document_holds_every_answer_the_plan_and_who_signed(cast: Cast) -> None:
    of = sent(cast)
    response = cast.client("priya").get(at("copy-file", of, number=1, kind="docx"))
    document = docx.Document(io.BytesIO(response.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    text = "\n".join([*(each.text for each in document.paragraphs), *cells])
    for said in ("Staff have read the policy.", "We begin in June.", "Tom Whitlock", "All is well.", of.reference):
        assert said in text
    assert copy_of(of).digest in text


def test_the_pdf_holds_every_answer_the_plan_and_who_signed(cast: Cast) -> None:
    of = sent(cast)
    response = cast.client("marcus").get(at("copy-file", of, number=1, kind="pdf"))
    pages = pypdfium2.PdfDocument(response.content)
    text = " ".join("".join(page.get_textpage().get_text_bounded() for page in pages).split())
    for said in ("Staff have read the policy.", "We begin in June.", "Tom Whitlock", "All is well.", of.reference):
        assert said in text


def test_a_council_reads_what_was_sent_and_nothing_else(cast: Cast) -> None:
    of = ready(cast)
    signed(cast, of, "priya")
    council, school = cast.client("marcus"), cast.client("tom")
    assert council.get(at("copy", of, number=1)).status_code == 404
    assert council.get(at("sign", of)).status_code == 404
    assert council.get(at("receipt", of)).status_code == 404
    assert school.get(at("copy", of, number=1)).status_code == 200
    assert school.get(at("copy", of, number=2)).status_code == 404
    assert cast.client("grace").get(at("copy", of, number=1)).status_code == 404


def test_a_council_keeps_the_copy_that_was_sent_before_it_was_reopened(cast: Cast) -> None:
    of = sent(cast)
    cast.client("tom").post(at("reopen", of), {"why": "A figure is wrong."})
    page = words(cast.client("marcus").get(at("copy", of, number=1)))
    assert "Its signatures no longer count." in page


def test_a_copy_that_was_tampered_with_says_so(cast: Cast) -> None:
    of = sent(cast)
    copy = copy_of(of)
    copy.content["answers"][0]["value"] = "not-met"
    Copy.objects.filter(pk=copy.pk).update(content=copy.content)
    assert "Somebody has changed it." in words(cast.client("marcus").get(at("copy", of, number=1)))


def test_a_kind_of_file_that_is_not_made_is_not_there(cast: Cast) -> None:
    of = sent(cast)
    assert cast.client("priya").get(at("copy-file", of, number=1, kind="csv")).status_code == 404


def test_nobody_signs_what_nobody_has_begun(cast: Cast) -> None:
    of = opened(cast).returns.get(organisation=cast.organisations["oakfield"])
    assert cast.client("priya").get(at("sign", of)).status_code == 404


def test_a_plan_that_is_not_complete_is_named(cast: Cast) -> None:
    of = answered(cast, begun(cast))
    page = words(cast.client("priya").get(at("sign", of)))
    assert "The plan (2 lines to complete)" in page
    assert "Say who leads on it." in page
