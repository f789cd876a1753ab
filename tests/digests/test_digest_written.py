"""A digest writes itself from what was judged, keeps what a lead makes of it, and never loses a word of either."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from haven.access.decision import Refused
from haven.changes.rules.comparing import Verdict
from haven.digests import services
from haven.digests.models import Digest, DigestLine, DigestVersion
from haven.digests.queries.writing import Difference, WritingPage, ready_page, writing_page
from haven.digests.rules.digests import DigestWords, LineWords, Step
from haven.guidance.services import remove_file
from haven.ledger.models import Detail
from tests.cast import NOW, TODAY, Cast
from tests.changes.compared import LATER
from tests.digests.digests import DUE, MEANING, begun, compared, drafted, edited, judged, line_of, published, refs_of
from tests.guidance.texts import edition, filled
from tests.people.seen import last_told

pytestmark = pytest.mark.django_db


def _page(cast: Cast, digest: Digest) -> WritingPage:
    return writing_page(digest_id=digest.pk, by=cast.actor("marcus"))


def _settle(cast: Cast, line: DigestLine, step: Step) -> DigestLine:
    return services.settle_line(line_id=line.pk, step=step, by=cast.actor("marcus"), at=NOW)


def _headings(cast: Cast, digest: Digest) -> list[str]:
    return [line.heading for line in _page(cast, digest).content.lines]


def _by_hand(cast: Cast, digest: Digest, heading: str = "A word first", key: UUID | None = None) -> DigestLine:
    words = LineWords(heading=heading, meaning="Read the whole of it.", asks=True)
    return services.add_line(digest_id=digest.pk, words=words, key=key or uuid4(), by=cast.actor("marcus"), at=NOW)


def test_it_writes_itself_from_what_was_judged(cast: Cast) -> None:
    _, _, digest = begun(cast)
    assert last_told()["verb"] == "digest.drafted"
    content = _page(cast, digest).content
    assert [(line.heading, line.meaning, line.asks) for line in content.lines] == [
        ("Clause 2", MEANING, True),
        ("Clause 4", MEANING, False),
    ]
    assert content.without_effect == 1
    first = content.lines[0]
    assert first.asked
    assert (first.asked.what, first.asked.due_on, first.asked.for_whom) == ("Change your policy", DUE, "all schools")
    assert first.change
    assert first.change.told == ("Asks for more than before: “should have regard to” became “must have regard to”.",)
    assert ("old", "should") in first.change.runs
    assert "".join(text for kind, text in first.change.runs if kind != "old").split() == LATER[1].split()


def test_begun_twice_it_is_one_digest(cast: Cast) -> None:
    pair, _, digest = begun(cast)
    assert drafted(cast, pair) == digest
    assert Digest.objects.get().lines.count() == 2


def test_nobody_but_a_lead_writes_it(cast: Cast) -> None:
    pair, refs, digest = begun(cast)
    line, before = line_of(digest, refs[0]), Detail.objects.count()
    words, around = LineWords(heading="x", meaning=""), DigestWords(title="x", introduction="", closing="")
    acts: list[Callable[..., object]] = [
        partial(services.draft_digest, old_id=pair[0].pk, new_id=pair[1].pk, area_id=cast.area.pk, at=NOW),
        partial(services.change_digest, digest_id=digest.pk, words=around, revision=1, at=NOW),
        partial(services.add_line, digest_id=digest.pk, words=words, key=uuid4(), at=NOW),
        partial(services.edit_line, line_id=line.pk, words=words, revision=1, at=NOW),
        partial(services.settle_line, line_id=line.pk, step=Step.OUT, at=NOW),
        partial(services.take_new_lines, digest_id=digest.pk, refs=refs, at=NOW),
        partial(writing_page, digest_id=digest.pk),
        partial(ready_page, digest_id=digest.pk, on=TODAY),
    ]
    for by in map(cast.actor, ("priya", "bell", "lena", "nadia", "sam")):
        for act in acts:
            with pytest.raises(Refused):
                act(by=by)
    assert Detail.objects.count() == before


def test_what_is_not_judged_yet_is_told_to_the_lead_and_to_nobody_else(cast: Cast) -> None:
    pair = compared(cast)
    refs = refs_of(cast, pair)
    judged(cast, pair, refs[0], Verdict.ACTION)
    page = _page(cast, drafted(cast, pair))
    assert (page.unjudged, page.unasked, len(page.content.lines)) == (2, 1, 1)
    ready = ready_page(digest_id=page.digest.pk, by=cast.actor("marcus"), on=TODAY)
    assert ready.hints == (
        "2 changes are not judged yet. Schools hear nothing of them.",
        "1 change is judged an action, but nothing is asked of schools yet.",
    )


def test_a_line_says_what_is_judged_until_somebody_edits_it(cast: Cast) -> None:
    pair, refs, digest = begun(cast)
    judged(cast, pair, refs[1], Verdict.ACTION, "Ask your governors.")
    line = _page(cast, digest).content.lines[1]
    assert (line.meaning, line.asks) == ("Ask your governors.", True)
    assert _page(cast, digest).differing == 0


def test_an_edited_line_keeps_its_words_and_the_new_ones_are_offered(cast: Cast) -> None:
    pair, refs, digest = begun(cast)
    edited(cast, line_of(digest, refs[1]))
    assert last_told()["verb"] == "digest.changed"
    assert _page(cast, digest).differing == 0
    judged(cast, pair, refs[1], Verdict.ACTION, "Ask your governors.")
    page = _page(cast, digest)
    (now,) = [line for _, lines in page.parts for line in lines if line.differs]
    assert (now.differs, now.said.meaning, now.said.asks) == (Difference.WORDS, "In our own words.", False)
    _settle(cast, now.row, Step.FOLLOW)
    line = _page(cast, digest).content.lines[1]
    assert (line.heading, line.meaning, line.asks) == ("What a lead must do", "Ask your governors.", True)
    assert _page(cast, digest).differing == 0


def test_the_lead_keeps_her_words_and_is_asked_no_more(cast: Cast) -> None:
    pair, refs, digest = begun(cast)
    edited(cast, line_of(digest, refs[1]))
    judged(cast, pair, refs[1], Verdict.NOTE, "Other words.")
    _settle(cast, line_of(digest, refs[1]), Step.KEEP)
    page = _page(cast, digest)
    assert (page.differing, page.content.lines[1].meaning) == (0, "In our own words.")


def test_a_change_that_has_no_effect_any_more_leaves_the_page_but_not_the_desk(cast: Cast) -> None:
    pair, refs, digest = begun(cast)
    judged(cast, pair, refs[1], Verdict.NO_EFFECT, "Only typography.")
    page = _page(cast, digest)
    assert (_headings(cast, digest), page.differing, page.content.without_effect) == (["Clause 2"], 1, 2)
    _settle(cast, line_of(digest, refs[1]), Step.KEEP)
    page = _page(cast, digest)
    assert (page.differing, page.content.lines[1].meaning) == (0, MEANING)


def test_an_edited_line_stays_though_its_change_has_no_effect_any_more(cast: Cast) -> None:
    pair, refs, digest = begun(cast)
    edited(cast, line_of(digest, refs[1]))
    judged(cast, pair, refs[1], Verdict.NO_EFFECT, "")
    assert _headings(cast, digest)[1] == "What a lead must do"
    assert [line.differs for _, own in _page(cast, digest).parts for line in own] == [None, Difference.NO_EFFECT]


def test_what_is_judged_later_is_offered_and_taken_at_its_place(cast: Cast) -> None:
    pair = compared(cast)
    refs = refs_of(cast, pair)
    judged(cast, pair, refs[0], Verdict.NOTE)
    judged(cast, pair, refs[2], Verdict.NOTE)
    digest = drafted(cast, pair)
    judged(cast, pair, refs[1], Verdict.NOTE)
    assert [each.ref for each in _page(cast, digest).offers] == [refs[1]]
    by = cast.actor("marcus")
    assert services.take_new_lines(digest_id=digest.pk, refs=[*refs, "unknown"], by=by, at=NOW) == 1
    assert services.take_new_lines(digest_id=digest.pk, refs=refs, by=by, at=NOW) == 0
    assert _page(cast, digest).offers == ()
    assert [line.ref for line in _page(cast, digest).content.lines] == refs


def test_lines_are_moved_left_out_and_put_back(cast: Cast) -> None:
    _, refs, digest = begun(cast)
    _settle(cast, line_of(digest, refs[1]), Step.UP)
    assert _headings(cast, digest) == ["Clause 4", "Clause 2"]
    _settle(cast, line_of(digest, refs[1]), Step.OUT)
    assert (_headings(cast, digest), _page(cast, digest).left_out) == (["Clause 2"], 1)
    _settle(cast, line_of(digest, refs[1]), Step.BACK)
    assert _headings(cast, digest) == ["Clause 4", "Clause 2"]


def test_a_line_added_by_hand_stands_first_and_is_added_once(cast: Cast) -> None:
    _, _, digest = begun(cast)
    key = uuid4()
    for _ in range(2):
        _by_hand(cast, digest, key=key)
    content = _page(cast, digest).content
    assert [line.heading for line in content.lines] == ["A word first", "Clause 2", "Clause 4"]
    assert [line.does for line in content.to_do] == ["Change your policy", "Read the whole of it."]
    with pytest.raises(Refused) as refused:
        _settle(cast, digest.lines.get(pk=key), Step.FOLLOW)
    assert refused.value.advice == "No change stands behind this line."


def test_of_two_leads_at_once_the_second_is_told(cast: Cast) -> None:
    _, refs, digest = begun(cast)
    line = line_of(digest, refs[0])
    edited(cast, line, "The first was quicker.")
    with pytest.raises(Refused) as refused:
        edited(cast, line, "The second.", revision=line.revision)
    assert refused.value.advice.startswith("Somebody has changed this since you opened it.")
    edited(cast, line, "The first was quicker.", revision=line.revision)  # sent twice: it is said already
    words = DigestWords(title="One", introduction="Begin.", closing="")
    by = cast.actor("marcus")
    services.change_digest(digest_id=digest.pk, words=words, revision=1, by=by, at=NOW)
    services.change_digest(digest_id=digest.pk, words=words, revision=1, by=by, at=NOW)
    with pytest.raises(Refused):
        services.change_digest(digest_id=digest.pk, words=replace(words, title="Two"), revision=1, by=by, at=NOW)
    assert Digest.objects.get().title == "One"


def test_what_is_blank_or_too_long_is_refused_with_advice(cast: Cast) -> None:
    _, refs, digest = begun(cast)
    by, line = cast.actor("marcus"), line_of(digest, refs[0])
    for title, closing in ((" ", ""), ("x" * 201, ""), ("x", "y" * 6001)):
        words = DigestWords(title=title, introduction="", closing=closing)
        with pytest.raises(Refused, match="not ready"):
            services.change_digest(digest_id=digest.pk, words=words, revision=1, by=by, at=NOW)
    for said in (LineWords(heading=" ", meaning=""), LineWords(heading="x", meaning="y" * 6001)):
        with pytest.raises(Refused, match="not ready"):
            services.edit_line(line_id=line.pk, words=said, revision=1, by=by, at=NOW)


def test_where_an_edition_loses_its_words_the_lines_stand_as_they_were(cast: Cast) -> None:
    pair, _, digest = begun(cast)
    remove_file(edition_id=pair[1].pk, by=cast.actor("marcus"), at=NOW)
    page = _page(cast, digest)
    assert (page.has_words, [line.heading for line in page.content.lines]) == (False, ["Clause 2", "Clause 4"])
    assert page.content.lines[0].change
    digest.new.refresh_from_db()
    filled(cast, digest.new, "Other words stand here now.", name="other.txt")
    page = _page(cast, digest)
    assert [line.differs for _, lines in page.parts for line in lines] == [Difference.GONE, None]
    assert _headings(cast, digest) == ["Clause 4"]
    _settle(cast, digest.lines.first(), Step.KEEP)
    assert _headings(cast, digest) == ["Clause 2", "Clause 4"]


def test_what_was_written_of_the_same_change_stands_in_the_digest_of_the_final_text_too(cast: Cast) -> None:
    pair, refs, digest = begun(cast)
    edited(cast, line_of(digest, refs[0]))
    final = filled(cast, edition(cast, digest.document, "2026 final"), *LATER, "One rule more.", name="final.txt")
    later = drafted(cast, (pair[0], final))
    lines = _page(cast, later).content.lines
    assert [(line.heading, line.meaning) for line in lines] == [
        ("What a lead must do", "In our own words."),
        ("Clause 4", MEANING),
    ]
    judged(cast, pair, refs[0], Verdict.ACTION, "Judged anew.")
    assert _page(cast, later).differing == _page(cast, digest).differing == 1


def test_a_failing_ledger_undoes_what_was_typed(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    _, refs, digest = begun(cast)

    def fail(*_: object, **__: object) -> int:
        raise RuntimeError

    monkeypatch.setattr("haven.digests.services.digests.record", fail)
    for act in (lambda: edited(cast, line_of(digest, refs[0])), lambda: _by_hand(cast, digest)):
        with pytest.raises(RuntimeError), transaction.atomic():
            act()
    assert (digest.lines.count(), line_of(digest, refs[0]).is_own) == (2, False)


def test_the_database_refuses_what_cannot_be(cast: Cast) -> None:
    pair, refs, digest = begun(cast)
    published(cast, digest)
    version = DigestVersion.objects.get()
    version.letters.create(person=cast.priya, sent_at=NOW)
    breaks = {
        "an_area_has_one_digest_of_two_editions": lambda: Digest.objects.create(
            area=cast.area, document=digest.document, old=pair[0], new=pair[1], title="x", made_at=NOW
        ),
        "a_digest_has_a_title": lambda: Digest.objects.update(title=""),
        "a_published_digest_has_its_version_and_moment": lambda: Digest.objects.update(version=0),
        "a_withdrawn_digest_says_when_and_why": lambda: Digest.objects.update(ended_at=NOW),
        "a_change_stands_once_in_a_digest": lambda: digest.lines.update(ref=refs[0]),
        "a_line_of_a_digest_has_a_heading": lambda: digest.lines.update(heading=""),
        "a_line_is_of_a_change_or_by_hand": lambda: digest.lines.update(judgement=None),
        "a_version_of_a_digest_stands_once": lambda: digest.versions.create(number=1, said={}, published_at=NOW),
        "a_changed_digest_says_why": lambda: digest.versions.create(number=2, said={}, published_at=NOW),
        "nobody_is_told_twice_of_a_version": lambda: version.letters.create(person=cast.priya, sent_at=NOW),
        "a_digests_audience_names_what_its_kind_says": lambda: digest.audience.update(phase="primary"),
        "a_digests_audience_names_nothing_twice": lambda: digest.audience.create(kind="all-schools"),
    }
    for name, wrong in breaks.items():
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            wrong()
