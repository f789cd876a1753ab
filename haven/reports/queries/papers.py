"""The report of a cycle as one paper, chapter by chapter."""

from collections.abc import Iterable, Iterator, Sequence

from haven.audits.rules.life import STANDINGS, Standing
from haven.audits.rules.standing import year_in_words
from haven.engines.compare.telling import counted
from haven.engines.days.moments import day_in_words
from haven.engines.printing.paper import (
    Bar,
    Bars,
    Block,
    Bullets,
    Cell,
    Fact,
    Heading,
    Lengths,
    Note,
    PageBreak,
    Paper,
    Paragraph,
    Series,
    Table,
    Tone,
    Wide,
)
from haven.moderation.queries.visits import Agreed
from haven.moderation.rules.reading import promised
from haven.questions.rules.outline import Section
from haven.reports.queries.figures import FEWEST_CLAIMS, Figures, Promised, Promises, QuestionFigures
from haven.reports.queries.parts import (
    change_cells,
    heat_map,
    question_rows,
    section_bars,
    tone_of,
    worth_bars,
)
from haven.reports.queries.themes import LEAST_CHANGE, MOST_QUESTIONS, Moved
from haven.reports.rules.reporting import EDITIONS, Arrived, share_told, summary
from haven.reports.rules.shares import Share
from haven.reports.rules.withholding import WITHHELD, shown_groups

ONLY_COUNCIL = (
    "This edition names schools. It is for the council alone: do not publish it or pass it on. There is an edition "
    "without names for that."
)

NAMED_AT_MOST = 3  # schools to whom the same was promised


def report_paper(figures: Figures) -> Paper:
    """The whole report."""
    chapters = [_words("Introduction", figures.intro), _gist(figures), _returns(figures), _in_place(figures)]
    if figures.arrived.sent:
        chapters += [each(figures) for each in _OF_WHAT_WAS_SENT]
    chapters += [_promises(figures), _words("Conclusions", figures.conclusions), _appendix(figures), _method(figures)]
    cycle = figures.cycle
    return Paper(
        title=cycle.title,
        organisation=cycle.area.name,
        dated=figures.on,
        subtitle="Report on what schools sent",
        facts=tuple(_facts(figures)),
        blocks=tuple(block for chapter in chapters for block in chapter),
    )


def _facts(figures: Figures) -> Iterator[Fact]:
    cycle, arrived = figures.cycle, figures.arrived
    yield Fact("Edition", EDITIONS[figures.edition])
    yield Fact("School year", year_in_words(cycle.school_year))
    yield Fact("Questions", f"{cycle.version.template.title}, {cycle.version.label}")
    yield Fact("Opened", day_in_words(cycle.opens_on))
    yield Fact("Deadlines", f"{day_in_words(cycle.first_due_on)}, finally {day_in_words(cycle.final_due_on)}")
    yield Fact("Schools asked", f"{arrived.asked:,}")
    yield Fact("Audits sent", f"{arrived.sent:,} ({arrived.share(arrived.sent)}%)")
    yield Fact("The audit is", STANDINGS[Standing(cycle.standing)].lower())


def _words(title: str, words: str) -> Iterator[Block]:
    """What the area wrote itself; a chapter of it only where it did."""
    paragraphs = [each.strip() for each in words.replace("\r\n", "\n").split("\n\n") if each.strip()]
    if paragraphs:
        yield Heading(title)
        yield from (Paragraph(each) for each in paragraphs)


def _gist(figures: Figures) -> Iterator[Block]:
    yield Heading("Summary")
    yield Bullets(tuple(summary(figures.gist)))
    if figures.is_named:
        yield Note((ONLY_COUNCIL,), title="For the council only")


def _returns(figures: Figures) -> Iterator[Block]:
    arrived, before = figures.arrived, figures.before
    yield PageBreak()
    yield Heading("How the audits came in")
    header = ("", "Schools", "Share", *(("Last time", "Share last time") if before else ()))
    rows = tuple(
        (name, *_of_all(arrived, now), *(_of_all(before, then) if before else ()))
        for (name, now), (_, then) in zip(_lines(arrived), _lines(before or arrived), strict=True)
    )
    yield Table(caption="Audits by deadline", header=header, rows=rows, with_row_headers=True)
    if figures.weeks and arrived.sent:
        yield _by_week(figures)
    if figures.phases:
        yield _by_phase(figures)


