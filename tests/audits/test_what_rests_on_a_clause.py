"""Questions of open audits hang on the clauses that they rest on, and lead to them."""

from datetime import date, timedelta
from typing import Any

import pytest

from haven.audits.models import Cycle, Return
from haven.audits.queries.law import digests_of, law_addresses
from haven.audits.queries.strands import questions_on
from haven.guidance.models import Clause, Document, Edition, digest_of
from haven.questions.rules.outline import Law
from tests.audits.asked import begun, opened
from tests.cast import NOW, TODAY, Cast
from tests.questions.template import content, released

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW, tick=False)]
NATIONAL = "keeping-children-safe-in-education"


def guidance() -> Document:
    """National guidance in two editions, each with two numbered paragraphs."""
    document = Document.objects.create(
        key=NATIONAL, title="Keeping safe", publisher="A department", standing="statutory", pack="p", pack_version=1
    )
    for year in (2024, 2025):
        edition = Edition.objects.create(
            document=document, label=f"September {year}", in_force_on=date(year, 9, 1), clause_count=2
        )
        for place, number in enumerate(("80", "81."), start=1):
            words = f"words of {number} in {year}"
            Clause.objects.create(edition=edition, place=place, number=number, text=words, key=words, kind="paragraph")
    return document


def resting(*law: dict[str, str]) -> list[dict[str, Any]]:
    """The small template, its first question resting on this."""
    parts = content()["parts"]
    parts[0]["sections"][0]["questions"][0]["law"] = list(law)
    return parts


def asked(cast: Cast) -> Cycle:
    """A cycle whose first question rests on paragraph 81, its second on the whole document."""
    parts = resting({"document": NATIONAL, "place": "81", "says": "KCSIE 2025, paragraph 81"})
    parts[0]["sections"][0]["questions"][1]["law"] = [{"document": NATIONAL, "says": "KCSIE"}]
    return opened(cast, released(parts=parts))


def paragraph(label: str = "September 2025") -> Clause:
    return Clause.objects.select_related("edition").get(edition__label=label, place=2)


def test_a_paragraph_leads_into_the_edition_of_the_year_that_is_named() -> None:
    document = guidance()
    named, other = Law("KCSIE 2024, paragraph 81", NATIONAL, "81"), Law("Paragraph 81", NATIONAL, "81")
    whole, nowhere = Law("KCSIE", NATIONAL), Law("Education Act 2002")
    strange = Law("KCSIE 2019, paragraph 81", NATIONAL, "81")
    found = law_addresses(laws=[named, other, whole, nowhere, strange], on=TODAY)
    assert found == {
        named: f"/guidance/editions/{paragraph('September 2024').edition_id}/clauses/2/thread/",
        other: f"/guidance/editions/{paragraph().edition_id}/clauses/2/thread/",
        whole: f"/guidance/{document.pk}/",
        strange: f"/guidance/{document.pk}/",
    }
    assert set(digests_of(laws=[named, whole, strange], on=TODAY)) == {named}


def test_a_lead_sees_the_questions_of_her_open_cycles_on_a_clause_and_on_the_document(cast: Cast) -> None:
    document, cycle = guidance(), asked(cast)
    words = digest_of(paragraph())
    found = questions_on(document, [words, ""], cast.actor("marcus"), TODAY)
    assert [strand.title for strand in found[words]] == ["1.1 A lead is named."]
    assert found[words][0].address == f"/audits/cycles/{cycle.pk}/questions/lead-named/"
    assert [strand.title for strand in found[""]] == ["1.2 When was the lead last trained?"]


def test_a_school_is_led_to_the_question_in_its_own_return(cast: Cast) -> None:
    document, cycle = guidance(), asked(cast)
    words = digest_of(paragraph())
    before = questions_on(document, [words], cast.actor("priya"), TODAY)
    of = begun(cast, cycle)
    after = questions_on(document, [words], cast.actor("priya"), TODAY)
    assert before[words][0].address == f"/audits/{of.pk}/"
    assert after[words][0].address == f"/audits/{of.pk}/sections/leads/#q-lead-named"


@pytest.mark.parametrize("name", ["sam", "bell", "nadia"])
def test_whoever_is_asked_nothing_sees_nothing(cast: Cast, name: str) -> None:
    document, _ = guidance(), asked(cast)
    assert questions_on(document, [digest_of(paragraph()), ""], cast.actor(name), TODAY) == {}


def test_a_closed_cycle_hangs_on_nothing_any_more(cast: Cast) -> None:
    document, cycle = guidance(), asked(cast)
    Cycle.objects.filter(pk=cycle.pk).update(standing="closed", closed_at=NOW - timedelta(days=1))
    assert questions_on(document, [""], cast.actor("priya"), TODAY) == {}
    assert Return.objects.filter(cycle=cycle).exists()


def test_the_section_links_its_law_where_haven_has_the_words(cast: Cast) -> None:
    guidance()
    of = begun(cast, asked(cast))
    page = cast.client("priya").get(f"/audits/{of.pk}/sections/leads/").content.decode()
    assert f"/guidance/editions/{paragraph().edition_id}/clauses/2/thread/" in page
