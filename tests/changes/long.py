"""Two long editions of a made-up document, straight in the database."""

import random

from haven.engines.compare.clauses import Clause as ReadClause
from haven.guidance.models import Clause, Edition
from haven.guidance.rules.fingerprints import key_of, words_digest
from tests.cast import Cast
from tests.guidance.texts import document, edition

WORDS = "school child lead record plan keep tell ask staff visit week parent note form check duty day list rule".split()


def clauses(count: int, seed: int) -> list[ReadClause]:
    """So many numbered clauses under headings."""
    some = random.Random(seed)
    return [
        ReadClause(
            f"A school must {' '.join(some.choices(WORDS, k=25))} number {place}.",
            str(place),
            (f"Part {place // 200}",),
            place // 8 + 1,
        )
        for place in range(1, count + 1)
    ]


def changed(texts: list[ReadClause], every: int) -> list[ReadClause]:
    """The same with each so-manieth clause asked less strongly."""
    return [
        ReadClause(each.text.replace("must", "should"), each.number, each.heading, each.page)
        if at % every == 0
        else each
        for at, each in enumerate(texts)
    ]


def stored(of: Edition, texts: list[ReadClause]) -> Edition:
    """The edition with these clauses, as if a file had been read."""
    rows = [
        Clause(
            edition=of,
            place=place,
            number=each.number or "",
            heading=list(each.heading),
            text=each.text,
            key=key_of(each),
            page=each.page,
            kind=each.kind.value,
        )
        for place, each in enumerate(texts, start=1)
    ]
    Clause.objects.bulk_create(rows, batch_size=2000)
    digest = words_digest(key_of(each) for each in texts)
    of.clause_count, of.sha256, of.words_digest, of.cover_digest = len(texts), digest, digest, digest[::-1]
    of.save()
    return of


def long_editions(cast: Cast, count: int, every: int = 10) -> tuple[Edition, Edition]:
    """Two editions of so many clauses."""
    of = document(cast)
    old, new = (edition(cast, of, label) for label in ("2025", "2026"))
    texts = clauses(count, 7)
    return stored(old, texts), stored(new, changed(texts, every))
