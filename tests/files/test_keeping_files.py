"""Keeping files: sealed, in the database, found again whole; scanned where there is a scanner; served to be saved."""

import socket
import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as some

from haven.access.actor import HAVEN
from haven.access.decision import Reason, Refused
from haven.files.models import SealedContent, StoredFile
from haven.files.queries import OpenedFile, open_file
from haven.files.scanning import Verdict, scan
from haven.files.sealing import CannotUnseal, Sealed, seal, unseal
from haven.files.services import scan_quarantine, store_file
from haven.files.serving import as_attachment, disposition
from haven.ledger.models import Detail
from tests.cast import NOW
from tests.files.made import pdf

SECRET = "of this installation"


def store(cast, name="plan.pdf", content=None):
    return store_file(name=name, content=content or pdf(), by=cast.actor("priya"), at=NOW)


@pytest.mark.django_db
def test_a_file_comes_back_as_it_was_given(cast):
    file = store(cast)
    assert (file.name, file.media_type, file.size, file.state) == ("plan.pdf", "application/pdf", len(pdf()), "clean")
    assert open_file(file_id=file.pk) == OpenedFile("plan.pdf", "application/pdf", pdf())
    assert '"verb":"file.stored"' in Detail.objects.latest("pk").text


@pytest.mark.django_db
def test_what_lies_in_the_database_is_not_what_was_given(cast):
    file = store(cast, "notes.txt", b"A canary sang in the library. " * 50)
    sealed = SealedContent.objects.get(file=file)
    assert b"canary" not in bytes(sealed.content) + bytes(sealed.wrapped_key)


@pytest.mark.django_db
def test_a_file_that_is_not_fit_is_refused_with_advice_and_leaves_nothing(cast):
    with pytest.raises(Refused) as refused:
        store(cast, "plan.pdf", b"MZ")
    assert refused.value.reason is Reason.UNFIT_FILE
    assert "not a PDF" in refused.value.advice
    assert not StoredFile.objects.exists()
    assert not Detail.objects.exists()


@pytest.mark.django_db
def test_nobody_stores_a_file_unnamed(cast):
    with pytest.raises(Refused):
        store_file(name="plan.pdf", content=pdf(), by=cast.actor("nobody"), at=NOW)


