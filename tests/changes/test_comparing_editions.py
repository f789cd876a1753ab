"""A comparison of two editions: worked out once, shown whole, and dropped with the file it was made of."""

import pytest

from haven.access.actor import HAVEN, NOBODY
from haven.access.decision import Refused
from haven.changes import services
from haven.changes.models import Comparison
from haven.changes.queries import comparing, told
from haven.changes.queries.told import Looked
from haven.engines.compare.changes import ChangeKind
from haven.guidance.models import Edition
from haven.guidance.services import remove_file
from haven.ledger.models import Detail
from tests.cast import NOW, Cast
from tests.changes.compared import LATER, compared
from tests.guidance.texts import PARAGRAPHS, document, edition, filled
from tests.people.seen import last_told

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(cast: Cast) -> tuple[Edition, Edition]:
    """Two editions of one document."""
    return compared(cast)


def _page(cast: Cast, pair: tuple[Edition, Edition], **looked: object) -> comparing.ComparisonPage:
    return comparing.comparison_page(
        old_id=pair[0].pk, new_id=pair[1].pk, by=cast.actor("priya"), looked=Looked(**looked)
    )


def _keep(cast: Cast, pair: tuple[Edition, Edition], name: str = "priya") -> None:
    services.keep_comparison(old_id=pair[0].pk, new_id=pair[1].pk, by=cast.actor(name), at=NOW)


def test_every_change_is_shown_in_order_with_its_words(cast: Cast, pair: tuple[Edition, Edition]) -> None:
    page = _page(cast, pair)
    kinds = [line.kinds[0] for line in page.lines]
    assert sorted(kinds) == sorted([ChangeKind.STRENGTHENED, ChangeKind.REMOVED, ChangeKind.ADDED])
    first = page.lines[0]
    assert first.strength == ("“should have regard to” became “must have regard to”",)
    assert first.runs[1:5] == (("old", "should"), ("same", " "), ("new", "must"), ("same", " "))
    assert "".join(text for kind, text in first.runs if kind != "old").split() == LATER[1].split()
    assert [lane.count for lane in page.lanes if lane.kind is ChangeKind.STRENGTHENED] == [1]


def test_the_picture_and_the_table_count_every_change(cast: Cast, pair: tuple[Edition, Edition]) -> None:
    page = _page(cast, pair)
    assert sum(sum(part.counts) for part in page.parts) == sum(lane.count for lane in page.lanes) == 4
    assert {mark.ref for lane in page.lanes for mark in lane.marks} <= {line.ref for line in page.lines}
    assert all(0 <= mark.at <= told.WIDTH for lane in page.lanes for mark in lane.marks)


def test_it_is_worked_out_once_and_the_ledger_says_by_whom(cast: Cast, pair: tuple[Edition, Edition]) -> None:
    before = Detail.objects.count()
    _keep(cast, pair)
    _keep(cast, pair, "marcus")
    assert Comparison.objects.get().change_count == 3
    assert Detail.objects.count() == before + 1
    assert last_told()["verb"] == "changes.editions_compared"


def test_what_was_kept_reads_as_what_is_worked_out(cast: Cast, pair: tuple[Edition, Edition]) -> None:
    fresh = _page(cast, pair)
    _keep(cast, pair)
    again = _page(cast, pair)
    assert (fresh.is_kept, again.is_kept) == (False, True)
    assert (fresh.lines, fresh.lanes, fresh.parts) == (again.lines, again.lanes, again.parts)


def test_it_goes_with_the_file_it_was_made_of_and_is_made_anew(cast: Cast, pair: tuple[Edition, Edition]) -> None:
    _keep(cast, pair)
    remove_file(edition_id=pair[1].pk, by=cast.actor("marcus"), at=NOW)
    assert services.discard_stale_comparisons(by=HAVEN, at=NOW) == 1
    assert (Comparison.objects.count(), last_told()["verb"]) == (0, "changes.comparisons_discarded")
    filled(cast, Edition.objects.get(pk=pair[1].pk), *PARAGRAPHS[:5], name="again.txt")
    assert [line.kinds[0] for line in _page(cast, pair).lines] == [ChangeKind.REMOVED]


