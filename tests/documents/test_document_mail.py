"""E-mails: the sender's own words told from what she quotes, passes on and signs with."""

import datetime as dt
from email.message import EmailMessage

import pytest

from haven.engines.documents.open import open_document
from haven.engines.documents.refusal import Unreadable
from tests.documents.opened import content_of, links_of, opened, paragraph, told, word_file


def mail(text: str | None = None, html: str | None = None, subject: str = "Audit", **headers: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = headers.pop("sender", "Grace Obi <grace@example.org>")
    message["Date"] = "Mon, 03 Jun 2024 16:42:10 +0100"
    message["Subject"] = subject
    if text is not None:
        message.set_content(text)
    if html is not None:
        message.add_alternative(html, subtype="html")
    return message


def body_of(message: EmailMessage) -> list[str]:
    return content_of(opened("a.eml", message.as_bytes()))


def test_the_head_gives_title_and_day_and_is_furniture() -> None:
    document = opened("a.eml", mail("Please return it.", subject="RE: Fwd: Audit – last call").as_bytes())
    assert (document.title, document.date) == ("Audit – last call", dt.date(2024, 6, 3))
    assert [words for kind, words in told(document) if kind == "furniture"] == [
        "From: Grace Obi <grace@example.org>",
        "Date: Mon, 03 Jun 2024 16:42:10 +0100",
        "Subject: RE: Fwd: Audit – last call",
    ]


def test_html_is_read_for_the_links_behind_its_words() -> None:
    message = mail("Return it here: see HTML.", '<p>Return it <a href="https://x.example.org">here</a> please.</p>')
    document = opened("a.eml", message.as_bytes())
    assert content_of(document) == ["Return it here please."]
    assert links_of(document) == [("here", "https://x.example.org")]


def test_plain_text_is_read_where_the_html_says_next_to_nothing() -> None:
    assert body_of(mail("Return the audit by 5 March, signed by your chair.", "<p>See text.</p>")) == [
        "Return the audit by 5 March, signed by your chair."
    ]


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252"])
def test_words_are_decoded_as_the_mail_says(charset: str) -> None:
    message = mail()
    message.set_content("Ring Zoë at the café.", charset=charset)
    assert body_of(message) == ["Ring Zoë at the café."]


QUOTED = [
    "On Wed, 14 Dec 2022 at 11:20, Ann Lee <ann@example.org> wrote:\n> Is it on 12 January?\n> Ann",
    "On 14 Dec 2022, at 11:20, Ann Lee\n<ann@example.org> wrote:\n\nIs it on 12 January?",
    "-----Original Message-----\nFrom: Ann Lee\nSent: 14 December 2022 11:20\nSubject: x\n\nIs it on 12 January?",
    "From: Ann Lee\nSent: 14 December 2022 11:20\nTo: Grace Obi\nSubject: Audit\n\nIs it on 12 January?",
    "________________________________\nFrom: Ann Lee\nDate: 14/12/2022\nSubject: Audit\n\nIs it on 12 January?",
    "> Is it on 12 January?\n> Ann",
]


@pytest.mark.parametrize("quoted", QUOTED)
def test_what_is_quoted_is_noise(quoted: str) -> None:
    content = body_of(mail(f"It is on 19 January.\n\n{quoted}\n", subject="RE: Audit"))
    assert content == ["It is on 19 January."]


def test_an_answer_below_what_is_quoted_is_read() -> None:
    assert body_of(mail("> Is it on 12 January?\n\nNo, it is on 19 January.\n", subject="RE: x")) == [
        "No, it is on 19 January."
    ]


def test_a_quoted_html_reply_is_noise() -> None:
    html = (
        "<p>It is on 19 January.</p><div>On Wed, 14 Dec 2022 at 11:20, Ann &lt;a@example.org&gt; wrote:<br></div>"
        "<blockquote>Is it on 12 January?</blockquote>"
    )
    assert body_of(mail("x", html, subject="RE: Audit")) == ["It is on 19 January."]


HEAD = "From: Ann Lee <ann@example.org>\nSent: 11 March 2024 09:00\nTo: All\nSubject: Spring audit"
FORWARDED = f"{HEAD}\n\nReturn the audit by Friday."


@pytest.mark.parametrize(
    ("subject", "before"),
    [
        ("FW: Spring audit", "For information, please see below and act on it by the date that is given in there."),
        ("Spring audit", "Please see below."),
        ("Fwd: Spring audit", "Hi\n\n---------- Forwarded message ---------"),
    ],
)
def test_what_is_passed_on_is_read_with_its_own_day_and_subject(subject: str, before: str) -> None:
    document = opened("a.eml", mail(f"{before}\n\n{FORWARDED}\n", subject=subject).as_bytes())
    assert "Return the audit by Friday." in content_of(document)
    assert (document.title, document.date) == ("Spring audit", dt.date(2024, 3, 11))


def test_what_lies_below_a_message_that_is_passed_on_is_noise() -> None:
    older = "From: Bob\nSent: 1 March 2024 09:00\nTo: Ann\nSubject: x\n\nShall we ask by 8 March?"
    assert "Shall we ask by 8 March?" not in body_of(
        mail(f"See below.\n\n{FORWARDED}\n\n{older}", subject="FW: Spring audit")
    )


@pytest.mark.parametrize("rule", ["-- ", "--", "Kind regards", "Many thanks,", "Best wishes", "Grace"])
def test_a_signature_is_furniture_so_that_its_contact_is_still_found(rule: str) -> None:
    text = f"Please return the audit.\n\n{rule}\nGrace Obi\nEducation lead\nT: 01632 960451\n"
    document = opened("a.eml", mail(text).as_bytes())
    assert content_of(document) == ["Please return the audit."]
    assert ("furniture", "T: 01632 960451") in told(document)


@pytest.mark.parametrize(
    "added",
    [
        "This e-mail and any attachments are confidential and intended solely for the addressee.",
        "If you are not the intended recipient, tell the sender and delete it.",
        "Please consider the environment before printing.",
        "Registered office: 1 Weir Street",
        "CAUTION: This email originated from outside the organisation.",
        "[EXTERNAL]",
    ],
)
def test_what_systems_add_is_noise(added: str) -> None:
    assert body_of(mail(f"{added}\n\nPlease return the audit by 5 March.\n\n{added}\n")) == [
        "Please return the audit by 5 March."
    ]


def test_attachments_that_can_be_read_follow_under_their_names() -> None:
    message = mail("Please see the note.")
    message.add_attachment(
        word_file(paragraph("Return it by 5 March.")),
        maintype="application",
        subtype="octet-stream",
        filename="Note.docx",
    )
    message.add_attachment("Ring us.", subtype="plain", filename="more.txt")
    document = opened("a.eml", message.as_bytes())
    assert content_of(document) == [
        "Please see the note.",
        "Note.docx",
        "Return it by 5 March.",
        "more.txt",
        "Ring us.",
    ]
    assert document.warnings == ()


def test_attachments_that_cannot_be_read_are_named_and_the_rest_is_read() -> None:
    message = mail("Please see the sheet.")
    for name in ("winmail.dat", "figures.xlsx", "broken.docx"):
        message.add_attachment(b"\x78\x9f\x3e\x22", maintype="application", subtype="octet-stream", filename=name)
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logo.png")
    document = opened("a.eml", message.as_bytes())
    assert content_of(document) == ["Please see the sheet."]
    assert [
        name for name in ("winmail.dat", "figures.xlsx", "broken.docx") if any(name in w for w in document.warnings)
    ] == [
        "winmail.dat",
        "figures.xlsx",
        "broken.docx",
    ]
    assert len(document.warnings) == 3


def test_a_message_attached_to_a_message_is_read() -> None:
    message = mail("Please see the message.")
    message.add_attachment(mail("Return it by 5 March."))
    assert "Return it by 5 March." in body_of(message)


@pytest.mark.parametrize("content", [b"Hello there, this is no mail.\n", b"a: b\n\nText", b"\n\n\nText"])
def test_what_is_no_mail_is_refused(content: bytes) -> None:
    with pytest.raises(Unreadable, match="not an e-mail"):
        open_document("a.eml", content)


def test_a_broken_head_does_no_harm() -> None:
    document = opened("a.eml", b"From: <<<@>,;:\nDate: yesterday\nSubject: =?x?y?z?=\n\nReturn it by 5 March.\n")
    assert (document.date, content_of(document)) == (None, ["Return it by 5 March."])
