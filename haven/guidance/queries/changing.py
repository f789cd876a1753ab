"""Rows taken to be changed: locked, and only for those who may."""

from uuid import UUID

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, require
from haven.guidance.models import Document, Edition
from haven.guidance.policy import kept_by, may_give_file, may_keep
from haven.people.models import Area

WITHDRAWN = "This document is withdrawn. Put it back first."


def document_for_update(*, document_id: UUID, by: Actor) -> Document:
    """The document, locked. Raises `Refused` for who does not keep it, and for one that is withdrawn."""
    document = any_document_for_update(document_id=document_id, by=by)
    _require_held(document)
    return document


def any_document_for_update(*, document_id: UUID, by: Actor) -> Document:
    """The document, locked, withdrawn or not. Raises `Refused` for who does not keep it."""
    document = Document.objects.select_for_update(of=("self",)).get(pk=document_id)
    require(may_keep(by, document))
    return document


def edition_for_update(*, edition_id: UUID, by: Actor) -> Edition:
    """The edition of a document that she keeps, locked. Raises `Refused`, for one of a withdrawn document too."""
    edition = _locked(edition_id)
    require(may_keep(by, edition.document))
    _require_held(edition.document)
    return edition


def edition_for_file(*, edition_id: UUID, by: Actor) -> Edition:
    """The edition to which she may give a file, locked. Raises `Refused` likewise."""
    edition = _locked(edition_id)
    require(may_give_file(by, edition))
    _require_held(edition.document)
    return edition


def areas_led(*, by: Actor) -> list[Area]:
    """The areas whose own documents she keeps. Raises `Refused` where there is none."""
    areas = list(Area.objects.filter(pk__in=by.leads))
    if not areas:
        raise Refused(Reason.NOT_THE_ROLE)
    return areas


def document_to_keep(*, document_id: UUID, by: Actor) -> Document:
    """A document that she keeps, to be shown in a form."""
    return Document.objects.filter(kept_by(by)).select_related("area").get(pk=document_id)


def edition_to_keep(*, edition_id: UUID, by: Actor) -> Edition:
    """An edition of such a document."""
    edition = Edition.objects.select_related("document").get(pk=edition_id)
    require(may_keep(by, edition.document))
    return edition


def edition_to_fill(*, edition_id: UUID, by: Actor) -> Edition:
    """An edition to which she may give a file. Raises `Refused`."""
    edition = Edition.objects.select_related("document").get(pk=edition_id)
    require(may_give_file(by, edition))
    return edition


def _require_held(document: Document) -> None:
    if document.withdrawn_on:
        raise Refused(Reason.WRONG_STATE, WITHDRAWN)


def _locked(edition_id: UUID) -> Edition:
    return Edition.objects.select_for_update(of=("self",)).select_related("document").get(pk=edition_id)
