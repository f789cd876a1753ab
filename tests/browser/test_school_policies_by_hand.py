"""School policies in a browser: guidance has changed, so a policy is reviewed, and a governor approves the outcome."""

from tests.browser.visitor import Visitor

TEXT = b"We ring the MASH on the same day and send the form within 24 hours."


def _open(visitor: Visitor, title: str) -> None:
    visitor.go("/policies/")
    visitor.follow(title)


def _give(visitor: Visitor, label: str) -> None:
    visitor.page.get_by_label("What this version is called").fill(label)
    file = {"name": "policy.txt", "mimeType": "text/plain", "buffer": TEXT}
    visitor.page.locator("input[type=file]").set_input_files(files=[file])
    visitor.press("Keep it as a draft")


def test_guidance_changed_under_a_policy_and_it_is_reviewed_and_approved(visitor: Visitor) -> None:
    page = visitor.page
    visitor.be("Priya Nair")
    visitor.go("/policies/")
    visitor.finds_nothing()
    visitor.picture("school-policies")
    visitor.follow("Child protection policy")
    assert page.locator("ins").all_inner_texts() != []
    visitor.finds_nothing()
    visitor.picture("guidance-changed-under-a-policy")
    visitor.follow("Start a review")
    visitor.finds_nothing()
    page.get_by_label("Why it is reviewed now").fill("The form must follow within 24 hours.")
    visitor.press("Start the review")
    assert "Under review" in page.inner_text("main")
    visitor.press("Checked: still right")
    assert "Guidance has changed" not in page.inner_text("main")
    visitor.follow("Give a new version")
    visitor.finds_nothing()
    _give(visitor, "With the 24 hours")
    visitor.press("Send for approval")
    visitor.finds_nothing()
    visitor.be("Ruth Okafor")
    visitor.go("/policies/")
    assert "A version waits for your approval" in page.inner_text("main")
    visitor.follow("Child protection policy")
    visitor.press("Read and approve")
    visitor.finds_nothing()
    visitor.press("I approve this version")
    said = page.inner_text("main")
    assert "Approved. It is the version your school goes by." in said
    assert "by Ruth Okafor, Safeguarding governor" in said
    visitor.be("Priya Nair")
    visitor.go("/actions/?group=done")
    visitor.follow("Review the policy “Child protection policy”")
    assert "With the 24 hours, approved on" in page.inner_text("main")
    visitor.finds_nothing()


def test_a_policy_is_linked_to_a_clause_and_back_without_javascript(plain_visitor: Visitor) -> None:
    page = plain_visitor.page
    plain_visitor.be("Priya Nair")
    _open(plain_visitor, "Whistleblowing policy")
    plain_visitor.follow("Link it to guidance")
    page.get_by_label("Document").select_option(label="Safer schools in Fairhaven: local safeguarding procedures")
    page.get_by_label("Words of the clause, or its number").fill("whistleblowing")
    plain_visitor.press("Find")
    plain_visitor.press("Link this clause")
    assert "The same words stand in 2026" in page.inner_text("main")
    page.locator("#rests + ul a").first.click()
    assert "Whistleblowing policy" in page.inner_text("main")
    plain_visitor.follow("Link one of your policies to it")
    page.get_by_label("Behaviour policy").check()
    plain_visitor.press("Link it")
    assert "Linked." in page.inner_text("main")
    plain_visitor.press("Take this link off")
    assert "Taken off." in page.inner_text("main")


def test_a_school_sets_an_action_for_itself_and_the_lead_sees_the_lines_of_registers(visitor: Visitor) -> None:
    page = visitor.page
    visitor.be("Grace Adeyemi")
    visitor.go("/actions/set/")
    visitor.finds_nothing()
    page.get_by_label("What must be done").fill("Check the visitor book")
    visitor.press("Set it")
    assert "Set. It stands on your list." in page.inner_text("main")
    visitor.finds_nothing()
    visitor.go("/policies/")
    visitor.follow("Add the usual ones you do not have yet")
    visitor.finds_nothing()
    visitor.press("Add these")
    visitor.go("/policies/new/")
    visitor.finds_nothing()
    _open(visitor, "Safeguarding and child protection policy")
    visitor.follow("Link it to guidance")
    page.get_by_label("Document").select_option(label="Safer schools in Fairhaven: local safeguarding procedures")
    page.get_by_label("Words of the clause, or its number").fill("referral")
    visitor.press("Find")
    assert page.get_by_role("button", name="Link this clause").count() > 1
    visitor.finds_nothing()
    visitor.be("Marcus Hale")
    visitor.go("/actions/overview/")
    assert "Check the visitor book" not in page.inner_text("main")
    visitor.go("/policies/")
    visitor.finds_nothing()
    visitor.picture("school-policies-of-an-area")
    visitor.follow("Ashdown Academy")
    visitor.finds_nothing()
    assert "Download" not in page.inner_text("main")
