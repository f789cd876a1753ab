"""What a policy rests on: linked to a document or a clause, and looked at again when guidance has moved."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import reverse

from haven.access.decision import Reason, Refused
from haven.guidance.models import Edition
from haven.guidance.queries.clauses import clause_page
from haven.guidance.rules.life import Ending
from haven.guidance.services import amend_edition
from haven.policies.models import Link, Remark
from haven.policies.queries.linking import choosing
from haven.policies.queries.pages import policy_page
from haven.policies.queries.register import register
from haven.policies.queries.resting import feet
from haven.policies.rules.resting import Footing
from haven.policies.services import confirm_link, link_clause, link_document, unlink, withdraw_policy
from tests.cast import NOW, TODAY
from tests.guidance.texts import PARAGRAPHS, document, edition, filled, kept
from tests.policies.registered import approved, governor, policy, staff

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW, tick=False)]
NEWER = {"issued_on": date(2026, 2, 1), "in_force_on": date(2026, 3, 1)}


def link(cast, row, of, place=5):
    """The third paragraph, unless another place is said: a cover and a heading stand before the first."""
    return link_clause(policy_id=row.pk, edition_id=of.pk, place=place, by=cast.actor("priya"), at=NOW)


def superseded(cast, old, *paragraphs):
    """Another edition in force since yesterday, with these paragraphs."""
    made = edition(cast, old.document, "2026", **NEWER)
    new = filled(cast, made, *paragraphs, cover="Fairhaven thresholds, the edition of 2026.", name="new.txt")
    old = Edition.objects.get(pk=old.pk)
    days = replace(old.facts.days, ended_on=date(2026, 3, 1), ending=Ending.SUPERSEDED)
    amend_edition(
        edition_id=old.pk,
        facts=replace(old.facts, days=days, superseded_by=new.pk),
        by=cast.actor("marcus"),
        at=NOW,
    )
    return new


def footing(row, on=TODAY):
    [foot] = feet(list(row.links.select_related("document")), on).values()
    return foot.footing


def changed(third):
    return (*PARAGRAPHS[:2], third, *PARAGRAPHS[3:])


def test_a_policy_is_linked_to_the_words_of_a_clause(cast):
    row, of = policy(cast), kept(cast)
    made = link(cast, row, of)
    assert (made.document, made.edition, made.place, made.said) == (of.document, of, 5, "Clause 3")
    assert Remark.objects.get(step="linked").words == "Fairhaven thresholds for help, Clause 3"
    assert footing(row) is Footing.STANDS


def test_nothing_is_linked_twice(cast):
    row, of = policy(cast), kept(cast)
    link(cast, row, of)
    with pytest.raises(Refused) as refused:
        link(cast, row, of)
    assert refused.value.reason == Reason.WRONG_STATE
    link_document(policy_id=row.pk, document_id=of.document_id, by=cast.actor("priya"), at=NOW)
    with pytest.raises(Refused):
        link_document(policy_id=row.pk, document_id=of.document_id, by=cast.actor("priya"), at=NOW)


def test_nobody_else_links_not_even_a_governor(cast):
    row, of = policy(cast), kept(cast)
    for by in (cast.actor("grace"), cast.actor("marcus"), cast.actor("sam"), governor(cast)):
        with pytest.raises(Refused):
            link_clause(policy_id=row.pk, edition_id=of.pk, place=5, by=by, at=NOW)


def test_a_link_that_is_taken_off_stays_in_the_history(cast):
    row, of = policy(cast), kept(cast)
    unlink(link_id=link(cast, row, of).pk, by=cast.actor("tom"), at=NOW)
    assert not Link.objects.exists()
    assert Remark.objects.get(step="unlinked").words == "Fairhaven thresholds for help, Clause 3"


@pytest.mark.parametrize(
    ("third", "expected"),
    [
        (PARAGRAPHS[2], Footing.STANDS),
        ("Staff must organise a meeting within two school days.", Footing.MOVED),
    ],
)
def test_a_link_stands_while_its_words_stand_in_the_edition_in_force(cast, third, expected):
    row, of = policy(cast), kept(cast)
    link(cast, row, of)
    superseded(cast, of, *changed(third))
    assert footing(row) is expected


def test_a_number_that_only_follows_a_renumbering_moves_nothing(cast):
    first = "Staff must organise a meeting as paragraph 12 says."
    row, of = policy(cast), filled(cast, edition(cast, kept(cast).document, "2025a"), first, name="a.txt")
    link(cast, row, of, 3)
    superseded(cast, of, "Another thing.", first.replace("12", "14"))
    assert footing(row) is Footing.STANDS


def test_where_the_text_in_force_is_not_here_nothing_can_be_told(cast):
    row, of = policy(cast), kept(cast)
    link(cast, row, of)
    edition(cast, of.document, "2026", **NEWER)
    assert footing(row) is Footing.UNTOLD


def test_where_no_edition_is_in_force_that_is_told(cast):
    row, of = policy(cast), kept(cast)
    link(cast, row, of)
    assert footing(row, date(2020, 1, 1)) is Footing.OVER


def test_a_whole_document_is_to_be_looked_at_when_another_edition_comes_into_force(cast):
    row, of = policy(cast), kept(cast)
    by = cast.actor("priya")
    made = link_document(policy_id=row.pk, document_id=of.document_id, by=by, at=NOW - timedelta(days=60))
    assert footing(row) is Footing.STANDS
    superseded(cast, of, *PARAGRAPHS)
    assert footing(row) is Footing.NEWER
    confirm_link(link_id=made.pk, edition_id=None, place=None, by=by, at=NOW)
    assert footing(row) is Footing.STANDS


def test_the_page_shows_the_clause_then_and_now_with_what_differs_and_a_way_to_all_changes(cast):
    row, of = policy(cast), kept(cast)
    link(cast, row, of)
    new = superseded(cast, of, *changed("Staff must organise a meeting within two school days."))
    [rest] = policy_page(policy_id=row.pk, by=cast.actor("priya"), at=NOW).rests
    assert (rest.footing, rest.then.called, rest.now.called) == (Footing.MOVED, "Clause 3", "Clause 3")
    assert [text.strip() for kind, text in rest.runs if kind != "same"] == ["five", "two"]
    assert rest.comparison == reverse("changes:comparison", args=[of.pk, new.pk])
    page = cast.client("priya").get(reverse("policies:show", args=[row.pk])).content.decode()
    assert "<del>five </del><ins>two </ins>" in page
    assert "Guidance has changed under this policy" in page
    assert "Start a review" in page
    assert register(by=cast.actor("priya"), school_id=None, on=TODAY).touched == 1


def test_a_clause_that_is_gone_says_so(cast):
    row, of = policy(cast), kept(cast)
    link(cast, row, of)
    superseded(cast, of, *changed("Nothing of the sort."))
    [rest] = policy_page(policy_id=row.pk, by=cast.actor("priya"), at=NOW).rests
    assert (rest.now, rest.then.text) == (None, PARAGRAPHS[2])
    page = cast.client("priya").get(reverse("policies:show", args=[row.pk])).content.decode()
    assert "nothing like it was found in 2026" in page
    assert "Link another clause" in page


def test_checked_and_still_right_points_to_the_new_clause_with_who_and_when(cast):
    row, of = policy(cast), kept(cast)
    made = link(cast, row, of)
    new = superseded(cast, of, *changed("Staff must organise a meeting within two school days."))
    [rest] = policy_page(policy_id=row.pk, by=cast.actor("priya"), at=NOW).rests
    typed = {"edition": rest.now.edition, "place": rest.now.place}
    answer = cast.client("tom").post(reverse("policies:confirm-link", args=[made.pk]), typed, follow=True)
    assert "checked, and still right" in answer.content.decode()
    made.refresh_from_db()
    assert (made.edition, made.checked_by, made.checked_at) == (new, cast.tom, NOW)
    assert footing(row) is Footing.STANDS


def test_a_link_is_not_pointed_to_another_document_or_onto_another_link(cast):
    row, of = policy(cast), kept(cast)
    made = link(cast, row, of)
    link(cast, row, of, 4)
    other = filled(cast, edition(cast, document(cast, title="Another document"), "1"), "Other words.", name="b.txt")
    by = cast.actor("priya")
    for target, place in ((other, 3), (of, 4)):
        with pytest.raises(Refused) as refused:
            confirm_link(link_id=made.pk, edition_id=target.pk, place=place, by=by, at=NOW)
        assert refused.value.advice
    with pytest.raises(Refused):
        confirm_link(link_id=made.pk, edition_id=None, place=None, by=by, at=NOW)


def test_a_clause_is_chosen_by_its_words_or_its_number(cast):
    of = kept(cast)
    for words, found in (("meeting", ["Clause 3", "Clause 4"]), ("paragraph 2", ["Clause 2"]), ("", [])):
        seen = choosing(by=cast.actor("priya"), on=TODAY, document_id=of.document_id, words=words)
        called = [of.clauses.get(place=choice.place).called for choice in seen.choices]
        assert sorted(called) == found
        assert (seen.document, seen.edition) == (of.document, of)


def strands(cast, who, of, place=5):
    page = clause_page(edition_id=of.pk, place=place, by=who, on=TODAY)
    return [(kind.name, [(each.title, each.beside) for each in kind.strands]) for kind in page.kinds]


def test_a_clause_names_the_policies_of_the_readers_own_school_that_rest_on_it(cast):
    row, of = policy(cast), kept(cast)
    link(cast, row, of)
    priya = cast.actor("priya")
    assert strands(cast, priya, of) == [("Policy", [("Child protection policy", "No approved version")])]
    for who in ("grace", "marcus"):
        assert strands(cast, cast.actor(who), of) == []
    worker = staff(cast)
    assert strands(cast, worker, of) == []
    approved(cast, row)
    assert strands(cast, worker, of) == [("Policy", [("Child protection policy", "In date")])]
    withdraw_policy(policy_id=row.pk, why="No longer", by=priya, at=NOW)
    assert strands(cast, priya, of) == []


def test_from_a_clause_one_of_the_schools_policies_is_linked(cast):
    row, of = policy(cast), kept(cast)
    client = cast.client("priya")
    thread = client.get(reverse("guidance:thread", args=[of.pk, 5])).content.decode()
    address = reverse("policies:from-clause", args=[of.pk, 5])
    assert address in thread
    assert address not in cast.client("marcus").get(reverse("guidance:thread", args=[of.pk, 5])).content.decode()
    assert "Child protection policy" in client.get(address).content.decode()
    assert client.post(address, {"policy": ""}).status_code == 422
    assert client.post(address, {"policy": str(row.pk)}).status_code == 302
    assert row.links.get().place == 5
    assert "on it already" in client.get(address).content.decode()


def test_linking_by_hand_finds_the_clause_and_links_it_or_the_whole_document(cast):
    row, of = policy(cast), kept(cast)
    client = cast.client("priya")
    address = reverse("policies:choose", args=[row.pk])
    found = client.get(address, {"document": str(of.document_id), "words": "meeting"}).content.decode()
    assert "2 clauses, the best first." in found
    client.post(reverse("policies:link-clause", args=[row.pk]), {"edition": str(of.pk), "place": "5"})
    client.post(reverse("policies:link-document", args=[row.pk]), {"document": str(of.document_id)})
    assert sorted(row.links.values_list("said", flat=True)) == ["", "Clause 3"]
    again = client.post(
        reverse("policies:link-document", args=[row.pk]), {"document": str(of.document_id)}, follow=True
    )
    assert "rests on this already" in again.content.decode()
    client.post(reverse("policies:unlink", args=[row.links.get(said="").pk]))
    assert row.links.count() == 1
    nothing = client.get(address, {"document": str(of.document_id), "words": "zebra"}).content.decode()
    assert "No clause has all of these words" in nothing


def test_many_links_are_looked_at_in_few_questions(cast, django_assert_max_num_queries):
    row, of = policy(cast), kept(cast)
    for place in (3, 4, 5, 6, 7):
        link(cast, row, of, place)
    superseded(cast, of, *(f"{text} Now." for text in PARAGRAPHS))
    links = list(row.links.select_related("document"))
    with django_assert_max_num_queries(4):
        assert {foot.footing for foot in feet(links, TODAY).values()} == {Footing.MOVED}