def _lines(arrived: Arrived) -> list[tuple[str, int | None]]:
    deadlines = [(name, each) for name, each in (("first", arrived.first), ("final", arrived.final)) if each]
    in_time = [
        (f"Sent by the {name} deadline", each.number)
        if each.has_passed
        else (f"Sent by the {name} deadline, which is not over", None)
        for name, each in deadlines
    ]
    return [
        ("Asked", arrived.asked),
        *in_time,
        ("Sent so far", arrived.sent),
        ("Not sent", arrived.asked - arrived.sent),
    ]


def _of_all(arrived: Arrived, number: int | None) -> tuple[str, str]:
    return ("–", "–") if number is None else (f"{number:,}", f"{arrived.share(number)}%")


def _by_week(figures: Figures) -> Bars:
    arrived, cycle = figures.arrived, figures.cycle
    first, final = cycle.first_due_on, cycle.final_due_on
    bars, since = [], None
    for end, so_far in figures.weeks:
        due = [name for name, day in (("first deadline", first), ("final deadline", final)) if _within(since, day, end)]
        bars.append(Bar(f"{end.day} {end:%b %Y}{f' ({due[-1]})' if due else ''}", (so_far,)))
        since = end
    return Bars(
        caption="Audits sent by the end of each week",
        alt=f"Bars that grow week by week, up to {arrived.sent:,} of {arrived.asked:,} schools.",
        of="By the end of",
        series=(Series("Audits sent so far"),),
        bars=tuple(bars),
    )


def _within(since: object, day: object, end: object) -> bool:
    return day <= end and (since is None or day > since)  # type: ignore[operator]


def _by_phase(figures: Figures) -> Table:
    sizes = {each.label: each.sent for each in figures.phases}
    shown = set(sizes) if figures.is_named else shown_groups(sizes, figures.fewest)
    rows = tuple(
        (
            each.label,
            f"{each.asked:,}",
            f"{each.sent:,}",
            share_told(each.share, figures.edition) if each.label in shown or not each.sent else WITHHELD,
        )
        for each in figures.phases
    )
    header = ("Phase", "Asked", "Sent", "In place")
    return Table(caption="Audits by phase", header=header, rows=rows, with_row_headers=True)


def _in_place(figures: Figures) -> Iterator[Block]:
    yield PageBreak()
    yield Heading("What schools have in place")
    if not figures.arrived.sent:
        yield Paragraph("No school has sent its audit yet, so there is nothing to show.")
        return
    words = "What schools answered, section by section. What does not apply, and numbers or names, are not counted."
    yield Paragraph(words)
    yield section_bars(figures)


def _schools(figures: Figures) -> Iterator[Block]:
    title = "School by school" if figures.is_named else "School by school, without names"
    yield Wide((Heading(title), Paragraph(_about_heat(figures)), heat_map(figures)))


def _about_heat(figures: Figures) -> str:
    if figures.is_named:
        return "Each figure says how many of a hundred answers in a section are in place."
    left_out = figures.schools_left_out
    few = f"fewer than {figures.fewest} were asked the same sections"
    more = f" {counted(left_out, 'school is', 'schools are')} left out: {few}." if left_out else ""
    return (
        "Schools stand in an order that was drawn, and have no names. Each mark says how many of a hundred answers in "
        f"a section are in place, and stands for at least {figures.fewest} schools in its column.{more}"
    )


def _questions(figures: Figures) -> Iterator[Block]:
    yield Heading("How each question was answered")
    yield Paragraph(
        "One bar for each question, of the schools that were judged on it. Every answer stands in the appendix."
    )
    for section, questions in _by_section(figures.shown):
        yield Heading(f"{section.number}. {section.title}", 2)
        yield worth_bars(figures, section, questions)


def _by_section(questions: Iterable[QuestionFigures]) -> list[tuple[Section, list[QuestionFigures]]]:
    found: dict[str, tuple[Section, list[QuestionFigures]]] = {}
    for each in questions:
        found.setdefault(each.section.key, (each.section, []))[1].append(each)
    return list(found.values())


