"""The points at which a process can be made to die, as the code of Haven names them."""

import ast
import random
from pathlib import Path

HAVEN = Path(__file__).resolve().parents[1] / "haven"


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


class Plans:
    """At which points a process is to die: a file for each, taken away by whoever dies of it."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        folder.mkdir(exist_ok=True)
        self._folder, self._chance, self._points = folder, chance, named_points()
        self._laid: set[str] = set()

    def lay(self) -> None:
        """One more, at a point where none waits, to be passed once or a few times more; none where all have one."""
        free = [each for each in self._points if each not in self._laid]
        if free:
            point = self._chance.choice(free)
            written = self._folder.with_suffix(".new")
            written.write_text(str(self._chance.choice((1, 1, 2, 3))))
            written.rename(self._folder / point)
            self._laid.add(point)

    def met(self) -> list[str]:
        """The points at which a process has died since this was last asked."""
        gone = [each for each in sorted(self._laid) if not (self._folder / each).exists()]
        self._laid.difference_update(gone)
        return gone

    def given_up(self) -> list[str]:
        """Take the rest away; the points at which somebody died before that."""
        found = self.met()
        for each in sorted(self._laid):
            try:
                (self._folder / each).unlink()
            except FileNotFoundError:
                found.append(each)
        self._laid.clear()
        return found
