"""A whole audit in a browser: a council asks, a school answers, three of it sign, the council answers back."""

import re
from datetime import date, timedelta

from playwright.sync_api import Locator, Page, expect

from tests.browser.visitor import Visitor

TITLE = "Online safety, looked at together"
TYPED = {"": "4", ".name": "Priya Nair", ".role": "Lead", ".day": "1", ".month": "9", ".year": "2026"}
SAVED = re.compile("Saved at|saved as you go")
FEEDBACK = "Thank you. Please tell us in March how far the check of filtering is."


def test_a_lead_asks_a_school_answers_three_sign_and_the_council_answers_back(visitor: Visitor) -> None:
    page = visitor.page
    visitor.be("Marcus Hale")
    _asks(visitor)
    visitor.be("Priya Nair")
    where = _answers(visitor)
    _plans(visitor, where)
    _signs(visitor, where, "Sign")
    visitor.be("Tom Whitlock")
    _signs(visitor, where, "Sign")
    visitor.be("Ruth Okafor")
    _signs(visitor, where, "Sign and send")
    expect(page.locator("h1")).to_have_text("Receipt")
    visitor.finds_nothing()
    _copies(page)
    visitor.be("Marcus Hale")
    _reads_and_answers(visitor, where)
    visitor.be("Priya Nair")
    visitor.go(f"{where}feedback/")
    expect(page.locator("main")).to_contain_text(FEEDBACK)
    expect(page.locator("main")).to_contain_text("Marcus Hale")
    visitor.finds_nothing()
    _lives_on(visitor, where)


def _asks(visitor: Visitor) -> None:
    """Prepare a topic audit for Oakfield, look at it, open it."""
    page = visitor.page
    visitor.go("/audits/cycles/new/")
    visitor.finds_nothing()
    chosen = page.locator("select[name=version]")
    chosen.select_option(label=_option(chosen, "online safety"))
    page.get_by_label("Title").fill(TITLE)
    page.get_by_label("Some of them").check()
    page.locator("summary", has_text="Some schools").click()
    page.get_by_label("Schools by name").fill("Oakfield Primary School")
    for name, ahead in (("opens_on", 0), ("first_due_on", 20), ("final_due_on", 40)):
        _day(page, name, date.today() + timedelta(days=ahead))
    visitor.press("Go on: look at it")
    expect(page.locator("main")).to_contain_text("1 school")
    visitor.finds_nothing()
    visitor.press("Open it for these schools")
    expect(page.locator("h1")).to_contain_text(TITLE)


def _answers(visitor: Visitor) -> str:
    """Answer every question, the first of them as not in place; and say where the return is."""
    page = visitor.page
    visitor.go("/audits/")
    visitor.follow(TITLE)
    visitor.press("Begin")
    where = page.url.removeprefix(visitor.site)
    with page.expect_navigation():
        page.locator(".govuk-task-list a").first.click()
    is_first = True
    while True:
        is_first = _answer_all(page, is_first=is_first)
        _answer_what_comes_up(page)
        expect(page.locator("[data-status]")).to_have_text(SAVED)
        onward = page.get_by_role("button", name=re.compile("Save and go"))
        is_last = "overview" in onward.inner_text()
        with page.expect_navigation():
            onward.click()
        if is_last:
            break
    visitor.go(where)
    return where


def _answer_all(page: Page, *, is_first: bool) -> bool:
    """Answer what is asked and not answered; whether the one that is not in place is still to come."""
    boxes = page.locator("[data-question]:not([hidden])").filter(has_text=re.compile("To answer|You may leave it out"))
    for key in boxes.evaluate_all("boxes => boxes.map(box => box.dataset.question)"):
        is_first = not _answer(page, str(key), is_worst=is_first) and is_first
    return is_first


def _answer_what_comes_up(page: Page) -> None:
    """Each answer is saved a moment after it was given, and may bring up another question: until none is open."""
    still = page.locator("[data-question]:not([hidden])").filter(has_text="To answer")
    for _ in range(100):
        if not still.count():
            return
        _answer_all(page, is_first=False)
        page.wait_for_timeout(200)
    expect(still).to_have_count(0)


def _answer(page: Page, key: str, *, is_worst: bool) -> bool:
    """Answer one question; whether it was answered as not in place."""
    box = page.locator(f"#q-{key}")
    if not box.is_visible() or box.locator("input[type=radio]:checked").count():
        return False
    choices = box.locator("input[type=radio]")
    if not choices.count():
        for part, value in TYPED.items():
            field = box.locator(f"input[name='{key}{part}']")
            if field.count() and field.input_value() != value:
                field.fill(value)
        return False
    if not is_worst or not box.locator("[data-lacking]").count():
        choices.first.check()
        return False
    box.locator("[data-lacking]").last.check()
    words = box.locator(f"[name='{key}.words']")
    expect(words).to_be_visible()
    words.fill("The supplier has promised a report. We check it ourselves from January.")
    by_on = date.today() + timedelta(days=60)
    for part, value in (("day", by_on.day), ("month", by_on.month), ("year", by_on.year)):
        box.locator(f"[name='{key}.by.{part}']").fill(str(value))
    page.locator("h1").click()
    return True


