"""What the tests of shape read: the house's own modules, as syntax trees."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HAVEN = ROOT / "haven"


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of Haven by its dotted name, migrations left out."""
    found = {}
    for path in sorted(HAVEN.rglob("*.py")):
        if "migrations" not in path.parts:
            parts = path.relative_to(ROOT).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = ast.parse(path.read_text())
    assert len(found) > 50
    return found


def imports(tree: ast.Module) -> set[str]:
    """The dotted names that a module imports; of `from a import b` both `a` and `a.b`."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def capability(module: str) -> str:
    """The capability that a module belongs to: `actions` for `haven.actions.services.closing`."""
    return module.split(".")[1] if "." in module else ""
