"""Drafts that nobody touches are put aside and their files deleted, quietly."""

import json
import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail

from haven.access.actor import HAVEN
from haven.access.decision import Refused
from haven.bulletins import services
from haven.bulletins.models import Bulletin
from haven.bulletins.tasks import clear_away, sweep
from haven.files.models import SealedContent, StoredFile
from haven.ledger.models import Detail
from tests.bulletins.notes import draft, published
from tests.cast import NOW, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW, tick=False)]
LONG = timedelta(days=90)


def _with_file(cast: Cast) -> Bulletin:
    return services.add_note(
        area=cast.area, name="Quill.txt", content=b"Return your audit by 20 March.", by=cast.actor("marcus"), at=NOW
    )


def _sweep(days: int) -> int:
    return services.sweep_drafts(untouched_for=LONG, by=HAVEN, at=NOW + timedelta(days=days))


def test_a_draft_that_nobody_touched_is_put_aside_and_its_file_is_gone(cast: Cast) -> None:
    bulletin = _with_file(cast)
    assert _sweep(90) == 0
    assert _sweep(91) == 1
    bulletin.refresh_from_db()
    bulletin.note.refresh_from_db()
    assert (bulletin.standing, bulletin.note.file) == ("discarded", None)
    assert (StoredFile.objects.count(), SealedContent.objects.count()) == (0, 0)
    assert _sweep(92) == 0


def test_deciding_of_an_item_is_touching_it(cast: Cast) -> None:
    bulletin = draft(cast)
    later = NOW + timedelta(days=60)
    services.accept_item(item_id=bulletin.items.get(number=1).pk, by=cast.actor("marcus"), at=later)
    assert _sweep(91) == 0
    assert _sweep(151) == 1


def test_what_a_lead_discarded_keeps_its_file_as_long(cast: Cast) -> None:
    bulletin = _with_file(cast)
    services.discard_bulletin(bulletin_id=bulletin.pk, by=cast.actor("marcus"), at=NOW)
    _sweep(90)
    assert StoredFile.objects.count() == 1
    _sweep(91)
    assert StoredFile.objects.count() == 0


def test_what_is_published_is_left_alone(cast: Cast) -> None:
    published(cast)
    assert _sweep(1000) == 0
    assert Bulletin.objects.get().is_published


def test_nobody_is_told_and_nothing_of_it_is_said(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    _with_file(cast)
    mail.outbox.clear()
    _sweep(91)
    assert mail.outbox == []
    told = [detail.text for detail in Detail.objects.order_by("pk")]
    assert "Quill" not in caplog.text + "".join(told)
    assert [json.loads(text)["verb"] for text in told[-2:]] == ["file.forgotten", "bulletins.swept"]


def test_nobody_but_haven_sweeps(cast: Cast) -> None:
    with pytest.raises(Refused):
        services.sweep_drafts(untouched_for=LONG, by=cast.actor("marcus"), at=NOW)


def test_the_days_are_a_setting(cast: Cast, settings: pytest.FixtureRequest, tmp_path: Path) -> None:
    draft(cast)
    Bulletin.objects.update(made_at=NOW - timedelta(days=8))
    settings.HOME, settings.DRAFT_DAYS = tmp_path, 8
    assert sweep(0) == 0
    settings.DRAFT_DAYS = 7
    assert sweep(0) == 1


def test_e_mails_that_were_dealt_with_long_ago_are_cleared_away(tmp_path: Path) -> None:
    made = {
        "taken/a.eml": 100,
        "refused/b.eml": 100,
        "refused/b.reason.txt": 100,
        "taken/new.eml": 1,
        "waiting.eml": 100,
    }
    for name, days in made.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
        moment = (NOW - timedelta(days=days)).timestamp()
        os.utime(path, (moment, moment))
    assert clear_away(tmp_path, before=NOW - LONG) == 3
    left = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert left == {"taken/new.eml", "waiting.eml"}
