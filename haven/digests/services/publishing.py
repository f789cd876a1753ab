"""Publishing a digest, changing what is published, withdrawing it, and writing once to those it is for."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from haven.access.actor import HAVEN, Actor
from haven.access.decision import Reason, Refused, require, require_haven
from haven.access.roles import READERS
from haven.actions.queries.audiences import meant_among, organisations_reached, people_to_tell, strangers
from haven.digests import letters
from haven.digests.models import Digest, DigestAudience, DigestLetter, DigestVersion
from haven.digests.policy import may_write
from haven.digests.queries.writing import working
from haven.digests.rules.digests import Content, Publication, Standing, fingerprint, packed
from haven.digests.rules.prose import contacts_in
from haven.engines.days.moments import local_day
from haven.kit.letters import went_out
from haven.ledger.services import record

READING = frozenset(role.value for role in READERS)
TRIED_FOR = timedelta(days=3)  # a letter that cannot be sent
LOOK_AGAIN = "The page has changed since you looked at it. Look again, then publish."
NOTHING_IN_IT = "The page has no lines yet. Judge changes, or add a line."
SAY_WHY = "Say what you changed, for those who have read it before."
SAY_WHY_NOT = "Say why it is withdrawn."
STRANGERS = "Part of the audience does not belong to the area. Choose again."
NOBODY = "No open school or organisation would receive it. Choose somebody else."
CONTACTS = (
    "Anybody could read these on a public page: {found}. Take out what belongs to a person, or confirm that all of it "
    "may be public."
)
NOT_A_DRAFT = "It is published already. Publish your changes instead."


@transaction.atomic
def publish_digest(*, digest_id: UUID, wish: Publication, by: Actor, at: datetime) -> Digest:
    """Publish a digest for the first time, as it was looked at. Raises `Refused` with what stands in the way."""
    digest = _for_update(digest_id, by)
    if not digest.is_draft:
        raise Refused(Reason.WRONG_STATE, NOT_A_DRAFT)
    content = _ready(digest, wish, at)
    digest.standing, digest.published_at = Standing.PUBLISHED, at
    version = _keep_version(digest, content, wish, "", at)
    about = {"digest": digest.pk, "area": digest.area_id, "lines": len(content.lines), "public": wish.is_public}
    record("digest.published", by=by, at=at, about=about | {"organisations": len(version.tells)})
    return digest


@transaction.atomic
def amend_digest(*, digest_id: UUID, wish: Publication, why: str, by: Actor, at: datetime) -> Digest:
    """Publish it anew as it is written now. The versions before it stay to be read."""
    digest = _for_update(digest_id, by)
    if not digest.is_published:
        raise Refused(Reason.WRONG_STATE)
    if not why.strip():
        raise Refused(Reason.NOT_READY, SAY_WHY)
    content = _ready(digest, wish, at)
    digest.amended_at = at
    version = _keep_version(digest, content, wish, why.strip(), at)
    about = {"digest": digest.pk, "area": digest.area_id, "version": digest.version, "public": wish.is_public}
    record("digest.amended", by=by, at=at, about=about | {"organisations": len(version.tells)}, why=why)
    return digest


@transaction.atomic
def withdraw_digest(*, digest_id: UUID, why: str, by: Actor, at: datetime) -> Digest:
    """No longer publish it. Those who work for the area still find it, with the reason; nobody else does."""
    digest = _for_update(digest_id, by)
    if not digest.is_published:
        raise Refused(Reason.WRONG_STATE)
    if not why.strip():
        raise Refused(Reason.NOT_READY, SAY_WHY_NOT)
    digest.standing, digest.ended_at, digest.ended_why = Standing.WITHDRAWN, at, why.strip()
    digest.save()
    digest.versions.filter(told_at__isnull=True).update(told_at=at, tells=[])
    record("digest.withdrawn", by=by, at=at, about={"digest": digest.pk, "area": digest.area_id}, why=why)
    return digest


def announce_digests(*, by: Actor, at: datetime) -> int:
    """Write once to everybody whom a new version is for; how many e-mails. What could not be sent is tried again."""
    require_haven(by)
    return sum(_announced(pk, at) for pk in _waiting())


def _waiting() -> list[int]:
    return list(DigestVersion.objects.filter(told_at__isnull=True).values_list("pk", flat=True))


@transaction.atomic
def _announced(version_id: int, at: datetime) -> int:
    rows = DigestVersion.objects.filter(told_at__isnull=True).select_related("digest")
    version = rows.select_for_update(of=("self",), skip_locked=True).filter(pk=version_id).first()
    if version is None:
        return 0
    had = set(version.letters.values_list("person_id", flat=True))
    people = {person: email for person, email in _people(version, at).items() if person not in had}
    sent = [person for person, email in people.items() if _sent(email, version)]
    DigestLetter.objects.bulk_create([DigestLetter(version=version, person_id=each, sent_at=at) for each in sent])
    if len(sent) == len(people) or at - version.published_at > TRIED_FOR:
        version.told_at = at
        version.save(update_fields=["told_at"])
    if sent or version.told_at:
        about = {"digest": version.digest_id, "version": version.number, "letters": len(sent)}
        record("digests.announced", by=HAVEN, at=at, about=about)
    return len(sent)


def _people(version: DigestVersion, at: datetime) -> dict[UUID, str]:
    """Whom to write to, each once: in each organisation the posts it is meant for, else the safeguarding leads, else
    whoever reads there."""
    people: dict[UUID, str] = {}
    for posts in people_to_tell(organisations=version.tells, on=local_day(at)).values():
        meant = meant_among(posts, roles=version.digest.roles, readers=READING)
        people |= {person: email for _, person, email in meant}
    return people


def _sent(email: str, version: DigestVersion) -> bool:
    return went_out(lambda: _write(email, version))


def _write(email: str, version: DigestVersion) -> None:
    if version.digest.is_public:
        content = version.content
        letters.public_digest(
            to=email, digest=version.digest_id, title=content.title, introduction=content.introduction
        )
    else:
        letters.digest(to=email)


def _for_update(digest_id: UUID, by: Actor) -> Digest:
    rows = Digest.objects.select_for_update(of=("self",)).select_related("area", "document", "old", "new")
    digest = rows.get(pk=digest_id)
    require(may_write(by, digest))
    return digest


def _ready(digest: Digest, wish: Publication, at: datetime) -> Content:
    """What is to be published. Raises `Refused`."""
    content = working(digest=digest).content
    if wish.seen != fingerprint(content):
        raise Refused(Reason.WRONG_STATE, LOOK_AGAIN)
    if not content.lines:
        raise Refused(Reason.NOT_READY, NOTHING_IN_IT)
    if strangers(area=digest.area, audience=wish.audience, on=local_day(at)):
        raise Refused(Reason.NOT_THE_AREA, STRANGERS)
    if not _reached(digest, wish, at):
        raise Refused(Reason.NOT_READY, NOBODY)
    if wish.is_public and not wish.contacts_allowed and (found := contacts_in(content.own_words)):
        raise Refused(Reason.NOT_ASKABLE, CONTACTS.format(found=", ".join(found)))
    return content


def _reached(digest: Digest, wish: Publication, at: datetime) -> list[UUID]:
    reached = organisations_reached(area=digest.area, audience=wish.audience, on=local_day(at))
    return list(reached.values_list("pk", flat=True))


def _keep_version(digest: Digest, content: Content, wish: Publication, why: str, at: datetime) -> DigestVersion:
    digest.version += 1
    digest.is_public, digest.roles = wish.is_public, sorted(role.value for role in wish.roles)
    digest.save()
    digest.audience.all().delete()
    DigestAudience.objects.bulk_create(DigestAudience.of(wish.audience, digest=digest))
    return DigestVersion.objects.create(
        digest=digest,
        number=digest.version,
        said=packed(content),
        why=why,
        published_at=at,
        tells=_reached(digest, wish, at) if wish.has_letter else [],
        told_at=None if wish.has_letter else at,
    )
