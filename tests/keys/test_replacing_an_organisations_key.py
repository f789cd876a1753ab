"""An organisation's key is replaced while its records are read, and destroyed when nothing stands under it."""

import os
import signal
from uuid import UUID

import psycopg
import pytest
from django.db import OperationalError, connection, connections

from haven.access.decision import Refused
from haven.engines.sealing.fields import new_key, place, seal
from haven.engines.sealing.keys import wrap
from haven.keys.models import OrganisationKey, Purpose, RecordKey, State, Wrap
from haven.keys.queries import Unlocked, open_with, record_key, replacing
from haven.keys.roots import at_hand
from haven.keys.services import (
    carry_on,
    destroy_key,
    make_organisation_keys,
    organisations,
    rewrap_some,
    rotate_organisation,
)
from haven.keys.tasks import carry_on as in_the_background
from haven.ledger.models import Detail
from tests.apart import at
from tests.cast import NOW
from tests.keys.worlds import ASHDOWN, BY, CANARY, OAKFIELD, POLICE, read, sealed

MANY = 1500
GIVEN = "insert into keys_wrap (record_id, organisation, key_id, wrapped, granted_at) values (%s, %s, %s, %s, now())"


def finish():
    return carry_on(organisations=None, told=lambda _: None, **BY)


def opened(many, *, by: UUID = POLICE) -> list:
    return list(open_with(organisation=by, sealed=many).values())


def key_of(organisation: UUID, state: State = State.LIVE) -> OrganisationKey:
    return OrganisationKey.objects.get(organisation=organisation, purpose=Purpose.WRAPPING, state=state)


@pytest.mark.django_db
def test_records_open_before_amid_and_after() -> None:
    many = dict(sealed(readers=[OAKFIELD]) for _ in range(9))
    rotate_organisation(organisation=POLICE, **BY)
    old = key_of(POLICE, State.RETIRING)
    assert rewrap_some(key_id=old.pk, after=0, at_most=4, **BY).moved == 4
    late, its = sealed()
    assert [one.left for one in replacing(organisations=None)] == [5]
    assert opened(many) == [{"narrative": CANARY}] * 9
    done = finish()
    assert (done.moved, done.failed, done.destroyed) == (5, 0, 1)
    old.refresh_from_db()
    assert (old.state, old.wrapped, old.destroyed_at) == (State.DESTROYED, None, NOW)
    assert opened(many | {late: its}) == [{"narrative": CANARY}] * 10
    assert opened(many, by=OAKFIELD) == [{"narrative": CANARY}] * 9


@pytest.mark.django_db
def test_each_step_is_in_the_ledger() -> None:
    sealed()
    rotate_organisation(organisation=POLICE, **BY)
    finish()
    verbs = ("rotated", "rewrapped", "destroyed")
    entries = [Detail.objects.filter(text__contains=f'"organisation_key.{verb}"') for verb in verbs]
    assert [entry.count() for entry in entries] == [1, 1, 1]
    assert '"failed":0,"moved":1' in entries[1].get().text


@pytest.mark.django_db
def test_a_second_replacement_waits_for_the_first() -> None:
    sealed()
    rotate_organisation(organisation=POLICE, **BY)
    with pytest.raises(Refused):
        rotate_organisation(organisation=POLICE, **BY)
    finish()
    assert rotate_organisation(organisation=POLICE, **BY).version == 3


@pytest.mark.django_db
def test_without_a_key_there_is_nothing_to_replace() -> None:
    with pytest.raises(Refused):
        rotate_organisation(organisation=ASHDOWN, **BY)


@pytest.mark.django_db
def test_a_wrap_that_does_not_open_keeps_the_old_key_there() -> None:
    (fine, its), (hurt, _) = sealed(), sealed()
    Wrap.objects.filter(record=hurt).update(wrapped=bytes(40))
    rotate_organisation(organisation=POLICE, **BY)
    done = finish()
    assert (done.moved, done.failed, done.destroyed) == (1, 1, 0)
    assert read(POLICE, fine, its) == {"narrative": CANARY}
    old = key_of(POLICE, State.RETIRING)
    assert not destroy_key(key_id=old.pk, **BY)
    RecordKey.objects.filter(pk=hurt).delete()
    assert finish().destroyed == 1


