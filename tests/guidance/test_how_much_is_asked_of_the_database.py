"""However many documents and editions there are, a page of guidance asks the database the same few questions."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from django.urls import reverse

from haven.guidance.models import Document
from haven.guidance.packs import load
from tests.cast import NOW, Cast
from tests.guidance.texts import kept

pytestmark = pytest.mark.django_db
CATALOGUE = Path(__file__).parents[2] / "packs" / "guidance-catalogue" / "catalogue.yaml"
Counted = Callable[[int], AbstractContextManager[object]]
SIGNED_IN = 12  # of a page that shows nothing: session, rights, the menu


def test_the_list_of_the_whole_catalogue(cast: Cast, django_assert_max_num_queries: Counted) -> None:
    load(CATALOGUE, at=NOW)
    client = cast.client("priya")
    with django_assert_max_num_queries(SIGNED_IN + 3):
        assert client.get(reverse("guidance:index") + "?has_old=on").status_code == 200


def test_a_document_with_fifteen_editions(cast: Cast, django_assert_max_num_queries: Counted) -> None:
    load(CATALOGUE, at=NOW)
    made = Document.objects.get(key="keeping-children-safe-in-education")
    assert made.editions.count() == 15
    client = cast.client("priya")
    with django_assert_max_num_queries(SIGNED_IN + 4):
        assert client.get(reverse("guidance:document", args=[made.pk])).status_code == 200


def test_a_search(cast: Cast, django_assert_max_num_queries: Counted) -> None:
    kept(cast)
    client = cast.client("priya")
    with django_assert_max_num_queries(SIGNED_IN + 4):
        assert b"<mark>must</mark>" in client.get(reverse("guidance:search") + "?words=must").content
