"""What anybody may read. These are the only doors of the public pages: only what was published comes through them."""

from datetime import date, datetime
from uuid import UUID

from haven.digests.models import Digest
from haven.digests.policy import PUBLIC
from haven.digests.queries.digests import DigestPage, ListedDigest, listed, published, with_editions


def public_digests(*, on: date) -> list[ListedDigest]:
    """The digests that anybody may read, newest first."""
    return listed(Digest.objects.filter(PUBLIC), on)


def public_digest(*, digest_id: UUID, at: datetime) -> DigestPage | None:
    """A digest that anybody may read; none where there is none of that name. Its older versions are not public."""
    digest = with_editions().filter(PUBLIC, pk=digest_id).first()
    if digest is None:
        return None
    return published(digest=digest, version=digest.versions.all()[0], versions=[], by=None, at=at)
