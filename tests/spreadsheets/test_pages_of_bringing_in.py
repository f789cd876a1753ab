"""The pages on which a lead brings in last year's answers, walked by plain forms without a script."""

import re
from collections.abc import Iterator

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from haven.audits.models import Cycle
from haven.questions.models import Version
from haven.spreadsheets.models import Import
from tests.cast import NOW, Cast
from tests.questions.template import released
from tests.sheets.books import xlsx
from tests.spreadsheets.brought import ASHDOWN, HEADINGS, OAKFIELD, given, taken

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    """The cast's Monday in term."""
    with time_machine.travel(NOW, tick=False):
        yield


def _text(response: object) -> str:
    page = response.content.decode()  # type: ignore[attr-defined]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def _typed(asked: Version, content: bytes, name: str = "last year.xlsx", **changed: object) -> dict[str, object]:
    typed: dict[str, object] = {
        "version": str(asked.pk),
        "title": "Audit of last year",
        "school_year": "2024",
        "ended_on_0": "5",
        "ended_on_1": "3",
        "ended_on_2": "2025",
        "file": SimpleUploadedFile(name, content),
    }
    return typed | changed


def _boxes(page: str) -> dict[str, str]:
    """What a browser would send of a form with text boxes, selects and numbers, untouched."""
    sent = {}
    for tag in re.findall(r"<input[^>]+>", page):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and name[1] != "csrfmiddlewaretoken" and 'type="radio"' not in tag:
            sent[name[1]] = value[1] if value else ""
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)"[^>]* selected', options)
        first = re.search(r'<option value="([^"]*)"', options)
        sent[name] = (chosen or first)[1] if (chosen or first) else ""  # type: ignore[index]
    return sent


def _step(client: Client, address: str, **changed: str) -> str:
    """Send a page's form as it stands, but for what is changed; where that leads."""
    page = client.get(address).content.decode()
    answer = client.post(address, _boxes(page) | changed)
    assert answer.status_code == 302, _text(answer)
    return str(answer["Location"])


