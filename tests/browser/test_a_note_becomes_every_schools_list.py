"""The lead uploads a note, checks it and publishes; a school closes an action with a file; the lead sees it."""

import re
from datetime import date

from playwright.sync_api import expect

from tests.browser.note import written
from tests.browser.visitor import Visitor

AUDIT = re.compile("return the attached action plan")


def test_a_note_becomes_every_schools_list(visitor: Visitor) -> None:
    page = visitor.page
    visitor.be("Marcus Hale")
    visitor.picture("home-of-a-lead")
    visitor.press("Read a note")
    note = {"name": "cluster.txt", "mimeType": "text/plain", "buffer": written(date.today()).encode()}
    page.get_by_label("A file").set_input_files(note)
    visitor.press("Read it")

    expect(page.get_by_role("heading", level=1)).to_contain_text("Cluster Meetings")
    expect(page.locator("mark", has_text="07700 900111").first).to_be_visible()
    visitor.picture("check-a-note")
    visitor.finds_nothing()
    _accept_everything(visitor)
    visitor.press("Go on: say who it is for")
    visitor.finds_nothing()
    page.get_by_label("All schools").check()
    visitor.press("Save and preview")
    expect(page.get_by_text("this is what they will get")).to_be_visible()
    visitor.finds_nothing()
    visitor.follow("Governors")
    expect(page.get_by_text("this is what governors there will see")).to_be_visible()
    visitor.finds_nothing()
    visitor.press("Publish it now")
    visitor.picture("published-bulletin")
    visitor.finds_nothing()
    published = page.url
    page.go_back()
    expect(page).to_have_url(published)

    visitor.be("Priya Nair")
    visitor.picture("home-of-a-school")
    visitor.go("/actions/")
    visitor.picture("actions-of-a-school")
    page.get_by_role("link", name=AUDIT).first.click()
    expect(page.locator(".haven-words")).to_contain_text("Please complete it online")
    visitor.picture("close-an-action")
    page.get_by_label("What was done").fill("Done, and signed by our chair.")
    plan = {"name": "plan.txt", "mimeType": "text/plain", "buffer": b"Our action plan."}
    page.get_by_label("A file").set_input_files(plan)
    visitor.press("Mark as done")
    expect(page.locator("main")).to_contain_text("plan.txt")
    visitor.finds_nothing()
    page.locator(".haven-words").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Cluster Meetings")

    visitor.be("Marcus Hale")
    visitor.go("/actions/overview/")
    visitor.picture("who-has-acted")
    page.get_by_role("link", name=AUDIT).first.click()
    expect(page.get_by_role("heading", name="Not answered (95)")).to_be_visible()
    expect(page.get_by_role("heading", name="Answered (1)")).to_be_visible()
    visitor.press("Remind exactly these")
    expect(page.get_by_role("alert").or_(page.locator(".govuk-notification-banner")).first).to_contain_text("95")
    expect(page.get_by_text("All of these were reminded on")).to_be_visible()
    visitor.finds_nothing()


def test_the_same_is_done_without_javascript(plain_visitor: Visitor) -> None:
    visitor, page = plain_visitor, plain_visitor.page
    visitor.be("Marcus Hale")
    visitor.go("/bulletins/new/")
    words = written(date.today()).replace("attached action plan", "signed checklist")
    page.get_by_label("words").fill(words)
    visitor.press("Read it")
    _accept_everything(visitor)
    visitor.press("Go on: say who it is for")
    page.get_by_label("All schools").check()
    visitor.press("Save and preview")
    visitor.press("Publish it now")
    visitor.be("Grace Adeyemi")
    visitor.go("/actions/")
    page.get_by_role("link", name=re.compile("return the signed checklist")).first.click()
    page.get_by_label("What was done").fill("Done.")
    page.get_by_label("A file").set_input_files({"name": "p.txt", "mimeType": "text/plain", "buffer": b"Plan."})
    visitor.press("Mark as done")
    expect(page.locator("main")).to_contain_text("p.txt")


def _accept_everything(visitor: Visitor) -> None:
    sure = visitor.page.get_by_role("button", name=re.compile("^Accept all|^Accept the sure one"))
    if sure.count():
        sure.first.click()
    accept = visitor.page.get_by_role("button", name=re.compile("^Accept"))
    for _ in range(40):
        if not accept.count():
            return
        accept.first.click()
        visitor.page.wait_for_load_state()
    raise AssertionError("something could not be accepted")
