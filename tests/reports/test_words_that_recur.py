"""What recurs in the words of many schools: counted by schools, in the longest words that most of them share."""

import pytest
import time_machine

from haven.audits.models import Cycle
from haven.questions.models import Answer
from haven.reports.rules.phrases import Written, recurring
from tests.audits.asked import opened
from tests.audits.many import ALL_MET, returned, schools
from tests.cast import NOW, Cast


def told(*texts: str, fewest: int = 2, most: int = 20) -> dict[str, int]:
    """Words and the number of schools, where each text is another school's."""
    written = [Written(f"school {number}", "2.1", text) for number, text in enumerate(texts)]
    return {each.words: each.schools for each in recurring(written, fewest, most)}


def test_a_phrase_is_told_in_its_longest_form_and_without_the_words_in_it() -> None:
    assert told("Agency staff are missing.", "We have gaps for agency staff.") == {"agency staff": 2}


def test_singular_and_plural_are_one_and_the_commoner_is_shown() -> None:
    assert told("One regular visitor.", "Our regular visitors.", "Regular visitors again.") == {"regular visitors": 3}


def test_a_school_counts_once_however_often_it_says_it() -> None:
    written = [Written("one", place, "The supplier again.") for place in ("1.1", "1.2", "1.3")]
    assert recurring(written, 2, 20) == []
    assert recurring(written, 1, 20)[0].where == (("one", "1.1"), ("one", "1.2"), ("one", "1.3"))


def test_words_that_say_nothing_neither_begin_nor_end_a_phrase_and_no_phrase_crosses_a_stop() -> None:
    assert told("It was the record of visits.", "There is no record of visits.") == {"record of visits": 2}
    assert told("It was the supplier. Filtering is next.", "It was the supplier. Filtering is next.") == {
        "filtering": 2,
        "supplier": 2,
    }


def test_a_word_that_most_use_without_the_phrase_stands_for_itself() -> None:
    texts = ["The filtering report.", "The filtering report.", *["Filtering."] * 4]
    assert told(*texts) == {"filtering": 6, "filtering report": 2}


def test_those_of_most_schools_come_first_and_no_more_than_wanted() -> None:
    texts = ["Midday supervisors.", "Midday supervisors.", "Midday supervisors; volunteers.", "Volunteers."]
    assert list(told(*texts)) == ["midday supervisors", "volunteers"]
    assert told(*texts, most=1) == {"midday supervisors": 3}


def _lacking(cycle: Cycle, cast: Cast, number: int, words: str, first: int = 0) -> None:
    of = returned(cycle, schools(cast, number, first=first), ALL_MET | {"policy-read": "red"})
    Answer.objects.filter(sheet__in=[each.sheet_id for each in of], question="policy-read").update(words=words)


@pytest.mark.django_db
@time_machine.travel(NOW, tick=False)
def test_the_page_shows_what_five_schools_write_and_leads_to_their_answers(cast: Cast) -> None:
    cycle = opened(cast)
    _lacking(cycle, cast, 5, "Midday supervisors come next.")
    _lacking(cycle, cast, 4, "The supplier is late.", first=5)
    page = cast.client("marcus").get(f"/audits/cycles/{cycle.pk}/themes/")
    shown = page.content.decode()
    assert [(each.words, each.schools) for each in page.context["seen"].words] == [("midday supervisors", 5)]
    assert "midday supervisors" in shown
    assert "supplier" not in shown, "four schools are too few"
    place = page.context["seen"].words[0].places[0]
    assert f"/audits/{place.return_id}/read/{place.section}/#q-policy-read" in shown
    assert len(page.context["seen"].words[0].places) == 5


@pytest.mark.django_db
@time_machine.travel(NOW, tick=False)
def test_words_beside_what_is_in_place_are_left_out(cast: Cast) -> None:
    cycle = opened(cast)
    returned(cycle, schools(cast, 6))
    assert cast.client("marcus").get(f"/audits/cycles/{cycle.pk}/themes/").context["seen"].words == []