def test_a_lead_brings_in_a_spreadsheet_step_by_step(cast: Cast) -> None:
    client, version = cast.client("marcus"), released()
    assert "Bring in last year" in _text(client.get(reverse("audits:index")))
    answer = client.post(reverse("spreadsheets:import-new"), _typed(version, xlsx(HEADINGS, OAKFIELD, ASHDOWN)))
    columns = answer["Location"]
    page = client.get(columns).content.decode()
    assert "guessed what 5 of 5 columns mean" in page
    assert '<datalist id="meanings">' in page
    assert page.count("<select") == 1
    words = _step(client, columns)
    assert "“Fully met”" in _text(client.get(words))
    look = _step(client, words)
    text = _text(client.get(look))
    assert "2 schools found" in text
    assert "Row 3, Ashdown Academy, question 1.2: “not known”" in text
    of = Import.objects.get()
    client.post(reverse("spreadsheets:import-take", args=[of.pk]))
    led = client.get(reverse("spreadsheets:import", args=[of.pk]), follow=True)
    assert "Nobody signed them here" in _text(led)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"file": SimpleUploadedFile("a.xlsx", b"no")}, "by its content it is not"),
        ({"file": ""}, "Choose the spreadsheet"),
        ({"version": ""}, "Choose the questions"),
        ({"ended_on_2": "2027"}, "must have passed"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(cast: Cast, changed: dict[str, object], says: str) -> None:
    answer = cast.client("marcus").post(
        reverse("spreadsheets:import-new"), _typed(released(), xlsx(HEADINGS, OAKFIELD), **changed)
    )
    assert answer.status_code == 422
    assert says in _text(answer)
    assert not Import.objects.exists()


def test_a_box_that_means_nothing_is_told_and_kept_as_typed(cast: Cast) -> None:
    client, of = cast.client("marcus"), given(cast)
    address = reverse("spreadsheets:import-columns", args=[of.pk])
    typed = _boxes(client.get(address).content.decode()) | {"column-2": "8.8"}
    answer = client.post(address, typed)
    assert answer.status_code == 422
    assert "Nothing is called “8.8”" in _text(answer)
    assert 'value="8.8"' in answer.content.decode()


def test_another_row_of_headings_shows_the_columns_again(cast: Cast) -> None:
    client, of = cast.client("marcus"), given(cast)
    address = reverse("spreadsheets:import-columns", args=[of.pk])
    assert _step(client, address, head_row="2") == address
    words = client.get(reverse("spreadsheets:import-words", args=[of.pk]))
    assert words["Location"] == address


def test_one_can_come_back_to_what_was_given(cast: Cast) -> None:
    client, of = cast.client("marcus"), given(cast)
    assert "last year.xlsx, given on 2 March 2026 by Marcus Hale" in _text(
        client.get(reverse("spreadsheets:import-new"))
    )
    answer = client.get(reverse("spreadsheets:import", args=[of.pk]))
    assert answer["Location"] == reverse("spreadsheets:import-look", args=[of.pk])
    client.post(reverse("spreadsheets:import-forget", args=[of.pk]))
    assert not Import.objects.exists()


def test_a_school_that_looks_like_one_is_chosen_by_hand(cast: Cast) -> None:
    of = given(cast, ("School name", "1.1"), ("Oakfield Primary", "Met"), ("Ashdown Academy", "Met"), ("Zzz", "Met"))
    client, address = cast.client("marcus"), reverse("spreadsheets:import-look", args=[of.pk])
    text = _text(client.get(address))
    assert "1 school found" in text
    assert "optional" not in text
    client.post(address, {"school-0": "none"})
    assert "1 school found" in _text(client.get(address))
    assert "Zzz: no school of your area is called anything like it" in text
    client.post(address, {"school-0": str(cast.oakfield.pk)})
    assert "2 schools found" in _text(client.get(address))


def test_a_page_waits_while_the_background_takes_it_in(cast: Cast) -> None:
    of = given(cast)
    Import.objects.filter(pk=of.pk).update(state=Import.State.TAKING)
    client, address = cast.client("marcus"), reverse("spreadsheets:import", args=[of.pk])
    page = client.get(address).content.decode()
    assert "data-waits" in page
    assert 'http-equiv="refresh"' in page
    assert "Try again" not in page
    for name in ("columns", "look"):
        assert client.get(reverse(f"spreadsheets:import-{name}", args=[of.pk]))["Location"] == address
    with time_machine.travel(NOW.replace(hour=10), tick=False):
        assert "Try again" in client.get(address).content.decode()


def test_it_is_taken_back_from_its_own_page(cast: Cast) -> None:
    of, client = taken(cast), cast.client("marcus")
    address = reverse("spreadsheets:import-back", args=[of.cycle_id])
    assert "The answers of 2 schools came from last year.xlsx" in _text(client.get(address))
    assert client.post(address)["Location"] == reverse("audits:index")
    assert not Cycle.objects.exists()


def test_what_is_built_upon_stays_and_says_why(cast: Cast) -> None:
    of, client = taken(cast), cast.client("marcus")
    Cycle.objects.get().after.set([taken(cast, version=of.version).cycle])
    answer = client.post(reverse("spreadsheets:import-back", args=[of.cycle_id]), follow=True)
    assert "A later audit builds on it" in _text(answer)


def test_a_school_reads_what_was_brought_in_and_that_nobody_signed_it(cast: Cast) -> None:
    cycle = taken(cast).cycle
    of, client = cycle.returns.get(organisation=cast.oakfield), cast.client("priya")
    copy, receipt = (
        _text(client.get(reverse(f"audits:{name}", args=args)))
        for name, args in (("copy", [of.pk, 1]), ("receipt", [of.pk]))
    )
    for text in (copy, receipt):
        assert "came from a spreadsheet, “last year.xlsx”" in text
        assert "Nobody signed them here" in text
    assert "Signed by" not in receipt
    assert "Ms Nair" in copy
    for kind in ("docx", "pdf", "xlsx", "json"):
        assert client.get(reverse("audits:copy-file", args=[of.pk, 1, kind])).status_code == 200
    for name in ("return", "plan"):
        assert client.get(reverse(f"audits:{name}", args=[of.pk])).status_code == 200
    assert "Audit of last year" in _text(client.get(reverse("audits:index")))


def test_a_lead_looks_at_what_was_brought_in_as_at_any_audit(cast: Cast) -> None:
    cycle, client = taken(cast).cycle, cast.client("marcus")
    for name in ("audits:cycle", "reports:picture", "reports:themes", "reports:support"):
        assert client.get(reverse(name, args=[cycle.pk])).status_code == 200
    of = cycle.returns.get(organisation=cast.oakfield)
    assert client.get(reverse("moderation:read", args=[of.pk])).status_code == 200
