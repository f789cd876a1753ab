"""What hangs on a clause: the questions of open audits that rest on it. `STRANDS` of the settings names the query."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from django.urls import reverse

from haven.access.actor import Actor
from haven.audits.models import Cycle, Return
from haven.audits.policy import cycles_kept_by, returns_seen_by
from haven.audits.queries.law import digests_of
from haven.audits.rules.life import Standing
from haven.guidance.models import Document
from haven.guidance.queries.strands import Strand
from haven.questions.rules.outline import Law, Outline, Question
from haven.questions.rules.showing import School, concerns

KIND = "Audit question"
LONGEST = 90


def questions_on(document: Document, words: Collection[str], by: Actor, on: date) -> Mapping[str, Sequence[Strand]]:
    """The questions of the audits that her area asks, or her school is asked: under "" those that rest on the document
    as a whole, under a clause's digest those that rest on its words."""
    if not document.key:
        return {}
    resting = [(strand, law) for strand, law in _strands(by) if law.document == document.key]
    digests = digests_of(laws={law for _, law in resting}, on=on)
    found: dict[str, list[Strand]] = {}
    for strand, law in resting:
        digest = digests.get(law, "")
        if digest in words and strand not in found.get(digest, ()):
            found.setdefault(digest, []).append(strand)
    return found


def _strands(by: Actor) -> Iterator[tuple[Strand, Law]]:
    if by.leads:
        cycles = Cycle.objects.filter(cycles_kept_by(by), standing=Standing.OPEN).select_related("version")
        for cycle in cycles.defer("version__content"):
            for question in cycle.version.outline:
                address = reverse("reports:question", args=[cycle.pk, question.key])
                yield from _resting(question, cycle.title, address)
    returns = Return.objects.filter(returns_seen_by(by), cycle__standing=Standing.OPEN)
    related = returns.select_related("cycle__version", "organisation", "sheet")
    for of in related.defer("cycle__version__content"):
        yield from _asked(of, of.cycle.version.outline)


def _asked(of: Return, outline: Outline) -> Iterator[tuple[Strand, Law]]:
    """The questions that concern this school."""
    traits = frozenset(of.sheet.traits) if of.sheet else frozenset()
    school = School(of.organisation.phase, of.organisation.school_type, traits)
    for question in outline:
        if concerns(question.applies, school):
            yield from _resting(question, of.cycle.title, _address(of, outline, question))


def _address(of: Return, outline: Outline, question: Question) -> str:
    if of.sheet_id is None:
        return reverse("audits:return", args=[of.pk])
    section = outline.section_of[question.key].key
    return f"{reverse('audits:section', args=[of.pk, section])}#q-{question.key}"


def _resting(question: Question, cycle: str, address: str) -> Iterator[tuple[Strand, Law]]:
    words = question.words if len(question.words) <= LONGEST else f"{question.words[: LONGEST - 1].rstrip()}…"
    strand = Strand(kind=KIND, title=f"{question.ref} {words}", address=address, beside=cycle)
    for law in question.law:
        yield strand, law
