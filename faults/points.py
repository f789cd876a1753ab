"""The points at which a process can be made to die, as the code of Haven names them."""

import ast
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HAVEN = Path(__file__).resolve().parents[1] / "haven"


@dataclass(frozen=True, slots=True)
class Plan:
    """That the process which passes this point so many times is to die there."""

    point: str
    at_pass: int


def named_points() -> list[str]:
    """Every name that is given to `faultpoint` anywhere in Haven."""
    found = set()
    for path in HAVEN.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if "faultpoint(" not in text:
            continue
        for call in ast.walk(ast.parse(text)):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "faultpoint" and call.args:
                name = call.args[0]
                if isinstance(name, ast.Constant) and isinstance(name.value, str):
                    found.add(name.value)
    return sorted(found)


def any_plan(points: Sequence[str], chance: random.Random) -> Plan:
    """One of the points, to be passed once or a few times more."""
    return Plan(chance.choice(points), chance.choice((1, 1, 2, 3, 5)))
