"""Public pages of digests: only what was published for everybody, and nothing that only those signed in may have."""

import pytest
from django.test import Client
from django.urls import reverse

from haven.digests import services
from haven.digests.models import Digest
from tests.cast import NOW, Cast
from tests.digests.digests import begun, edited, line_of, published, wish

pytestmark = pytest.mark.django_db


def _page(digest: Digest) -> str:
    return reverse("portal:digest", args=[digest.pk])


def test_only_what_is_published_for_everybody_is_public(cast: Cast) -> None:
    _, _, digest = begun(cast)
    everybody = Client()
    assert everybody.get(_page(digest)).status_code == 404
    published(cast, digest)
    assert everybody.get(_page(digest)).status_code == 404
    listing = everybody.get(reverse("portal:digests")).content.decode()
    assert "Nothing has been published for everybody yet" in listing
    assert reverse("portal:digests") in everybody.get(reverse("portal:index")).content.decode()


def test_a_public_page_says_what_is_asked_and_leads_to_nothing_that_needs_signing_in(cast: Cast) -> None:
    _, _, digest = begun(cast)
    published(cast, digest, is_public=True)
    assert _page(digest) in Client().get(reverse("portal:digests")).content.decode()
    for client in (Client(), cast.client("priya")):
        body = client.get(_page(digest)).content.decode()
        main = body.partition("<main")[2].partition("</main>")[0]
        for words in ("Change your policy", "By 1 September 2026.", "Read your policy again.", "should</del>"):
            assert words in main
        for words in ('href="/actions/', 'href="/changes/', 'href="/guidance/', "Marcus", "example.org", "@"):
            assert words not in main


def test_what_is_written_after_publishing_and_what_was_before_stay_inside(cast: Cast) -> None:
    _, refs, digest = begun(cast)
    published(cast, digest)
    edited(cast, line_of(digest, refs[0]), "Only for the council.")
    by = cast.actor("marcus")
    services.amend_digest(digest_id=digest.pk, wish=wish(cast, digest, is_public=True), why="Now open.", by=by, at=NOW)
    edited(cast, line_of(digest, refs[1]), "Not published yet.")
    body = Client().get(_page(digest)).content.decode()
    assert "Only for the council." in body
    assert "Not published yet." not in body
    assert "versions/1" not in body
