"""A school reads: from who must, to who has, to a new edition whose short annex is gone."""

from playwright.sync_api import expect

from tests.browser.visitor import Visitor

TITLE = "Fairhaven guide to trips"
FIRST = """# Fairhaven guide to trips

## Part one: For everybody

1. Everybody who goes on a trip must know who leads it.

2. Staff should ring the school at once when a child is missing.

## Annex A: In short

3. Know who leads the trip. Ring the school.

## Annex B: Boats

4. A child must wear a life jacket on a boat.
"""
SECOND = """# Fairhaven guide to trips

## Part one: For everybody

1. Everybody who goes on a trip must know who leads it.

2. Staff must ring the police and the school at once when a child is missing.

## Annex A: Boats

3. A child must wear a life jacket on a boat.
"""
"""The short annex is gone, and the one on boats took its letter."""
SHORT, BOATS = "Annex A: In short", "Annex B: Boats"


def _edition(visitor: Visitor, label: str, day: str, text: str) -> None:
    page = visitor.page
    page.get_by_label("Edition", exact=True).fill(label)
    for number, part in enumerate(day.split()):
        page.locator(f"#id_in_force_on_{number}").fill(part)
    visitor.press("Go on: the file")
    file = {"name": f"trips-{label}.md", "mimeType": "text/markdown", "buffer": text.encode()}
    page.locator("input[type=file]").set_input_files(files=[file])
    visitor.press("Read it")


def _keep_both_editions(visitor: Visitor, title: str) -> None:
    page = visitor.page
    visitor.be("Marcus Hale")
    visitor.go("/guidance/new/")
    page.get_by_label("Title").fill(title)
    page.get_by_label("Published by").fill("Fairhaven Council")
    page.get_by_label("Local procedure").check()
    visitor.press("Go on: its edition")
    _edition(visitor, "First", "1 9 2024", FIRST.replace(TITLE, title))
    page.get_by_role("link", name=title).first.click()
    visitor.follow("Add an edition")
    _edition(visitor, "Second", "1 9 2025", SECOND.replace(TITLE, title))


def _to_school(visitor: Visitor, name: str) -> None:
    visitor.be(name)
    visitor.go("/reading/")
    visitor.follow("Who reads what, and who has signed")


def _of(visitor: Visitor, title: str, link: str) -> None:
    """Follow a link of one document on the school's page."""
    visitor.page.locator(".readings-line", has_text=title).get_by_role("link", name=link).click()


def _set_and_send(visitor: Visitor, title: str) -> None:
    page = visitor.page
    _to_school(visitor, "Priya Nair")
    visitor.follow("Set who reads another document")
    page.get_by_label("Edition").select_option(label=f"{title}: First")
    visitor.press("Go on: who reads which part")
    for kind, part in (
        ("Works directly with children", "Part one: For everybody"),
        ("Works directly with children", BOATS),
        ("Does not work directly with children", SHORT),
    ):
        page.get_by_label(f"{kind} must read {part}").check()
    visitor.finds_nothing()
    visitor.press("Set it")
    _of(visitor, title, "Ask everybody to read it")
    visitor.press("Send it")


def _read_on_a_phone(visitor: Visitor) -> None:
    """Kezia reads on her telephone, and signs at the end of the text."""
    page = visitor.page
    visitor.be("Kezia Marlow")
    page.set_viewport_size({"width": 390, "height": 800})
    visitor.follow("parts of guidance to read and sign")
    page.get_by_role("link", name="Part one: For everybody").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Part one: For everybody")
    visitor.finds_nothing()
    visitor.press("Sign")
    expect(page.get_by_role("alert")).to_contain_text("Tick the box")
    page.get_by_label("I have read and understood").check()
    visitor.press("Sign")
    expect(page.get_by_text("Signed. Thank you.")).to_be_visible()
    card = page.locator(".readings-card", has_text=BOATS)
    card.get_by_role("link", name="I have read it elsewhere").click()
    page.get_by_label("On paper or elsewhere").check()
    page.get_by_label("I have read and understood").check()
    visitor.press("Sign")