def _since(figures: Figures) -> Iterator[Block]:
    if figures.cycle.before is None:
        return
    yield Heading("What has changed since last time")
    before = figures.cycle.before.title
    if not figures.moved:
        yield Paragraph(f"Fewer than five schools answered the same questions in “{before}”, so nothing is compared.")
        return
    schools = counted(figures.both, "school")
    yield Paragraph(
        f"{schools} sent both this audit and “{before}”. Each question is compared for the schools that were judged on "
        f"it both times. A question counts as changed from {LEAST_CHANGE} points."
    )
    by_points = sorted(figures.moved, key=lambda each: each.points)
    worse = [each for each in by_points if each.points <= -LEAST_CHANGE]
    better = [each for each in reversed(by_points) if each.points >= LEAST_CHANGE]
    yield _moved("Less in place than last time", worse[:MOST_QUESTIONS], figures)
    yield _moved("More in place than last time", better[:MOST_QUESTIONS], figures)


def _moved(caption: str, moved: Sequence[Moved], figures: Figures) -> Table:
    rows = tuple(
        (each.question.ref, _reworded(each), f"{each.schools:,}", *change_cells(each, figures.edition))
        for each in moved
    )
    header = ("No", "Question", "Schools", "Last time", "This time", "Change")
    return Table(caption=caption, header=header, rows=rows, when_empty="No question.")


def _reworded(moved: Moved) -> str:
    return f"{moved.question.words} (worded differently last time)" if moved.is_reworded else moved.question.words


def _themes(figures: Figures) -> Iterator[Block]:
    yield Heading("What runs through it")
    lacking = [each for each in figures.ranked if each.share.lacking]
    yield _ranked("The questions with least in place", lacking[:MOST_QUESTIONS], figures)
    most = sorted(figures.ranked, key=lambda each: (-(each.share.percent or 0), -each.share.judged))
    yield _ranked("The questions with most in place", most[:MOST_QUESTIONS], figures)


def _ranked(caption: str, questions: Sequence[QuestionFigures], figures: Figures) -> Table:
    rows = tuple(
        (
            each.question.ref,
            each.question.words,
            each.section.title,
            Cell(share_told(each.share, figures.edition), tone_of(each.share)),
        )
        for each in questions
    )
    return Table(caption=caption, header=("No", "Question", "Section", "In place"), rows=rows)


def _evidence(figures: Figures) -> Iterator[Block]:
    claimed = [each for each in figures.shown if each.claims >= FEWEST_CLAIMS]
    if not claimed:
        return
    yield Heading("What stands behind the answers")
    yield Paragraph(
        "Behind an answer can stand a file, a web page, or a record that the service holds. Here are the questions "
        f"that at least {FEWEST_CLAIMS} schools say they have in place."
    )
    ordered = sorted(claimed, key=lambda each: (-_backed(each), -each.claims))
    yield _behind("Most often with something behind them", ordered[:10], figures)
    rest = [each for each in reversed(ordered) if each not in ordered[:10]]
    if rest:
        yield _behind("Least often with something behind them", rest[:10], figures)


def _backed(each: QuestionFigures) -> float:
    return each.backed / each.claims


def _behind(caption: str, questions: Sequence[QuestionFigures], figures: Figures) -> Table:
    rows = tuple(
        (
            each.question.ref,
            each.question.words,
            *((f"{each.claims:,}", f"{each.backed:,}") if figures.is_named else ()),
            share_told(Share(each.backed, 0, each.claims - each.backed), figures.edition),
        )
        for each in questions
    )
    header = ("No", "Question", *(("Say so", "Of them, show it") if figures.is_named else ()), "Show it")
    return Table(caption=caption, header=header, rows=rows)


def _good(figures: Figures) -> Iterator[Block]:
    if figures.good:
        yield Heading("Good practice")
        rows = tuple((each.question.ref, each.question.words, each.school, each.words) for each in figures.good)
        header = ("No", "Question", "School", "What was said")
        yield Table(caption="What readers called good practice", header=header, rows=rows)


