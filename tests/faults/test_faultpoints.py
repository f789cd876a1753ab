"""Points at which a harness may end a process do nothing until it arms them."""

from haven.engines.faultpoints import arm, disarm, faultpoint


def test_a_point_does_nothing_until_it_is_armed() -> None:
    passed: list[str] = []
    faultpoint("before")
    arm(passed.append)
    try:
        faultpoint("between")
    finally:
        disarm()
    faultpoint("after")
    assert passed == ["between"]
