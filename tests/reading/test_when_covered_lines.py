"""Limits said once for several lines: each line that asks something is a deadline of its own."""

from haven.engines.reading.items import Deadline, Reading
from tests.reading.families import note, page, table

LEAVERS = "Send us the list of your leavers."
KEYS = "Check who holds the keys."


def quotes(reading: Reading) -> list[str]:
    return [item.quote for item in reading.items if isinstance(item, Deadline)]


def test_a_bare_limit_gives_way_to_the_lines_below_it() -> None:
    assert quotes(note(f"By Friday 27 June\n- {LEAVERS}\n- {KEYS}")) == [LEAVERS, KEYS]


def test_a_limit_that_asks_something_itself_is_kept_beside_its_lines() -> None:
    found = quotes(note(f"Please return the audit, with the annex, by Friday 27 June:\n- {LEAVERS}\n- {KEYS}"))
    assert found == ["Please return the audit, with the annex, by Friday 27 June:", LEAVERS, KEYS]


def test_lines_that_ask_nothing_are_not_covered() -> None:
    assert quotes(note(f"By Friday 27 June\n- {LEAVERS}\n- The list of last year is attached.")) == [LEAVERS]


def test_a_line_with_its_own_day_keeps_it() -> None:
    reading = note(f"By Friday 27 June\n- {LEAVERS}\n- Check who holds the keys by 4 July.")
    days = [item.date and item.date.isoformat() for item in reading.items if isinstance(item, Deadline)]
    assert days == ["2025-06-27", "2025-07-04"]


def test_the_list_ends_with_its_last_line() -> None:
    words = f"By Friday 27 June\n- {LEAVERS}\n\nThe panel sits in July.\n\n- {KEYS}"
    assert quotes(note(words)) == [LEAVERS]


def test_points_below_a_point_are_of_that_point() -> None:
    assert quotes(note(f"By Friday 27 June\n- {LEAVERS}\n    * Give first names only.\n- {KEYS}")) == [LEAVERS, KEYS]


def test_the_date_above_is_the_limit_last_named() -> None:
    words = f"Please return the audit by Friday 27 June.\n\nThank you.\n\nBy the above date\n- {LEAVERS}"
    assert LEAVERS in quotes(note(words))


def test_a_merged_cell_of_days_counts_for_the_rows_below_it() -> None:
    merged = (
        "<table><tr><th>Deadline</th><th>Return</th><th>From</th></tr>"
        "<tr><td rowspan=2>27 June</td><td>Audit</td><td>Heads</td></tr>"
        "<tr><td>Training figures</td><td>Heads</td></tr></table>"
    )
    reading = page(merged)
    assert [item.what for item in reading.items if isinstance(item, Deadline)] == ["Audit", "Training figures"]


def test_rows_that_share_only_words_of_time_are_two() -> None:
    rows = table("What|By when", "List of leavers|the end of term, 18 July", "Keys|before the end of term on 18 July")
    reading = page(rows)
    assert [item.what for item in reading.items if isinstance(item, Deadline)] == ["List of leavers", "Keys"]


def test_what_is_asked_leans_on_the_line_above() -> None:
    reading = note("Audit of alternative provision\n\nComplete it by 27 June.")
    assert [i.what for i in reading.items if isinstance(i, Deadline)] == ["Audit of alternative provision: complete it"]


def test_what_is_asked_leans_on_the_sentence_before() -> None:
    reading = note("The fire log is on the portal. Complete it by 27 June.")
    assert [i.what for i in reading.items if isinstance(i, Deadline)] == ["The fire log: complete it"]


def test_an_advert_asks_nobody_for_anything() -> None:
    assert quotes(note("Get 10% off our planner if you order before 27 June!")) == []
