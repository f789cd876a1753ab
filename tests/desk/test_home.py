"""Everyone's home page shows what waits for her."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from haven.access.actor import Actor, HeldPost
from haven.access.roles import Kind, Role
from haven.actions.models import Assignment
from haven.actions.queries.pressing import Pressing
from haven.actions.rules import Reach, ReachKind
from haven.actions.services import GivenEvidence, close_assignment, hand_to, return_assignment
from haven.desk.queries import Desk, desk_of, home_of
from haven.people.models import Post
from tests.actions.raised import raised
from tests.bulletins.notes import draft, published
from tests.cast import BEGAN, NOW, TODAY, Cast

SOON, LATER, GONE = TODAY + timedelta(days=5), TODAY + timedelta(days=60), TODAY - timedelta(days=3)


def _acting(cast: Cast, *roles: Role, place: str = "oakfield") -> Actor:
    """Priya with other roles in one organisation."""
    organisation = cast.organisations[place]
    areas = frozenset({cast.area.pk})
    posts = (HeldPost(role, organisation.pk, organisation.name, Kind(organisation.kind), areas) for role in roles)
    return replace(cast.actor("priya"), posts=tuple(posts))


@pytest.mark.parametrize(
    ("name", "desk"),
    [
        ("nobody", Desk.VISITOR),
        ("sam", Desk.UNREADY),
        ("priya", Desk.SCHOOL),
        ("tom", Desk.SCHOOL),
        ("marcus", Desk.LEAD),
        ("nadia", Desk.SCRUTINEER),
        ("bell", Desk.PARTNER),
        ("osei", Desk.PARTNER),
        ("lena", Desk.PARTNER),
    ],
)
def test_each_member_of_the_cast_finds_her_own_desk(cast: Cast, name: str, desk: Desk) -> None:
    assert desk_of(cast.actor(name)) is desk
    assert cast.client(name).get("/").status_code == 200


@pytest.mark.parametrize("role", [each for each in Role if each is not Role.ADMINISTRATOR])
def test_every_role_has_a_desk_that_can_be_laid(cast: Cast, role: Role) -> None:
    published(cast)
    raised(cast, due_on=SOON)
    by = _acting(cast, role)
    assert desk_of(by) not in {Desk.VISITOR, Desk.UNREADY, Desk.ADMINISTRATOR}
    assert home_of(by=by, at=NOW).posts


def test_who_only_looks_after_accounts_sees_nothing_of_the_work(cast: Cast) -> None:
    raised(cast)
    home = home_of(by=_acting(cast, Role.ADMINISTRATOR), at=NOW)
    assert home.desk is Desk.ADMINISTRATOR
    assert not home.own
    assert not home.newest


@pytest.mark.parametrize(
    ("role", "said"), [(Role.ADMINISTRATOR, "Look after people"), (Role.GOVERNOR, "Meant for governors")]
)
def test_the_page_of_a_role_that_none_of_the_cast_holds(cast: Cast, role: Role, said: str) -> None:
    raised(cast, roles=frozenset({Role.GOVERNOR}))
    Post.objects.create(person=cast.sam, organisation=cast.oakfield, role=role.value, starts_on=BEGAN)
    assert said in cast.client("sam").get("/").content.decode()


def test_a_school_sees_what_presses_first_and_what_is_new(cast: Cast) -> None:
    raised(cast, what="Later", due_on=LATER)
    raised(cast, what="Gone", due_on=GONE)
    raised(cast, what="Soon", due_on=SOON)
    published(cast)
    home = home_of(by=cast.actor("priya"), at=NOW)
    assert home.posts == ("Designated safeguarding lead, Oakfield Primary School",)
    assert [line.what for line in home.pressing][:2] == ["Gone", "Soon"]
    assert home.own is not None
    assert (home.own.overdue, home.own.soon) == (1, 1)
    assert [line.title for line in home.newest] == ["Spring cluster note"]
    assert [event.title for event in home.dates] == ["DSL forum"]
    page = cast.client("priya").get("/").content.decode()
    assert "Spring cluster note" in page
    assert "DSL forum" not in page or date.today() <= date(2026, 3, 25)  # the page is of today


def test_what_a_colleague_handed_on_comes_first_and_once(cast: Cast) -> None:
    mine = raised(cast, what="Mine", due_on=LATER).assignments.get(organisation=cast.oakfield)
    raised(cast, what="Other", due_on=SOON)
    hand_to(assignment_id=mine.pk, person=cast.tom.pk, by=cast.actor("priya"), at=NOW)
    home = home_of(by=cast.actor("tom"), at=NOW)
    assert [line.what for line in home.handed] == ["Mine"]
    assert [line.what for line in home.pressing] == ["Other"]
    assert "Handed to you" in cast.client("tom").get("/").content.decode()


def test_what_was_sent_back_says_so_with_the_askers_words(cast: Cast) -> None:
    assignment: Assignment = raised(cast, due_on=LATER).assignments.get(organisation=cast.oakfield)
    close_assignment(assignment_id=assignment.pk, evidence=GivenEvidence(), by=cast.actor("priya"), at=NOW)
    return_assignment(assignment_id=assignment.pk, comment="Which year?", by=cast.actor("marcus"), at=NOW)
    page = cast.client("priya").get("/").content.decode()
    assert "Which year?" in page
    assert "Sent back" in page


def test_a_governor_sees_what_is_meant_for_governors_first(cast: Cast) -> None:
    raised(cast, what="For leads", due_on=SOON)
    raised(cast, what="For governors", due_on=LATER, roles=frozenset({Role.GOVERNOR}))
    home = home_of(by=_acting(cast, Role.GOVERNOR), at=NOW)
    assert [line.what for line in home.meant] == ["For governors"]
    assert [line.what for line in home.pressing] == ["For leads"]
    assert home_of(by=_acting(cast, Role.GOVERNOR, Role.HEAD), at=NOW).meant == ()


def test_a_school_of_which_nothing_is_asked_is_told_what_will_stand_there(cast: Cast) -> None:
    page = cast.client("priya").get("/").content.decode()
    assert "Nothing waits for you" in page
    assert "None has reached you yet" in page
    assert "Nothing is announced" in page


def test_a_lead_sees_how_her_area_stands_and_what_is_due(cast: Cast) -> None:
    raised(cast, what="Later", due_on=LATER)
    raised(cast, what="Soon", due_on=SOON)
    late = raised(cast, what="Late", due_on=GONE)
    draft(cast)
    home = home_of(by=cast.actor("marcus"), at=NOW)
    assert [(area.name, counts.all) for area, counts in home.areas] == [("Fairhaven", 6)]
    assert [line.what for line in home.awaited.next] == ["Soon", "Later"]
    assert [(line.what, line.counts.overdue) for line in home.awaited.late] == [("Late", 2)]
    assert home.drafts == 1
    page = cast.client("marcus").get("/").content.decode()
    assert "1 draft to check" in page
    assert f"/actions/asked/{late.pk}/" in page


def test_what_everybody_has_answered_no_longer_presses_on_the_lead(cast: Cast) -> None:
    only_oakfield = (Reach(ReachKind.ORGANISATION, str(cast.oakfield.pk)),)
    assignment = raised(cast, due_on=SOON, audience=only_oakfield).assignments.get()
    close_assignment(assignment_id=assignment.pk, evidence=GivenEvidence(), by=cast.actor("priya"), at=NOW)
    home = home_of(by=cast.actor("marcus"), at=NOW)
    assert home.awaited == Pressing()


def test_a_lead_of_an_area_in_which_nothing_is_asked_is_told_how_to_begin(cast: Cast) -> None:
    page = cast.client("marcus").get("/").content.decode()
    assert "Nothing has been asked in Fairhaven yet" in page
    assert "You have published none yet" in page


def test_a_partner_sees_what_schools_were_told_and_what_is_asked_of_her(cast: Cast) -> None:
    published(cast)
    assert home_of(by=cast.actor("lena"), at=NOW).newest
    police = (Reach(ReachKind.ORGANISATION, str(cast.police.pk)),)
    raised(cast, what="Send us your duty numbers", due_on=SOON, audience=police)
    page = cast.client("bell").get("/").content.decode()
    assert "Send us your duty numbers" in page
    assert "Find somebody" in page


def test_whom_she_covers_for_is_said(cast: Cast) -> None:
    priya = cast.actor("priya")
    covering = replace(priya, posts=(replace(priya.posts[0], is_cover=True),))
    assert home_of(by=covering, at=NOW).posts == ("Designated safeguarding lead (covering), Oakfield Primary School",)


def test_a_visitor_reads_what_is_public(cast: Cast) -> None:
    page = cast.client("nobody").get("/").content.decode()
    assert "Sign in" in page
    assert "For everybody to read" not in page
    bulletin = published(cast)
    type(bulletin).objects.update(is_public=True)
    assert f"/public/{bulletin.pk}/" in cast.client("nobody").get("/").content.decode()


@pytest.mark.parametrize("path", ["/help/", "/accessibility/", "/privacy/"])
def test_the_pages_about_haven_are_for_everyone(cast: Cast, path: str) -> None:
    assert cast.client("nobody").get(path).status_code == 200


def test_a_page_is_neither_stored_nor_framed(cast: Cast) -> None:
    headers = cast.client("priya").get("/").headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("name", ["marcus", "priya", "bell"])
def test_a_desk_is_laid_in_as_many_questions_however_much_was_sent(cast: Cast, name: str) -> None:
    published(cast)
    few = _questions(cast, name)
    for _ in range(3):
        published(cast)
    assert _questions(cast, name) == few


def _questions(cast: Cast, name: str) -> int:
    by = cast.actor(name)
    with CaptureQueriesContext(connection) as asked:
        home_of(by=by, at=NOW)
    return len(asked)
