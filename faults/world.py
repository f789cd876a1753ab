"""Furnishes a house for a campaign: an area, its schools with their leads, its police, and the key of its program.

python -m faults.world PUBLIC_KEY_IN_BASE64
"""

import sys
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from typing import Any

from haven.access.actor import HAVEN
from haven.config.django_ready import make_ready

SCHOOLS = tuple(range(900_001, 900_021))
AREA = "999"
BEGAN = date(2020, 9, 1)


def main(public: str) -> None:
    """Write it, once, in one transaction."""
    make_ready()
    import_module("haven.keys.services").make_root(by=HAVEN, at=datetime.now(UTC))
    transaction = import_module("django.db.transaction")
    with transaction.atomic():
        _furnish(public)


def _furnish(public: str) -> None:
    models, roles = import_module("haven.people.models"), import_module("haven.access.roles")
    kind, role = roles.Kind, roles.Role
    area = models.Area.objects.create(name="Fairhaven", code=AREA)

    def place(of: str, name: str, urn: int | None = None) -> object:
        made = models.Organisation.objects.create(kind=of, name=name, urn=urn, phase="primary" if urn else "")
        models.ServedArea.objects.create(organisation=made, area=area, starts_on=BEGAN)
        return made

    def person(name: str, post: str, where: object) -> object:
        made = models.Person.objects.create(email=f"{name}@example.org", name=name.replace(".", " ").title())
        import_module("allauth.mfa.models").Authenticator.objects.create(
            user=made, type="totp", data={"secret": "not used here"}
        )
        models.Post.objects.create(person=made, organisation=where, role=post, starts_on=BEGAN)
        return made

    for urn in SCHOOLS:
        school = place(kind.SCHOOL, f"Oakfield {urn % 100} Primary School", urn)
        person(f"lead.{urn}", role.DSL, school)
        person(f"deputy.{urn}", role.DEPUTY_DSL, school)
        person(f"head.{urn}", role.HEAD, school)
    council, police = place(kind.COUNCIL, "Fairhaven Council"), place(kind.POLICE, "Fairhaven Police")
    person("duty.officer", role.DUTY_OFFICER, council)
    person("safeguarding.lead", role.SAFEGUARDING_LEAD, council)
    _let_in(
        person("first.officer", role.POLICE_OFFICER, police),
        person("second.officer", role.POLICE_OFFICER, police),
        police,
        public,
    )


def _let_in(first: object, second: object, police: Any, public: str) -> None:
    """The program's key, registered by one officer and approved by another."""
    api, queries = import_module("haven.api.services"), import_module("haven.people.queries")
    now = datetime.now(UTC)
    by = [queries.actor_of(person=each, has_second_factor=True, on=now.date()) for each in (first, second)]
    new = api.NewKey(police.pk, "a campaign of harm", public, now - timedelta(days=1), now + timedelta(days=30))
    key = api.register_key(new=new, by=by[0], at=now)
    api.approve_key(key_id=key.pk, by=by[1], at=now)


if __name__ == "__main__":
    main(sys.argv[1])
