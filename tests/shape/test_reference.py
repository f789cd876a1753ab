"""Every verb of the ledger, every setting, every command and every public rule of reading has its line in the docs."""

import ast
import re

from haven.config.command import COMMANDS
from tests.shape.source import HAVEN, ROOT, modules

REFERENCE = ROOT / "docs" / "reference"
VERB = re.compile(r"[a-z_]+\.[a-z_]+")
SETTING = re.compile(r"\bHAVEN_[A-Z_]+\b")


def _verbs_written() -> set[str]:
    """What is handed to the ledger as a verb, straight or through a table of verbs."""
    found: set[str] = set()
    for name, tree in modules().items():
        if ".services" not in name and not name.startswith("haven.signin"):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and VERB.fullmatch(node.value):
                found.add(node.value)
    return {verb for verb in found if verb.split(".")[0] in _subjects()}


def _verbs_told() -> set[str]:
    text = (REFERENCE / "ledger-verbs.md").read_text()
    return set(re.findall(r"`([a-z_]+\.[a-z_]+)`", text))


def _subjects() -> set[str]:
    return {verb.split(".")[0] for verb in _verbs_told()}


def test_every_verb_of_the_ledger_has_its_line() -> None:
    written = _verbs_written()
    assert len(written) > 40
    assert written - _verbs_told() == set()


def test_no_line_speaks_of_a_verb_that_nobody_writes() -> None:
    everywhere = "".join(path.read_text() for path in HAVEN.rglob("*.py"))
    assert {verb for verb in _verbs_told() if f'"{verb}"' not in everywhere} == set()


def test_every_setting_has_its_line_and_every_line_its_setting() -> None:
    sources = [*HAVEN.rglob("*.py"), ROOT / "run", *(ROOT / "tests" / "browser").glob("*.py")]
    sources += [*(ROOT / "benchmarks").glob("*.py")]
    used = {name for path in sources for name in SETTING.findall(path.read_text())}
    told = set(SETTING.findall((REFERENCE / "settings.md").read_text()))
    assert used - {"HAVEN_"} == told


def test_every_command_has_its_line() -> None:
    text = (REFERENCE / "commands.md").read_text()
    assert {word for word in COMMANDS if f"`haven {word}" not in text} == set()
    runner = ast.parse((ROOT / "run").read_text())
    table = next(n for n in runner.body if isinstance(n, ast.Assign) and getattr(n.targets[0], "id", "") == "COMMANDS")
    assert isinstance(table.value, ast.Dict)
    words = {key.value for key in table.value.keys if isinstance(key, ast.Constant)}
    assert {word for word in words if f"`./run {word}" not in text} == set()
