"""Every service leaves an entry in the ledger, or stands on the short list of those that need none."""

import ast

from tests.shape.source import modules

NEED_NONE: dict[str, str] = {
    "haven.api.services.admitting.admit": "what the program then does is recorded in its name",
    "haven.api.services.admitting.admit_reading": "likewise",
    "haven.api.services.admitting.sweep_nonces": "nothing is done: what could not pass any more is forgotten",
    "haven.questions.services.answering.save_answers": "an answer keeps its writer and earlier wordings: decision 0021",
    "haven.questions.services.answering.confirm_answers": "likewise",
    "haven.questions.services.answering.settle_wording": "likewise",
    "haven.audits.services.returns.save_return": "likewise",
    "haven.audits.services.returns.confirm_known": "likewise",
    "haven.audits.services.returns.choose_wording": "likewise",
    "haven.subjects.services.subjects.mark_subjects": "recorded with who was added",
    "haven.surveys.services.answer_survey": "an entry would tell when somebody answered: decision 0022",
    "haven.audits.services.trusts.save_trust_answers": "likewise",
    "haven.questions.services.counting.count_again": "counts of what others write and record",
    "haven.audits.services.counting.count_copy": "counts of what others write and record",
    "haven.audits.services.counting.count_cycle": "likewise",
    "haven.audits.services.signing.note_answer": "recorded with what the council answered",
    "haven.audits.services.telling.tell_of_visit": "recorded with what became of the visit",
    "haven.readings.services.signing.keep_place": "nothing is done yet: where somebody goes on reading",
    "haven.changes.services.kept.ask_for_comparison": "nothing is done yet: the background does it and records it",
    "haven.changes.services.pairs.take_pair": "nothing is kept: two files looked at and thrown away",
    "haven.changes.services.pairs.compare_pair": "likewise",
    "haven.changes.services.pairs.forget_pair": "likewise",
    "haven.changes.services.pairs.sweep_pairs": "likewise",
    "haven.actions.services.keeping.save_draft": "nothing is done yet: a form as far as it is filled in",
    "haven.actions.services.keeping.discard_draft": "nothing was done: a form filled in and given up",
}
RECORDERS = {"record", "record_all"}


def _called(node: ast.AST) -> set[str]:
    calls = [each.func for each in ast.walk(node) if isinstance(each, ast.Call)]
    return {
        call.id if isinstance(call, ast.Name) else call.attr
        for call in calls
        if isinstance(call, ast.Name | ast.Attribute)
    }


def _functions() -> dict[str, tuple[ast.FunctionDef, str]]:
    rooms = {name: tree for name, tree in modules().items() if ".services" in name}
    assert rooms
    return {
        f"{name}.{node.name}": (node, name)
        for name, tree in rooms.items()
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
    }


def test_every_service_records_what_it_does() -> None:
    functions = _functions()
    recording: set[str] = set(RECORDERS)
    for _ in range(4):  # a service may record through another
        recording |= {node.name for node, _ in functions.values() if _called(node) & recording}
    silent = {
        name
        for name, (node, module) in functions.items()
        if not node.name.startswith("_") and not module.startswith("haven.ledger") and node.name not in recording
    }
    assert silent - set(NEED_NONE) == set()
    assert set(NEED_NONE) - silent == set(), "these do record: take them off the list"


def test_every_service_takes_keywords_and_says_who_and_when() -> None:
    wrong = []
    for name, (node, module) in _functions().items():
        if node.name.startswith("_") or module.startswith("haven.ledger"):
            continue
        keywords = {argument.arg for argument in node.args.kwonlyargs}
        if node.args.args or "at" not in keywords or not keywords & {"by"}:
            wrong.append(name)
    assert set(wrong) - set(NEED_NONE) == set()
