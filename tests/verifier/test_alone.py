"""Verifier and witness stand alone: they share no line with Haven and need nothing but `cryptography`."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(("name", "allowed"), [("verifier", {"verifier"}), ("witness", {"verifier", "witness"})])
def test_a_program_imports_the_standard_library_cryptography_and_itself(name: str, allowed: set[str]) -> None:
    trees = [ast.parse(path.read_text()) for path in (ROOT / name).glob("*.py")]
    named = {
        alias.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names
    }
    named |= {node.module or "" for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    tops = {module.split(".")[0] for module in named}
    assert "cryptography" in tops
    assert tops - sys.stdlib_module_names == allowed | {"cryptography"}
