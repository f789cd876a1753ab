"""Who may read, keep and fill guidance: the cast against each thing, and each filter the same as its rule."""

import pytest

from haven.access.actor import HAVEN
from haven.guidance import policy
from haven.guidance.models import Document, Edition
from haven.people.models import Area
from tests.cast import Cast
from tests.guidance.texts import document, edition, filled

pytestmark = pytest.mark.django_db
CAST = ("nobody", "sam", "priya", "tom", "grace", "marcus", "bell", "osei", "lena", "nadia")
READERS = {"priya", "tom", "grace", "marcus", "bell", "osei", "lena"}


def _those(cast: Cast, rule: object, *things: object) -> set[str]:
    return {name for name in CAST if rule(cast.actor(name), *things)}


def test_whoever_works_in_the_area_reads_its_own_and_national_guidance(cast: Cast, national: Edition) -> None:
    assert _those(cast, policy.may_enter) == READERS
    assert _those(cast, policy.may_read, national.document) == READERS
    assert _those(cast, policy.may_read, document(cast)) == READERS


def test_nobody_reads_the_own_documents_of_another_area(cast: Cast) -> None:
    made = document(cast)
    made.area = Area.objects.create(name="Elsewhere", code="998")
    made.save()
    assert _those(cast, policy.may_read, made) == set()
    assert _those(cast, policy.may_keep, made) == set()


def test_only_leads_keep_their_areas_own_and_nobody_keeps_national_guidance(cast: Cast, national: Edition) -> None:
    assert _those(cast, policy.may_add, cast.area.pk) == {"marcus"}
    assert _those(cast, policy.may_keep, document(cast)) == {"marcus"}
    assert _those(cast, policy.may_keep, national.document) == set()
    assert policy.may_keep(HAVEN, national.document)


def test_only_leads_give_files(cast: Cast, national: Edition) -> None:
    assert _those(cast, policy.may_give_file, national) == {"marcus"}
    assert _those(cast, policy.may_give_file, edition(cast, document(cast))) == {"marcus"}
    national.given_for = Area.objects.create(name="Elsewhere", code="998")
    assert _those(cast, policy.may_give_file, national) == set()


def test_only_haven_loads_the_catalogue(cast: Cast) -> None:
    assert _those(cast, policy.may_load) == set()
    assert policy.may_load(HAVEN)


@pytest.mark.parametrize("name", CAST)
def test_each_filter_gives_what_its_rule_allows(cast: Cast, national: Edition, name: str) -> None:
    filled(cast, national)
    edition(cast, document(cast))
    elsewhere = document(cast, title="Elsewhere’s")
    made = edition(cast, elsewhere)
    elsewhere.area = Area.objects.create(name="Elsewhere", code="998")
    elsewhere.save()
    assert made.document_id == elsewhere.pk
    actor, documents, editions = cast.actor(name), Document.objects.all(), Edition.objects.select_related("document")
    for filters, rule, rows in (
        (policy.read_by, policy.may_read, documents),
        (policy.kept_by, policy.may_keep, documents),
        (policy.files_given_by, policy.may_give_file, editions),
    ):
        assert set(rows.filter(filters(actor))) == {row for row in rows if rule(actor, row)}
