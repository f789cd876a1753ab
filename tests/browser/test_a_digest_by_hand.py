"""A digest in a browser: from a judged change to what a head reads, prints and finds in public; with and without
JavaScript."""

import re

import pytest

from tests.browser.visitor import Visitor

TITLE = "Protocol on going home"
RULES = (
    "Every school should name an adult who sees children off.",
    "Schools may keep a list of those who collect a child.",
    "A child must never wait alone at the gate.",
)
LATER = (RULES[0].replace("should", "must"), RULES[2], "Staff must ring the police once an hour has passed.")


def _text(year: int, rules: tuple[str, ...]) -> bytes:
    numbered = (f"{number}. {rule}" for number, rule in enumerate(rules, start=1))
    return "\n\n".join([TITLE, f"Issued July {year}", "Part one: at the gate", *numbered]).encode()


def _edition(visitor: Visitor, year: int, rules: tuple[str, ...]) -> None:
    page = visitor.page
    page.get_by_label("Edition", exact=True).fill(f"{year} of going home")
    for number, part in enumerate((1, 9, year)):
        page.locator(f"#id_in_force_on_{number}").fill(str(part))
    visitor.press("Go on: the file")
    file = {"name": f"home-{year}.txt", "mimeType": "text/plain", "buffer": _text(year, rules)}
    page.locator("input[type=file]").set_input_files(files=[file])
    visitor.press("Read it")
    page.wait_for_url(lambda address: "/give/" not in address)


def _judge(visitor: Visitor, kind: str, verdict: str, words: str) -> None:
    change = visitor.page.locator(f".guidance-change--{kind}").first
    change.locator("summary").click()
    change.locator("textarea").fill(words)
    change.get_by_role("button", name=verdict, exact=True).click()
    visitor.page.wait_for_url(re.compile("#c-"))


@pytest.fixture
def judged(visitor: Visitor) -> Visitor:
    """The council's lead before two editions of which two changes are judged."""
    visitor.be("Marcus Hale")
    visitor.go("/guidance/")
    if not visitor.page.get_by_role("link", name=TITLE).count():
        visitor.go("/guidance/new/")
        visitor.page.get_by_label("Title").fill(TITLE)
        visitor.page.get_by_label("Published by").fill("Fairhaven Council")
        visitor.page.get_by_label("Local procedure").check()
        visitor.press("Go on: its edition")
        _edition(visitor, 2024, RULES)
        visitor.page.get_by_role("link", name=TITLE).first.click()
        visitor.follow("Add an edition")
        _edition(visitor, 2025, LATER)
    visitor.go("/guidance/")
    visitor.follow(TITLE)
    visitor.follow("Compare two editions")
    visitor.press("Compare them")
    visitor.page.wait_for_url(re.compile("/changes/"))
    _judge(visitor, "strengthened", "Action", "Name somebody, and say who stands in for her.")
    _judge(visitor, "added", "Note", "Tell the office.\n- the number stands on the wall\n- write down when you rang")
    return visitor


def test_a_digest_is_written_published_and_read(judged: Visitor, plain_visitor: Visitor) -> None:
    page = judged.page
    judged.press("Write the digest")
    page.wait_for_url(re.compile("/write/"))
    judged.finds_nothing()
    judged.picture("write-a-digest")
    judged.follow("Change title, introduction and closing")
    page.get_by_label("Title").fill("Going home: what changed")
    page.get_by_label("What the council is doing").fill("We train in October.\n\n- a model policy follows")
    judged.finds_nothing()
    judged.press("Save")
    judged.follow("Add a line of your own")
    page.get_by_label("Heading").fill("Read the whole protocol")
    judged.finds_nothing()
    judged.press("Add it")
    card = page.locator(".digest-card", has_text="Tell the office.")
    card.get_by_role("link", name="Edit").click()
    page.get_by_label("Heading").fill("When nobody comes")
    judged.finds_nothing()
    judged.press("Save")
    assert page.locator(".digest-card", has_text="When nobody comes").get_by_text("Your own words").is_visible()
    judged.press("Preview")
    assert "not judged yet" in page.inner_text("main")
    judged.finds_nothing()
    judged.press("Go on: publish it")
    page.get_by_label("Anybody: it gets a public page as well").check()
    judged.finds_nothing()
    judged.press("Publish it now")
    page.wait_for_url(re.compile(r"/digests/[0-9a-f-]{36}/$"))
    judged.finds_nothing()
    address = page.url.removeprefix(judged.site)
    judged.be("Tom Whitlock")
    judged.go("/digests/")
    judged.finds_nothing()
    judged.follow("Going home: what changed")
    assert "Name somebody, and say who stands in for her." in page.inner_text(".digest-do")
    assert page.locator(".digest-line del").first.inner_text().endswith("should")
    page.emulate_media(media="print")
    assert not page.locator(".digest-contents").first.is_visible()
    assert page.locator(".digest-do").is_visible()
    _in_public_and_without_javascript(plain_visitor, address)


def _in_public_and_without_javascript(visitor: Visitor, address: str) -> None:
    page = visitor.page
    visitor.go("/public/")
    visitor.follow("What changed in guidance")
    visitor.follow("Going home: what changed")
    visitor.page.wait_for_url(re.compile("/public/changes/"))
    assert "We train in October." in page.inner_text("main")
    assert page.locator("main a[href^='/changes/'], main a[href^='/digests/']").count() == 0
    visitor.be("Marcus Hale")
    visitor.go(address)
    visitor.follow("Change this page")
    card = page.locator(".digest-card", has_text="Name somebody")
    card.get_by_role("button", name="Leave it out").click()
    assert page.locator(".digest-card", has_text="Name somebody").get_by_text("Left out").is_visible()
    assert "Changed since it was published" in page.inner_text("main")
    visitor.press("Preview")
    visitor.press("Go on: publish the changes")
    page.get_by_label("What you changed").fill("One line fewer.")
    visitor.press("Publish the changes now")
    assert "New in version 2:" in page.inner_text("main")


def test_the_page_for_schools_that_the_demonstration_begins_with(visitor: Visitor) -> None:
    visitor.be("Marcus Hale")
    visitor.go("/digests/")
    visitor.follow("Safer schools in Fairhaven 2026: what changed")
    visitor.page.wait_for_url(re.compile(r"/digests/[0-9a-f-]{36}/$"))
    assert visitor.page.get_by_role("link", name=re.compile("^Name two key adults")).first.is_visible()
    visitor.finds_nothing()
    visitor.picture("digest-for-schools")