def test_a_comparison_of_other_files_does_not_hold(cast: Cast, pair: tuple[Edition, Edition]) -> None:
    _keep(cast, pair)
    Comparison.objects.update(new_sha256="0" * 64)
    assert not _page(cast, pair).is_kept
    _keep(cast, pair)
    assert _page(cast, pair).is_kept


def test_what_another_haven_packed_is_worked_out_again(cast: Cast, pair: tuple[Edition, Edition]) -> None:
    _keep(cast, pair)
    kept_row = Comparison.objects.get()
    Comparison.objects.update(packed=b"another way")
    assert len(_page(cast, pair).lines) == 3
    _keep(cast, pair)
    kept_row.refresh_from_db()
    assert len(kept_row.told.changes) == 3


@pytest.mark.parametrize("name", ["sam", "nadia"])
def test_whoever_may_not_read_the_document_sees_no_comparison(
    cast: Cast, pair: tuple[Edition, Edition], name: str
) -> None:
    for act in (
        lambda: comparing.comparison_page(old_id=pair[0].pk, new_id=pair[1].pk, by=cast.actor(name), looked=Looked()),
        lambda: comparing.editions_to_compare(document_id=pair[0].document_id, by=cast.actor(name)),
        lambda: _keep(cast, pair, name),
    ):
        with pytest.raises(Refused):
            act()
    with pytest.raises(Refused):
        comparing.editions_to_compare(document_id=pair[0].document_id, by=NOBODY)


def test_only_two_editions_of_one_document_that_have_words_are_compared(
    cast: Cast, pair: tuple[Edition, Edition]
) -> None:
    wordless = edition(cast, pair[0].document, "2027")
    stranger = filled(cast, edition(cast, document(cast, title="Another")), "Words.", name="other.txt")
    for new in (pair[0], wordless, stranger):
        with pytest.raises(Edition.DoesNotExist):
            _page(cast, (pair[0], new))


def test_changes_are_narrowed_by_kind_and_by_whom_they_speak_of(cast: Cast, pair: tuple[Edition, Edition]) -> None:
    assert [line.kinds for line in _page(cast, pair, kind=ChangeKind.ADDED).lines] == [(ChangeKind.ADDED,)]
    spoken = _page(cast, pair, concern=comparing.Concern.GOVERNORS)
    assert {line.kinds[0] for line in spoken.lines} == {ChangeKind.ADDED, ChangeKind.REMOVED}
    assert spoken.total == 3


def test_two_documents_that_are_no_editions_of_one_are_told_of_in_a_warning(cast: Cast) -> None:
    old = filled(
        cast, edition(cast, document(cast)), *(f"Alpha beta gamma {n} delta." for n in range(12)), name="a.txt"
    )
    words = (f"Quite other matter stands under heading number {n} here instead." for n in range(12))
    new = filled(cast, edition(cast, old.document, "2026"), *words, cover="Elsewhere.", name="b.txt")
    page = _page(cast, (old, new))
    assert (page.total, len(page.warnings)) == (0, 1)


def test_more_than_fifty_changes_are_paged_and_each_mark_knows_its_page(cast: Cast) -> None:
    old = filled(cast, edition(cast, document(cast)), "A first rule for everybody.", name="a.txt")
    rules = ("A first rule for everybody.", *(f"Rule {_word(n)} asks for {_word(n * 7 + 3)}." for n in range(70)))
    page = _page(cast, (old, filled(cast, edition(cast, old.document, "2026"), *rules, name="b.txt")), page=2)
    assert (page.shown.number, page.shown.paginator.num_pages, len(page.lines)) == (2, 2, page.total - 50)
    assert {mark.page for lane in page.lanes for mark in lane.marks} == {1, 2}


def _word(number: int) -> str:
    return "".join(chr(97 + int(digit)) for digit in str(1000 + number * 37))
