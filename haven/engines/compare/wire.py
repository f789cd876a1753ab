"""A comparison as plain values: as `haven compare --json` prints it, and as it passes between processes."""

import json
from typing import Any

from haven.engines.compare.changes import Change, ChangeKind, Comparison, EditionSummary, Modal
from haven.engines.compare.clauses import Clause, ClauseKind, Edition
from haven.engines.documents.believing import all_words, maybe, whole, words

Plain = dict[str, Any]


def plain(comparison: Comparison) -> Plain:
    """The comparison as docs/reference/compare.schema.json says."""
    return {
        "old": _summary(comparison.old),
        "new": _summary(comparison.new),
        "changes": [plain_change(change) for change in comparison.changes],
        "summary": summary(comparison),
        "warnings": list(comparison.warnings),
    }


def summary(comparison: Comparison) -> dict[str, int]:
    """How many changes there are of each kind, and how many clauses changed their number alone."""
    counts = dict.fromkeys((kind.value for kind in ChangeKind), 0)
    for change in comparison.changes:
        for kind in change.kinds:
            counts[kind.value] += 1
    return counts | {"renumbered_only": comparison.renumbered_only}


def plain_change(change: Change) -> Plain:
    """One change."""
    return {
        "kinds": [kind.value for kind in change.kinds],
        "renumbered": change.renumbered,
        "old": _side(change.old, is_many=ChangeKind.MERGED in change.kinds),
        "new": _side(change.new, is_many=ChangeKind.SPLIT in change.kinds),
        "words": [list(piece) for piece in change.words],
        "modals": [{"old": modal.old, "new": modal.new} for modal in change.modals],
        "similarity": round(change.similarity, 2),
    }


def _side(clauses: tuple[Clause, ...], *, is_many: bool) -> Plain | list[Plain] | None:
    if is_many:
        return [_clause(clause) for clause in clauses]
    return _clause(clauses[0]) if clauses else None


def _clause(clause: Clause) -> Plain:
    return {"number": clause.number, "heading": list(clause.heading), "text": clause.text, "page": clause.page}


def _summary(edition: EditionSummary) -> Plain:
    return {"name": edition.name, "title": edition.title, "clauses": edition.clauses}


def printed(comparison: Comparison) -> bytes:
    """The comparison as one JSON document."""
    return _written(plain(comparison))


def packed(comparison: Comparison) -> bytes:
    """The comparison as bytes that `unpacked` takes."""
    known = plain(comparison)
    for change, told in zip(comparison.changes, known["changes"], strict=True):
        told["at"] = change.at
        told["clause_kinds"] = [[clause.kind.value for clause in side] for side in (change.old, change.new)]
    return _written(known)


def unpacked(content: bytes) -> Comparison:
    """The comparison that `packed` made. Raises ValueError for anything else."""
    try:
        known = json.loads(content)
        return Comparison(
            _edition_summary(known["old"]),
            _edition_summary(known["new"]),
            [_change(told) for told in known["changes"]],
            whole(known["summary"]["renumbered_only"]),
            tuple(words(warning) for warning in known["warnings"]),
        )
    except (KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise ValueError("not a comparison") from error


def packed_edition(edition: Edition) -> bytes:
    """An edition as bytes that `unpacked_edition` takes."""
    clauses = [[c.text, c.number, c.heading, c.page, c.kind.value, c.key] for c in edition.clauses]
    return _written({"name": edition.name, "title": edition.title, "clauses": clauses})


def unpacked_edition(content: bytes) -> Edition:
    """The edition that `packed_edition` made. Raises ValueError for anything else."""
    try:
        known = json.loads(content)
        clauses = [_unpacked_clause(*told) for told in known["clauses"]]
        return Edition(words(known["name"]), maybe(words, known["title"]), clauses)
    except (KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise ValueError("not an edition") from error


def _unpacked_clause(text: Any, number: Any, heading: Any, page: Any, kind: Any, key: Any) -> Clause:
    return Clause(
        words(text), maybe(words, number), all_words(heading), maybe(whole, page), ClauseKind(kind), words(key)
    )


def _written(known: Plain) -> bytes:
    return json.dumps(known, ensure_ascii=False).encode("utf-8", "replace")


def _change(told: Plain) -> Change:
    old_kinds, new_kinds = told["clause_kinds"]
    i, j = told["at"]
    return Change(
        tuple(ChangeKind(kind) for kind in told["kinds"]),
        _clauses(told["old"], old_kinds),
        _clauses(told["new"], new_kinds),
        bool(told["renumbered"]),
        tuple((words(kind), words(text)) for kind, text in told["words"]),
        tuple(Modal(maybe(words, modal["old"]), maybe(words, modal["new"])) for modal in told["modals"]),
        float(told["similarity"]),
        (whole(i), whole(j)),
    )


def _clauses(told: Plain | list[Plain] | None, kinds: list[str]) -> tuple[Clause, ...]:
    many = told if isinstance(told, list) else [told] if told else []
    return tuple(
        Clause(
            words(clause["text"]),
            maybe(words, clause["number"]),
            all_words(clause["heading"]),
            maybe(whole, clause["page"]),
            ClauseKind(kind),
        )
        for clause, kind in zip(many, kinds, strict=True)
    )


def _edition_summary(told: Plain) -> EditionSummary:
    return EditionSummary(words(told["name"]), maybe(words, told["title"]), whole(told["clauses"]))