@pytest.mark.django_db
def test_an_old_key_that_does_not_open_itself_is_kept_and_counted() -> None:
    sealed()
    rotate_organisation(organisation=POLICE, **BY)
    OrganisationKey.objects.filter(state=State.RETIRING).update(wrapped=bytes(40))
    done = finish()
    assert (done.moved, done.failed, done.destroyed) == (0, 1, 0)


@pytest.mark.django_db
def test_a_key_in_use_is_not_destroyed() -> None:
    make_organisation_keys(organisation=POLICE, **BY)
    assert not destroy_key(key_id=key_of(POLICE).pk, **BY)


@pytest.mark.django_db
def test_the_background_goes_on_with_what_was_broken_off() -> None:
    sealed()
    rotate_organisation(organisation=POLICE, **BY)
    assert in_the_background(timestamp=0) == 1
    assert in_the_background(timestamp=0) == 0


def test_a_record_given_meanwhile_is_never_left_under_a_key_that_goes(apart: str) -> None:
    record, fields = sealed()
    make_organisation_keys(organisation=OAKFIELD, **BY)
    rotate_organisation(organisation=OAKFIELD, **BY)
    old = key_of(OAKFIELD, State.RETIRING)
    own = Wrap.objects.select_related("key").get(record=record)
    under_the_old = wrap(record_key(own, Unlocked(at_hand())), under=at_hand().opened(old))
    with psycopg.connect(at("haven_app", apart)) as somebody_else:
        somebody_else.execute(GIVEN, [record, OAKFIELD, old.pk, under_the_old])
        connection.cursor().execute("set lock_timeout = '200ms'")
        with pytest.raises(OperationalError, match="lock timeout"):  # it waits for her
            destroy_key(key_id=old.pk, **BY)
    assert not destroy_key(key_id=old.pk, **BY)
    assert finish().destroyed == 1
    assert read(OAKFIELD, record, fields) == {"narrative": CANARY}


def test_killed_at_any_moment_it_goes_on_and_every_record_opens(apart: str) -> None:
    many = _many(MANY)
    rotate_organisation(organisation=POLICE, **BY)
    lefts = [MANY]
    for steps in (2, 9, 30):
        _killed_after(steps)
        (one,) = replacing(organisations=[POLICE])
        lefts.append(one.left)
        assert opened(many) == [{"narrative": CANARY}] * MANY
    assert lefts == sorted(set(lefts), reverse=True)
    done = finish()
    assert (done.moved, done.failed, done.destroyed) == (lefts[-1], 0, 1)
    assert opened(many) == [{"narrative": CANARY}] * MANY


def _many(count: int) -> dict[UUID, dict[str, bytes]]:
    """Records sealed for the police, written in few statements."""
    above = make_organisation_keys(organisation=POLICE, **BY)
    under = at_hand().opened(above)
    records, wraps, many = [], [], {}
    for number in range(count):
        record, key = UUID(int=10_000 + number), new_key()
        many[record] = {"narrative": seal(CANARY, key=key, bound_to=place(POLICE, record, "narrative"))}
        records.append(RecordKey(record=record, owner=POLICE, sample=b"", made_at=NOW))
        wraps.append(
            Wrap(record_id=record, organisation=POLICE, key=above, wrapped=wrap(key, under=under), granted_at=NOW)
        )
    RecordKey.objects.bulk_create(records)
    Wrap.objects.bulk_create(wraps)
    return many


def _killed_after(steps: int) -> None:
    """Go on in a process of its own, in small steps, and kill it amid one."""
    connections.close_all()
    connections["default"].close_pool()
    hears, tells = os.pipe()
    child = os.fork()
    if not child:
        try:
            organisations.AT_ONCE = 25
            carry_on(organisations=None, told=lambda _: os.write(tells, b"."), **BY)
        finally:
            os._exit(1)  # it was to be killed before
    os.close(tells)
    heard = 0
    while heard < steps:
        heard += len(os.read(hears, 1))
    os.kill(child, signal.SIGKILL)
    os.close(hears)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
