"""A capability is entered by its services, queries and models, never by its screens or its policy."""

from tests.shape.source import capability, imports, modules

CLOSED_ROOMS = {"views", "forms", "urls", "policy"}


def test_no_module_enters_anothers_closed_rooms() -> None:
    trespasses = [
        f"{module} enters {target}"
        for module, tree in modules().items()
        for target in imports(tree)
        if target.startswith("haven.") and len(target.split(".")) > 2 and target.split(".")[2] in CLOSED_ROOMS
        if capability(target) != capability(module)
    ]
    assert trespasses == []