def _move(visitor: Visitor, title: str) -> None:
    """Nobody's annex is lost: the school says what those read who read the one that is gone."""
    page = visitor.page
    _to_school(visitor, "Priya Nair")
    _of(visitor, title, "Move to Second")
    expect(page.locator("main")).to_contain_text("Second has no such part.")
    expect(page.locator("main")).to_contain_text("it looks like the same part, renamed")
    visitor.finds_nothing()
    visitor.press("Move")
    expect(page.get_by_role("alert")).to_contain_text(f"Choose what those who read “{SHORT}” read now")
    page.get_by_label(f"What do those who read “{SHORT}” read now?").select_option(label="Part one: For everybody")
    page.get_by_label(f"What do those who read “{BOATS}” read now?").select_option(label="Annex A: Boats")
    visitor.press("Move")
    expect(page.locator("main")).to_contain_text(f"Those who read “{SHORT}” before now read “Part one: For everybody”")
    visitor.follow("Reading in your school")
    _of(visitor, title, "Ask everybody to read it")
    expect(page.locator("main")).to_contain_text("1 signature carries over")
    visitor.press("Send it")


def _read_only_what_changed(visitor: Visitor) -> None:
    page = visitor.page
    visitor.be("Kezia Marlow")
    visitor.go("/reading/")
    expect(page.get_by_text("You signed the same words in an earlier edition")).to_be_visible()
    visitor.press("Read what changed")
    expect(page.locator("ins", has_text="police")).to_be_visible()
    expect(page.locator("del", has_text="should")).to_be_visible()
    visitor.finds_nothing()
    page.get_by_label("I have read and understood").check()
    visitor.press("Sign")
    expect(page.get_by_text("Signed. Thank you.")).to_be_visible()


def test_a_new_edition_without_its_short_annex(visitor: Visitor) -> None:
    _keep_both_editions(visitor, TITLE)
    _set_and_send(visitor, TITLE)
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Who has read and signed")
    _read_on_a_phone(visitor)
    _move(visitor, TITLE)
    _to_school(visitor, "Tom Whitlock")
    _of(visitor, TITLE, "Who has signed")
    visitor.press("Remind those who have not signed")
    expect(visitor.page.locator("main")).to_contain_text("Reminded: 1 person")
    _read_only_what_changed(visitor)
    assert [said for said in visitor.complaints if "422" not in said] == []
    visitor.complaints.clear()  # a browser complains of every form that comes back


def test_without_javascript_she_goes_on_where_she_was_and_signs(plain_visitor: Visitor) -> None:
    page = plain_visitor.page
    plain_visitor.be("Kezia Marlow")
    plain_visitor.go("/reading/")
    plain_visitor.press("Go on reading")
    far = page.locator(".readings-far label").inner_text()
    plain_visitor.press("Go on")
    assert page.locator(".readings-far label").inner_text() != far
    kept = page.locator(".readings-far label").inner_text()
    plain_visitor.go("/reading/")
    plain_visitor.press("Go on reading")
    assert page.locator(".readings-far label").inner_text() == kept
    while page.get_by_role("button", name="Go on", exact=True).count():
        plain_visitor.press("Go on")
    page.get_by_label("I have read and understood").check()
    plain_visitor.press("Sign")
    expect(page.get_by_text("Signed. Thank you.")).to_be_visible()


def test_axe_finds_nothing_on_what_a_lead_looks_after(visitor: Visitor) -> None:
    _to_school(visitor, "Priya Nair")
    school = visitor.page.url.removeprefix(visitor.site)
    for path in ("", "staff/", "staff/add/", "editions/"):
        visitor.go(f"{school}{path}")
        visitor.finds_nothing()


def test_the_picture_of_a_school_its_people_and_its_sheet(visitor: Visitor) -> None:
    page = visitor.page
    _to_school(visitor, "Priya Nair")
    _of(visitor, "Safer schools in Fairhaven", "Who has signed")
    picture = page.url.removeprefix(visitor.site)
    visitor.finds_nothing()
    visitor.picture("who-has-read")
    page.emulate_media(media="print")
    expect(page.get_by_role("button")).to_have_count(0)
    page.emulate_media(media="screen")
    visitor.follow("Print or record a sheet of signatures")
    visitor.finds_nothing()
    expect(page.locator(".readings-paper")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".readings-paper")).to_be_visible()
    page.emulate_media(media="screen")
    visitor.go(f"{picture}?is_waiting=on")
    page.locator(".readings-heat a").first.click()
    visitor.finds_nothing()


def test_the_areas_leads_see_how_many_and_nobody(visitor: Visitor) -> None:
    visitor.be("Marcus Hale")
    visitor.go("/reading/counts/")
    visitor.finds_nothing()
    expect(visitor.page.locator("main")).to_contain_text("Oakfield Primary School")
    expect(visitor.page.locator("main")).not_to_contain_text("Priya")
