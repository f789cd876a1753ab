"""Where in Haven the words stand on which a question rests."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from django.urls import reverse

from haven.guidance.models import Clause, Edition
from haven.guidance.queries.clauses import address_of_clause
from haven.guidance.queries.pages import in_order
from haven.questions.rules.outline import Law

YEAR = re.compile(r"\b20\d\d\b")


def law_addresses(*, laws: Collection[Law], on: date) -> Mapping[Law, str]:
    """The page of each clause, or of its document where its words are not in Haven; two questions, however many.

    What names a year leads into the edition of that year: paragraphs bear other numbers in another.
    """
    wanted = [law for law in laws if law.document]
    editions: dict[str, list[Edition]] = {}
    rows = Edition.objects.filter(document__key__in={law.document for law in wanted}).select_related("document")
    for row in rows if wanted else ():
        editions.setdefault(str(row.document.key), []).append(row)
    chosen = {law: _edition(law, editions[law.document], on) for law in wanted if law.document in editions}
    places = _places(chosen)
    return {law: _address(law, editions[law.document], edition, places) for law, edition in chosen.items()}


def _edition(law: Law, editions: Sequence[Edition], on: date) -> Edition | None:
    """The edition meant: that of the year named, else the one in force; none where its words are not in Haven."""
    filled = [each for each in in_order(editions) if each.clause_count]
    if year := YEAR.search(law.says):
        return next((each for each in reversed(filled) if year[0] in each.label), None)
    return next((each for each in reversed(filled) if each.in_force_on and each.in_force_on <= on), None)


def _places(chosen: Mapping[Law, Edition | None]) -> dict[tuple[object, str], int]:
    """The place of each numbered clause that is meant, by edition and number."""
    numbers = {law.place for law, edition in chosen.items() if law.place and edition}
    if not numbers:
        return {}
    rows = Clause.objects.filter(
        edition__in={edition for edition in chosen.values() if edition},
        number__in=numbers | {f"{number}." for number in numbers},
    ).exclude(kind="footnote")
    found: dict[tuple[object, str], int] = {}
    for edition, number, place in rows.order_by("-place").values_list("edition", "number", "place"):
        found[edition, number.rstrip(".")] = place
    return found


def _address(
    law: Law, editions: Sequence[Edition], edition: Edition | None, places: Mapping[tuple[object, str], int]
) -> str:
    if edition and (edition.pk, law.place) in places:
        return address_of_clause(edition.pk, places[edition.pk, law.place])
    return reverse("guidance:document", args=[editions[0].document_id])
