"""Fills a database with clauses of guidance and searches in them."""

import random
from collections.abc import Iterator
from datetime import date
from itertools import accumulate
from uuid import UUID, uuid4

from django.db import connection, connections
from rich.console import Console
from rich.progress import track

from benchmarks.figures import Figure, milliseconds
from haven.access.actor import Actor, HeldPost
from haven.access.roles import Kind, Role
from haven.guidance.models import Document, Edition
from haven.guidance.queries.searching import Sought, clauses_found
from haven.guidance.rules.spelling import plain_spelling
from haven.people.models import Area

SEED = 5
GOAL = 100
TODAY = date(2026, 3, 2)
CLAUSES_OF_AN_EDITION = 1000
EDITIONS_OF_A_DOCUMENT = 5
BARE = "one bare look into the index for the same words"
COMMONEST = """
    the of and to in a or for be is that with on child must should school by are as any not their safeguarding may who
    from this governing body staff which at have an education it information children all local authority where care
    will if other support they these college designated lead can need provide ensure including work do has more when
    such there been risk services policy people guidance abuse harm also
""".split()
SEARCHES = {
    "a rare word": "{rare}",
    "a word that nothing has": "unheardof",
    "a common word": "must",
    "another": "child",
    "two common words": "must child",
    "five common words": "must should child school safeguarding",
    "common words in a row": '"child must"',
    "words in a row, with small ones": '"have the child"',
    "a rare word in a row": '"{rare} the"',
    "a beginning": "safeg*",
    "a beginning of many words": "{many}*",
    "a spelling of many": "organising",
}


def measure(clauses: int) -> list[Figure]:
    """Fill, search, time."""
    words = _words()
    area = _fill(clauses, words)
    school = HeldPost(Role.DSL, uuid4(), "Oakfield Primary School", Kind.SCHOOL, frozenset({area.pk}))
    actor = Actor(uuid4(), "Priya Nair", (school,))
    rare = next(word for word in words[3000:] if word.isalpha())
    group = f"{clauses:,} clauses in {clauses // CLAUSES_OF_AN_EDITION:,} editions"
    figures = []
    for name, pattern in SEARCHES.items():
        searched = pattern.format(rare=rare, many=words[200][:3])
        bare = milliseconds(lambda searched=searched: _bare(searched))
        for where, has_all in (("in force", False), ("all editions", True)):
            sought = Sought(words=searched, has_all=has_all)
            took = milliseconds(lambda sought=sought: _search(actor, sought))
            figures.append(
                Figure(
                    group=group,
                    name=f"{name} ({searched}), {where}",
                    value=round(took, 1),
                    unit="ms",
                    compared=round(bare, 1),
                    compared_with=BARE,
                    wanted=f"under {GOAL}",
                )
            )
    connections.close_all()
    connection.close_pool()
    return figures


def _search(actor: Actor, sought: Sought) -> object:
    return clauses_found(by=actor, on=TODAY, sought=sought, start=0, size=20)


def _bare(searched: str) -> int:
    """The first twenty clauses that have the words, however they stand in them."""
    beginning = searched.endswith("*")
    words = plain_spelling(searched.strip('"*')).split()
    query = " & ".join(f"'{word}'" + (":*" if beginning else "") for word in words)
    with connection.cursor() as cursor:
        cursor.execute("select id from guidance_clause where search @@ to_tsquery('guidance', %s) limit 20", [query])
        return len(cursor.fetchall())


def _fill(clauses: int, words: list[str]) -> Area:
    area = Area.objects.create(name="Fairhaven", code="999")
    editions = _editions(max(clauses // CLAUSES_OF_AN_EDITION, 1))
    with connection.cursor() as cursor:
        cursor.execute("drop index clauses_by_their_words")
        cursor.execute("create temporary table made (edition uuid, place integer, text text, plain text)")
        with cursor.copy("copy made from stdin") as copy:
            for row in track(
                _rows(clauses, words, editions),
                "Writing clauses",
                clauses,
                transient=True,
                console=Console(stderr=True),
            ):
                copy.write_row(row)
        cursor.execute(
            "insert into guidance_clause (edition_id, place, number, heading, text, key, page, kind, search)"
            " select edition, place, place, array['Part one'], text, '', place / 8 + 1, 'paragraph',"
            " guidance_words_of(plain) from made"
        )
        cursor.execute("drop table made")
        cursor.execute("set maintenance_work_mem = '256MB'")
        cursor.execute("create index clauses_by_their_words on guidance_clause using gin (search)")
        cursor.execute("vacuum analyze guidance_clause")
        cursor.execute("analyze")
    return area


def _editions(count: int) -> list[UUID]:
    """Every fifth is the one in force of its document; the others were superseded."""
    documents = [
        Document(key=f"document-{n}", title=f"Document {n}", publisher="A publisher", standing="advice", pack="made")
        for n in range(count // EDITIONS_OF_A_DOCUMENT + 1)
    ]
    for document in documents:
        document.pack_version = 1
    Document.objects.bulk_create(documents)
    editions = [
        Edition(
            document=documents[n // EDITIONS_OF_A_DOCUMENT],
            label=f"Edition {n}",
            in_force_on=date(2015 + n % EDITIONS_OF_A_DOCUMENT, 9, 1),
            ended_on=None if _is_last(n) else date(2016 + n % EDITIONS_OF_A_DOCUMENT, 9, 1),
            ending="" if _is_last(n) else "superseded",
            clause_count=CLAUSES_OF_AN_EDITION,
        )
        for n in range(count)
    ]
    return [edition.pk for edition in Edition.objects.bulk_create(editions)]


def _is_last(number: int) -> bool:
    return number % EDITIONS_OF_A_DOCUMENT == EDITIONS_OF_A_DOCUMENT - 1


def _words() -> list[str]:
    """A vocabulary of 20,000, the commonest words of guidance first."""
    chance = random.Random(SEED)  # made-up words

    def syllable() -> str:
        return chance.choice("bcdfglmnprst") + chance.choice("aeiou")

    made = {
        "".join(syllable() for _ in range(chance.randint(2, 5))) + chance.choice(("", "s", "ing", "ed", "tion")): 1
        for _ in range(30_000)
    }
    return [*COMMONEST, "organise", "organisation", *list(made)[:20_000]]


def _rows(clauses: int, words: list[str], editions: list[UUID]) -> Iterator[tuple[UUID, int, str, str]]:
    """Clauses of some forty words; a word comes as often as its place in the vocabulary says (Zipf)."""
    chance = random.Random(SEED)  # made-up clauses
    often = list(accumulate(1 / (place + 3) for place in range(len(words))))
    for number in range(clauses):
        length = min(200, max(6, int(chance.lognormvariate(3.6, 0.6))))
        text = " ".join(chance.choices(words, cum_weights=often, k=length))
        place = number % CLAUSES_OF_AN_EDITION + 1
        yield editions[number // CLAUSES_OF_AN_EDITION % len(editions)], place, text, plain_spelling(text)
