"""Who may write and read digests: the cast against each thing, and each filter the same as its rule."""

import pytest

from haven.digests import policy
from haven.digests.models import Digest
from haven.people.models import Area
from tests.cast import NOW, Cast
from tests.digests.digests import begun, published

pytestmark = pytest.mark.django_db
CAST = ("nobody", "sam", "priya", "tom", "grace", "marcus", "bell", "osei", "lena", "nadia")
READERS = {"priya", "tom", "grace", "marcus", "bell", "osei", "lena"}


def _those(cast: Cast, rule: object, *things: object) -> set[str]:
    return {name for name in CAST if rule(cast.actor(name), *things)}


def test_leads_write_and_whoever_works_for_the_area_reads_what_is_published(cast: Cast) -> None:
    _, _, digest = begun(cast)
    assert _those(cast, policy.may_enter) == READERS
    assert _those(cast, policy.may_write, digest) == {"marcus"}
    assert _those(cast, policy.may_read, digest) == set(), "it is a draft"
    assert _those(cast, policy.may_read, published(cast, digest)) == READERS
    digest.area = Area.objects.create(name="Elsewhere", code="998")
    assert _those(cast, policy.may_read, digest) == _those(cast, policy.may_write, digest) == set()


def test_each_filter_gives_what_its_rule_allows(cast: Cast) -> None:
    pair, _, digest = begun(cast)
    published(cast, digest)
    elsewhere = Area.objects.create(name="Elsewhere", code="998")
    for area, standing in ((elsewhere, "draft"), (elsewhere, "withdrawn"), (cast.area, "withdrawn")):
        ended = {"ended_at": NOW, "ended_why": "Over."} if standing == "withdrawn" else {}
        told = {"published_at": NOW, "version": 1} if ended else {}
        Digest.objects.create(
            area=area,
            document=digest.document,
            old=pair[0],
            new=pair[1],
            title="x",
            made_at=NOW,
            standing=standing,
            **told,
            **ended,
        )
    every = list(Digest.objects.select_related("document"))
    for actor in map(cast.actor, CAST):
        read, written = policy.digests_read_by(actor), policy.digests_written_by(actor)
        for found, rule in ((read, policy.may_read), (written, policy.may_write)):
            assert set(Digest.objects.filter(found)) == {each for each in every if rule(actor, each)}, actor.name
