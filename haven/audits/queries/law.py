"""Where in Haven the words stand on which a question rests."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from django.urls import reverse

from haven.guidance.models import Clause, Edition, digest_of
from haven.guidance.queries.clauses import address_of_clause
from haven.guidance.queries.pages import in_order
from haven.questions.rules.outline import Law

YEAR = re.compile(r"\b20\d\d\b")


def law_addresses(*, laws: Collection[Law], on: date) -> Mapping[Law, str]:
    """The page of each clause, or of its document where its words are not in Haven; two questions, however many.

    What names a year leads into the edition of that year: paragraphs bear other numbers in another.
    """
    editions, chosen = _editions(laws, on)
    clauses = _clauses(chosen)
    return {
        law: address_of_clause(clauses[law].edition_id, clauses[law].place)
        if law in clauses
        else reverse("guidance:document", args=[editions[law.document][0].document_id])
        for law in chosen
    }


def digests_of(*, laws: Collection[Law], on: date) -> Mapping[Law, str]:
    """By what the words are told on which each rests; those that rest on a whole document are left out, and so are
    those whose words are not in Haven."""
    _, chosen = _editions(laws, on)
    return {law: digest_of(clause) for law, clause in _clauses(chosen).items()}


def _editions(laws: Collection[Law], on: date) -> tuple[dict[str, list[Edition]], dict[Law, Edition | None]]:
    """The editions of the documents that are named, and the one that each line of law means."""
    wanted = [law for law in laws if law.document]
    editions: dict[str, list[Edition]] = {}
    rows = Edition.objects.filter(document__key__in={law.document for law in wanted}).select_related("document")
    for row in rows if wanted else ():
        editions.setdefault(str(row.document.key), []).append(row)
    return editions, {law: _edition(law, editions[law.document], on) for law in wanted if law.document in editions}


def _edition(law: Law, editions: Sequence[Edition], on: date) -> Edition | None:
    """The edition meant: that of the year named, else the one in force; none where its words are not in Haven."""
    filled = [each for each in in_order(editions) if each.clause_count]
    if year := YEAR.search(law.says):
        return next((each for each in reversed(filled) if year[0] in each.label), None)
    return next((each for each in reversed(filled) if each.in_force_on and each.in_force_on <= on), None)


def _clauses(chosen: Mapping[Law, Edition | None]) -> dict[Law, Clause]:
    """The numbered clause that each means, where its words are in Haven. Of several with one number, the first."""
    numbers = {law.place for law, edition in chosen.items() if law.place and edition}
    if not numbers:
        return {}
    rows = Clause.objects.filter(
        edition__in={edition for edition in chosen.values() if edition},
        number__in=numbers | {f"{number}." for number in numbers},
    ).exclude(kind="footnote")
    found = {(row.edition_id, row.number.rstrip(".")): row for row in rows.defer("search", "text").order_by("-place")}
    named = {law: (edition.pk, law.place) for law, edition in chosen.items() if edition}
    return {law: found[name] for law, name in named.items() if name in found}
