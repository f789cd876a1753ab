"""No file over 600 lines, no function over 60."""

import ast

from tests.shape.source import ROOT, modules


def test_no_file_passes_600_lines() -> None:
    kinds = ("*.py", "*.html", "*.js", "*.css")
    folders = [ROOT / name for name in ("haven", "tests", "benchmarks", "faults", "verifier", "witness")]
    files = [path for folder in folders for kind in kinds for path in folder.rglob(kind)] + [ROOT / "run"]
    long = {str(path.relative_to(ROOT)): n for path in files if (n := len(path.read_text().splitlines())) > 600}
    assert {name: n for name, n in long.items() if "migrations" not in name} == {}


def test_no_function_passes_60_lines() -> None:
    long = [
        f"{module}.{node.name}: {length}"
        for module, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if (length := (node.end_lineno or 0) - node.lineno + 1) > 60
    ]
    assert long == []
