"""Where the disk is nearly full nothing new is taken."""

import shutil
from collections import namedtuple

import pytest
from django.conf import LazySettings

from haven.access.decision import Reason, Refused
from haven.files.queries import free_share, require_room

Disk = namedtuple("Disk", "total used free")


@pytest.mark.parametrize(("free", "is_taken"), [(0, False), (149, False), (150, True), (1000, True)])
def test_below_the_share_that_is_asked_for_nothing_is_taken(
    monkeypatch: pytest.MonkeyPatch, settings: LazySettings, free: int, *, is_taken: bool
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Disk(1000, 1000 - free, free))
    settings.LEAST_FREE = 0.15
    if is_taken:
        return require_room()
    with pytest.raises(Refused, match="disk is nearly full") as refused:
        require_room()
    assert refused.value.reason is Reason.NO_ROOM
    return None


def test_the_disk_is_the_one_that_holds_the_house(settings: LazySettings) -> None:
    usage = shutil.disk_usage(settings.HOME)
    assert free_share() == pytest.approx(usage.free / usage.total, abs=0.05)
    settings.LEAST_FREE = 0.0
    require_room()