def _plans(visitor: Visitor, where: str) -> None:
    """The plan has written itself: say who leads on it."""
    page = visitor.page
    visitor.go(f"{where}plan/")
    expect(page.locator(".audits-line")).to_have_count(1)
    visitor.finds_nothing()
    page.get_by_label(re.compile("[Ll]ead")).first.fill("Computing lead")
    visitor.press("Save and go on to sign")


def _signs(visitor: Visitor, where: str, button: str) -> None:
    visitor.go(f"{where}sign/")
    expect(visitor.page.locator("#sign")).to_be_visible()
    visitor.finds_nothing()
    visitor.page.locator("#sign").get_by_role("button", name=button, exact=True).click()


def _copies(page: Page) -> None:
    """The school's own copy, at once, in four forms."""
    for kind in ("docx", "pdf", "xlsx", "json"):
        with page.expect_download() as taken:
            page.locator(f"main a[download][href*='{kind}']").first.click()
        assert taken.value.path().stat().st_size > 1000, kind


def _reads_and_answers(visitor: Visitor, where: str) -> None:
    page = visitor.page
    visitor.go(f"{where}read/")
    expect(page.locator("main")).to_contain_text("Priya Nair")
    visitor.finds_nothing()
    visitor.press("Give feedback")
    page.locator("textarea[name=words]").fill(FEEDBACK)
    visitor.press("Sign and give it")
    expect(page.locator("main")).to_contain_text(FEEDBACK)


def _lives_on(visitor: Visitor, where: str) -> None:
    """The line of the plan is an action of the school's own, and leads back to the question."""
    page = visitor.page
    visitor.go(f"{where}plan/")
    page.get_by_role("link", name=re.compile("Mark it done")).first.click()
    expect(page.locator("h1")).to_contain_text("Put in place: ")
    page.locator(f"main a[href*='{where}']").first.click()
    expect(page.locator("main")).to_contain_text("The supplier has promised a report")


def _option(chosen: Locator, words: str) -> str:
    labels = chosen.locator("option").all_inner_texts()
    return next(label for label in labels if words in label.lower())


def _day(page: Page, name: str, day: date) -> None:
    for place, value in enumerate((day.day, day.month, day.year)):
        page.locator(f"[name={name}_{place}]").fill(str(value))


def test_a_lead_sees_where_every_school_is_and_what_they_answered(visitor: Visitor) -> None:
    page = visitor.page
    visitor.be("Marcus Hale")
    visitor.go("/audits/")
    visitor.follow(str(_yearly(page)))
    visitor.finds_nothing()
    visitor.picture("audit-of-an-area")
    where = page.url.removeprefix(visitor.site)
    page.get_by_role("link", name=re.compile(r"^Not started \d")).click()
    remind = page.get_by_role("button", name=re.compile("Remind the .* of these"))
    by_itself = page.get_by_text("All of these that have still to send it were reminded within the last 12 hours.")
    expect(remind.or_(by_itself)).to_be_visible()
    if remind.count():  # at 06:25 Haven reminds by itself: whoever tests across that finds nobody left
        remind.click()
    expect(page.locator("main")).to_contain_text(re.compile("reminded|Reminded"))
    visitor.go(f"{where}picture/")
    visitor.finds_nothing()
    page.get_by_role("heading", name="School by school").evaluate("heading => heading.scrollIntoView()")
    visitor.picture("audit-heat-map")
    visitor.go("/audits/to-read/oldest/")
    visitor.finds_nothing()
    visitor.picture("what-a-school-sent")


def test_most_of_it_is_known_already(visitor: Visitor) -> None:
    page = visitor.page
    visitor.be("Priya Nair")
    visitor.go("/audits/")
    visitor.follow(str(_yearly(page)))
    if page.get_by_role("button", name="Begin").count():
        visitor.press("Begin")
    expect(page.locator("main")).to_contain_text("known to Haven")
    visitor.follow("1. Leadership and governance")
    expect(page.locator("main")).to_contain_text("Known to Haven. Ruth Okafor has been safeguarding governor")
    visitor.picture("answers-that-know-themselves")


def test_a_trusts_lead_answers_once_for_all_of_its_schools(visitor: Visitor) -> None:
    page = visitor.page
    visitor.be("Ola Penn")
    visitor.go("/audits/trust/")
    visitor.finds_nothing()
    visitor.press("Answer for all of your schools")
    visitor.finds_nothing()
    visitor.follow("8. Online safety")
    visitor.finds_nothing()
    page.locator("[data-question] input[type=radio]").first.check()
    page.get_by_role("button", name="Save", exact=True).click()
    visitor.press("Hand out to your schools")
    expect(page.locator("main")).to_contain_text("Handed out")


def _yearly(page: Page) -> str:
    """The name of this year's audit."""
    return page.locator("main a", has_text=re.compile(r"^Safeguarding audit 20")).first.inner_text()
