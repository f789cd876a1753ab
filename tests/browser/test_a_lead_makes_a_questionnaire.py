"""A lead enters a section of a real outline by clicks alone, tries it as a school, and releases it."""

import re

from tests.browser.visitor import Visitor

TITLE = "Safeguarding audit from one to four"
LEVELS = (
    ("1: Embedded", "In place", "It is so everywhere, and looked at every year."),
    ("2: In place", "In place", "It is so."),
    ("3: Begun", "Partly in place", "It is so in part, or new."),
    ("4: Not begun", "Not in place", "It is not so yet."),
)
COPY = "Online safety in Fairhaven"
PASTED = """The safeguarding lead has the time that the role needs.
A deputy stands in when the lead is away.
The governing body knows who leads.
"""


def _scale(visitor: Visitor) -> None:
    page = visitor.page
    visitor.follow("Add a scale")
    page.get_by_label("Name of the scale").fill("one is best")
    for number, (label, worth, means) in enumerate(LEVELS):
        group = page.get_by_role("group", name=f"Level {number + 1}")
        group.get_by_label("As it is printed").fill(label)
        group.get_by_label("What it is worth").select_option(label=worth)
        group.get_by_label("What it means").fill(means)
    visitor.finds_nothing()
    visitor.picture("a-scale-of-your-own")
    visitor.press("Save")


def _section(visitor: Visitor) -> None:
    page = visitor.page
    visitor.press("Add a part")
    page.get_by_label("Title").fill("Part two: managing safeguarding")
    visitor.press("Save")
    visitor.follow("Add a section")
    page.get_by_label("Title").fill("Key roles")
    visitor.press("Add this section")
    visitor.follow("Paste several")
    page.get_by_label("Questions, one on each line").fill(PASTED)
    page.get_by_label("How they are answered").select_option(value="scale:one-is-best")
    visitor.finds_nothing()
    visitor.press("Add these questions")


def _one_that_hangs_on_another(visitor: Visitor) -> None:
    page = visitor.page
    visitor.follow("Add a question")
    visitor.finds_nothing()
    page.get_by_label("Words", exact=True).check()
    visitor.press("Go on")
    page.get_by_label("Question, or statement to be judged").fill("Who stands in at night, where children stay?")
    page.get_by_label("Number").fill("2a.4")
    visitor.press("Add this question")
    visitor.follow("Who stands in at night")
    page.locator("a", has_text=re.compile("^Change.*when it is shown")).click()
    page.get_by_label("Show it only for some answers to").select_option(index=1)
    visitor.press("Choose its answers")
    visitor.finds_nothing()
    for label in ("1: Embedded", "2: In place"):
        page.get_by_label(label).check()
    visitor.press("Save")
    visitor.finds_nothing()
    page.locator("a", has_text=re.compile("^Change.*what it rests on")).click()
    page.get_by_label("In words").first.fill("Education Act 2002, section 175(2)")
    visitor.finds_nothing()
    visitor.press("Save")
    visitor.follow("The draft")


def test_a_section_of_a_real_outline_is_entered_tried_and_released(visitor: Visitor) -> None:
    page = visitor.page
    visitor.be("Marcus Hale")
    visitor.go("/questionnaires/")
    visitor.finds_nothing()
    visitor.press("Make one from nothing")
    visitor.finds_nothing()
    page.get_by_label("Title").fill(TITLE)
    page.get_by_label("What its first version is called").fill("2026–27")
    page.get_by_label("Yearly audit").check()
    visitor.press("Begin")
    _scale(visitor)
    _section(visitor)
    _one_that_hangs_on_another(visitor)
    page.locator("button", has_text=re.compile("^Take out.*question 1.3$")).click()
    assert "Question 1.3 taken out" in page.inner_text("main")
    visitor.press("Undo it")
    assert "Undone." in page.inner_text("main")
    visitor.finds_nothing()
    page.reload()  # without the word that it was undone
    visitor.picture("a-questionnaire-in-the-making")
    visitor.press("Try it as a school")
    page.get_by_label("School", exact=True).select_option(label="Oakfield Primary School")
    visitor.press("Show what it is asked")
    assert "Oakfield Primary School is asked 3 of 4 questions" in page.inner_text("main")
    page.get_by_label("1: Embedded").nth(1).check()
    visitor.press("Show what this changes")
    assert "Who stands in at night" in page.inner_text("main")
    visitor.finds_nothing()
    visitor.picture("a-questionnaire-tried-as-a-school")
    visitor.follow("The draft")
    visitor.press("Look through it and release it")
    visitor.finds_nothing()
    visitor.press("Release it")
    assert "Released. It can be used now, and never changes again." in page.inner_text("main")
    visitor.finds_nothing()


def test_a_shipped_questionnaire_is_copied_changed_and_compared(visitor: Visitor) -> None:
    page = visitor.page
    visitor.be("Marcus Hale")
    visitor.go("/questionnaires/")
    page.locator("a", has_text=re.compile("^Copy it to change it.*Online safety")).click()
    page.get_by_label("What you call it").fill(COPY)
    visitor.finds_nothing()
    visitor.press("Copy it")
    page.locator("a", has_text=re.compile("^Change.*section")).first.click()
    visitor.finds_nothing()
    page.get_by_label("About it").fill("Ask the technician.")
    visitor.press("Save")
    page.locator(".making-words a").first.click()
    page.get_by_label("Question, or statement to be judged").fill("Somebody in the school leads on online safety.")
    visitor.finds_nothing()
    visitor.press("Save")
    visitor.follow("Earlier states")
    visitor.finds_nothing()
    visitor.follow("The draft")
    visitor.follow("What differs from what it was copied from")
    assert page.locator("ins").count() > 0
    visitor.finds_nothing()
    visitor.go("/questionnaires/bring-in/")
    file = {"name": "ours.yaml", "mimeType": "text/yaml", "buffer": b"format: haven-questions/1\nid: Ours\n"}
    page.locator("input[type=file]").set_input_files(files=[file])
    visitor.press("Bring it in")
    assert "line 2: The id “Ours” may have only small letters" in page.inner_text("main")
    visitor.finds_nothing()
    assert [said for said in visitor.complaints if "422" not in said] == []
    visitor.complaints.clear()  # a browser complains of every form that is sent back