@pytest.mark.django_db
def test_a_failing_ledger_keeps_no_file(cast, monkeypatch):
    monkeypatch.setattr("haven.files.services.record", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        store(cast)
    assert not StoredFile.objects.exists()
    assert not SealedContent.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("changes", [{"size": 0}, {"state": "refused"}, {"refusal": "For a reason."}])
def test_the_database_keeps_no_file_that_contradicts_itself(cast, changes):
    file = store(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        StoredFile.objects.filter(pk=file.pk).update(**changes)


@pytest.mark.django_db
def test_one_files_content_does_not_open_in_anothers_place(cast):
    one, two = store(cast), store(cast, "other.txt", b"Other")
    sealed = SealedContent.objects.get(file=one)
    SealedContent.objects.filter(file=two).update(content=sealed.content, wrapped_key=sealed.wrapped_key)
    with pytest.raises(CannotUnseal):
        open_file(file_id=two.pk)
    assert open_file(file_id=one.pk) is not None


@given(content=some.binary(min_size=1, max_size=200), place=some.integers(0, 10_000), flip=some.integers(1, 255))
def test_a_changed_byte_anywhere_is_noticed(content, place, flip):
    file = uuid4()
    sealed = seal(content, file=file, secret=SECRET)
    assert unseal(sealed, file=file, secret=SECRET) == content
    for field in ("content", "wrapped_key"):
        parts = {"content": sealed.content, "wrapped_key": sealed.wrapped_key}
        changed = bytearray(parts[field])
        changed[place % len(changed)] ^= flip
        with pytest.raises(CannotUnseal):
            unseal(Sealed(**parts | {field: bytes(changed)}), file=file, secret=SECRET)


def test_another_installations_secret_opens_nothing():
    file = uuid4()
    with pytest.raises(CannotUnseal):
        unseal(seal(b"x", file=file, secret=SECRET), file=file, secret="another")


class Scanner:
    """Answers as ClamAV's daemon does: finds the word EICAR, and otherwise nothing."""

    def __init__(self, folder):
        self.path = str(folder / "s")
        self.answer = None
        self.line = socket.socket(socket.AF_UNIX)
        self.line.bind(self.path)
        self.line.listen()
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            try:
                caller, _ = self.line.accept()
            except OSError:
                return
            with caller, caller.makefile("rwb") as stream:
                assert stream.read(10) == b"zINSTREAM\0"
                content = b""
                while size := int.from_bytes(stream.read(4), "big"):
                    content += stream.read(size)
                found = b"stream: Eicar FOUND\0" if b"EICAR" in content else b"stream: OK\0"
                stream.write(found if self.answer is None else self.answer)


@pytest.fixture
def scanner(tmp_path, settings):
    made = Scanner(tmp_path)
    settings.SCANNER_SOCKET = made.path
    yield made
    made.line.close()


def test_the_scanner_is_understood(scanner):
    assert scan(b"a" * 200_000, at_socket=scanner.path) is Verdict.CLEAN
    assert scan(b"EICAR", at_socket=scanner.path) is Verdict.FOUND
    for unclear in (b"INSTREAM size limit exceeded. ERROR\0", b"", b"stream: NOT OK ERROR\0"):
        scanner.answer = unclear
        assert scan(b"a", at_socket=scanner.path) is Verdict.UNKNOWN


@pytest.mark.django_db
def test_a_clean_file_is_ready_at_once_and_an_infected_one_is_not_kept(cast, scanner):
    assert store(cast).state == "clean"
    with pytest.raises(Refused) as refused:
        store(cast, "notes.txt", b"EICAR")
    assert "virus scanner" in refused.value.advice
    assert StoredFile.objects.count() == 1


@pytest.mark.django_db
def test_while_the_scanner_is_away_a_file_waits_and_cannot_be_opened(cast, settings, tmp_path):
    settings.SCANNER_SOCKET = str(tmp_path / "away")
    file = store(cast)
    assert file.state == "quarantine"
    assert open_file(file_id=file.pk) is None
    assert scan_quarantine(by=HAVEN, at=NOW + timedelta(minutes=10)) == 0
    scanner = Scanner(tmp_path)
    settings.SCANNER_SOCKET = scanner.path
    assert scan_quarantine(by=HAVEN, at=NOW + timedelta(minutes=20)) == 1
    assert open_file(file_id=file.pk) is not None
    scanner.line.close()


@pytest.mark.django_db
def test_what_the_scanner_finds_later_is_destroyed_and_the_row_says_why(cast, settings, tmp_path):
    settings.SCANNER_SOCKET = str(tmp_path / "away")
    file = store(cast, "notes.txt", b"EICAR")
    scanner = Scanner(tmp_path)
    settings.SCANNER_SOCKET = scanner.path
    assert scan_quarantine(by=HAVEN, at=NOW) == 1
    file.refresh_from_db()
    assert file.state == "refused"
    assert "virus scanner" in file.refusal
    assert not SealedContent.objects.exists()
    assert open_file(file_id=file.pk) is None
    scanner.line.close()


def test_a_file_is_only_ever_saved_never_shown():
    headers = as_attachment(OpenedFile("page.html", "text/html", b"<script>")).headers
    assert headers["Content-Disposition"].startswith("attachment;")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert headers["Cache-Control"] == "no-store"


@given(some.text(min_size=1, max_size=120))
def test_no_name_breaks_out_of_its_header(name):
    header = disposition(name)
    assert header.isascii()
    assert header.isprintable()
    plain = header.removeprefix('attachment; filename="').split('"; filename*=', 1)[0]
    assert '"' not in plain


def test_a_name_with_accents_is_given_whole():
    assert disposition("Café.pdf") == "attachment; filename=\"Caf_.pdf\"; filename*=UTF-8''Caf%C3%A9.pdf"


@pytest.mark.django_db
def test_sealed_bytes_are_stored_without_trying_to_pack_them():
    with connection.cursor() as cursor:
        cursor.execute(
            "select attstorage from pg_attribute"
            " where attrelid = 'files_sealedcontent'::regclass and attname = 'content'"
        )
        assert cursor.fetchone() == ("e",)