def _moderation(figures: Figures) -> Iterator[Block]:
    visits, agreed = figures.moderation.visits, figures.moderation.agreed
    if not visits:
        return
    yield Heading("Moderation")
    if not figures.is_named and visits < figures.fewest:
        yield Paragraph(f"Fewer than {figures.fewest} schools were visited, so what was found is not shown.")
        return
    yield Paragraph(
        f"{counted(visits, 'visit was', 'visits were')} made and agreed. Together with the schools, "
        f"{counted(agreed.all, 'answer was', 'answers were')} looked at and graded anew."
    )
    by_section = figures.moderation.by_section if figures.is_named else ()
    lines = [*((f"{section.number}. {section.title}", each) for section, each in by_section), ("All", agreed)]
    yield Bars(
        caption="How the grades that were agreed stand beside the schools’ own",
        alt=f"{agreed.same:,} the same, {agreed.higher:,} higher and {agreed.lower:,} lower.",
        of="Section",
        series=(Series("The same", Tone.GOOD), Series("Higher"), Series("Lower", Tone.BAD)),
        bars=tuple(Bar(name, _agreed(each)) for name, each in lines if each.compared),
        lengths=Lengths.SHARE,
    )


def _agreed(each: Agreed) -> tuple[int, int, int]:
    return each.same, each.higher, each.lower


def _promises(figures: Figures) -> Iterator[Block]:
    if figures.promises.number or figures.promises_before.number:
        yield Heading(f"What {figures.cycle.area.name} does")
    if figures.promises.number:
        yield from _promised("Promised because of what schools sent", figures.promises, figures)
    if figures.promises_before.number:
        yield from _promised("What was promised last time", figures.promises_before, figures)


def _promised(caption: str, promises: Promises, figures: Figures) -> Iterator[Block]:
    header = ("What was promised", *(("To",) if figures.is_named else ()), "What became of it")
    found: dict[str, list[Promised]] = {}
    for each in promises.told:
        found.setdefault(promised(each.words), []).append(each)
    rows = tuple(
        (each[-1].words, *((_to(each),) if figures.is_named else ()), _became(each)) for each in found.values()
    )
    yield Table(caption=caption, header=header, rows=rows, when_empty="Nothing that can be told without names.")
    if promises.left_out:
        more = counted(promises.left_out, "more promise is", "more promises are")
        yield Paragraph(f"{more} left out here: each may name a school or somebody.")


def _to(promised: Sequence[Promised]) -> str:
    schools = sorted({each.school for each in promised})
    return ", ".join(schools) if len(schools) <= NAMED_AT_MOST else counted(len(schools), "school")


def _became(promised: Sequence[Promised]) -> Cell:
    asked, closed = (sum(getattr(each, name) for each in promised) for name in ("asked", "closed"))
    if not asked:
        return Cell("Not asked of schools")
    told = f"Asked of {counted(asked, 'school')}; {closed:,} {'has' if closed == 1 else 'have'} answered"
    return Cell(told, Tone.GOOD if closed == asked else Tone.PARTLY)


def _appendix(figures: Figures) -> Iterator[Block]:
    yield PageBreak()
    yield Heading("Appendix: every question and every answer")
    for section, questions in _by_section(figures.questions):
        rows = tuple(question_rows(figures, questions))
        header = ("No", "Question", "Asked", "Answers", *(("In place last time",) if figures.cycle.before else ()))
        widths = (1.1, 6, 1.4, 5, *((1.8,) if figures.cycle.before else ()))
        title = f"{section.number}. {section.title}"
        yield Table(caption=title, header=header, rows=rows, widths=widths)


def _method(figures: Figures) -> Iterator[Block]:
    yield Heading("How this was counted, and its limits")
    told = [
        f"The figures are those of {day_in_words(figures.on)}. They are of audits that were sent and that nobody has "
        "opened again since. Schools that closed without sending theirs are left out.",
        "What is in place is what schools say of themselves. Only where there was a visit has anybody else looked.",
        "The share in place is of the answers that can be judged. “Does not apply” is not among them.",
        "A school has sent in time if its first copy came in by its own deadline, which may have been put off.",
        "Shares of questions and sections are rounded to whole numbers; what is not all is never told as 100%.",
        "A change is told only where five schools or more were judged on a question both times.",
    ]
    if not figures.is_named:
        told += [
            f"Nothing is told of fewer than {figures.fewest} schools. Shares are told to the nearest five of a hundred."
            f" An answer of 1 to {figures.fewest - 1} schools is told as that, and the first larger count beside it by "
            "the least that it can be; where that is too few, the question is not shown.",
            "How many schools were asked and sent is told exactly: it says nothing of what they answered.",
        ]
    yield Bullets(tuple(told))


_OF_WHAT_WAS_SENT = (_schools, _questions, _since, _themes, _evidence, _good, _moderation)
