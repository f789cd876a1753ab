"""`haven check` finds counts that are not what the answers say, and `haven audits recount` mends them."""

import pytest

from haven.access.actor import HAVEN
from haven.audits import services
from haven.audits.models import Count
from haven.config import checks
from haven.config.command import main
from haven.ledger.models import Detail
from haven.questions.models import Answer, Tally
from haven.questions.queries import recounting
from haven.questions.queries.recounting import counts_amiss
from tests.audits.asked import opened
from tests.audits.sent import sent
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cycle(cast: Cast) -> None:
    """Two schools of Fairhaven have sent."""
    made = opened(cast)
    sent(cast, made)
    sent(cast, made, "grace")


def told() -> checks.Finding:
    return next(each for each in checks.findings() if each.what == "audits")


@pytest.mark.usefixtures("cycle")
def test_what_the_saves_themselves_counted_holds() -> None:
    assert list(counts_amiss()) == []
    assert told().holds
    assert "2 answer sheets" in told().words


@pytest.mark.usefixtures("cycle")
def test_a_tampered_tally_is_found_and_named() -> None:
    tally = Tally.objects.filter(section="policies").first()
    Tally.objects.filter(pk=tally.pk).update(answered=9, in_place=9)
    (found,) = counts_amiss()
    assert (found.sheet, found.section, found.kept.answered, found.counted.answered) == (
        tally.sheet_id,
        "policies",
        9,
        3,
    )
    assert not told().holds
    assert f"sheet {tally.sheet_id}, section policies: 9 of 4 answered kept, 3 of 4 counted" in told().words


@pytest.mark.usefixtures("cycle")
def test_a_tally_that_is_gone_is_found() -> None:
    Tally.objects.filter(section="leads").delete()
    assert [str(each).split(": ")[1] for each in counts_amiss()] == ["nothing kept, 3 of 3 counted"] * 2


@pytest.mark.usefixtures("cycle")
def test_an_answer_that_was_changed_behind_its_counts_is_found() -> None:
    Answer.objects.filter(question="policy-read").update(stands="not-in-place")
    assert {each.section for each in counts_amiss()} == {"policies"}


@pytest.mark.usefixtures("cycle")
def test_sheets_are_looked_at_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recounting, "AT_A_TIME", 1)
    Tally.objects.filter(section="leads").update(said=7)
    assert len(list(counts_amiss())) == 2


@pytest.mark.usefixtures("cycle")
def test_a_tampered_count_of_what_was_sent_is_told() -> None:
    Count.objects.filter(question="policy-read", answer="amber").update(number=8)
    assert not told().holds
    assert "“amber” to policy-read: 8 kept, 2 counted: haven audits recount" in told().words


@pytest.mark.usefixtures("cycle")
def test_counting_again_mends_both_and_is_recorded() -> None:
    Tally.objects.filter(section="policies").update(answered=9)
    Count.objects.all().delete()
    found = services.recount(by=HAVEN, at=NOW)
    assert (found.sheets, found.counts) == (2, Count.objects.count())
    assert told().holds
    assert "audits.recounted" in Detail.objects.latest("pk").text


@pytest.mark.usefixtures("cycle")
def test_the_command_says_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    Tally.objects.filter(section="policies").update(answered=9)
    assert main(["audits", "recount"]) == 0
    assert capsys.readouterr().out.startswith("2 answer sheets were amiss and are counted again; ")


def test_where_nobody_was_asked_nothing_is_amiss(cast: Cast) -> None:
    opened(cast)
    assert told().words.startswith("the counts of 0 answer sheets")
