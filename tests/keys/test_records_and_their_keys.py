"""A record opens for the organisations it was given to, until it is taken back; one that fails fails alone."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from haven.access.decision import Refused
from haven.engines.sealing.lookup import composite
from haven.keys.models import OrganisationKey, Purpose, RecordKey, Wrap
from haven.keys.queries import Unopened, Why, index_of_words, open_with, seal_with
from haven.keys.services import Sealing, forget_record, grant, make_organisation_keys, seal_all, withdraw
from haven.ledger.models import Detail
from tests.cast import NOW
from tests.keys.worlds import ASHDOWN, BY, CANARY, OAKFIELD, POLICE, read, sealed

pytestmark = pytest.mark.django_db
BORN = date(2016, 4, 1)
SAM = {"surname": "Loveday", "first_name": "Sam", "born_on": BORN}


def index_of(organisation: UUID, field: str, **who: Any) -> bytes | None:
    """By what it finds this person."""
    return index_of_words(organisation=organisation, field=field, words=composite(**who))


def told() -> str:
    return " ".join(Detail.objects.order_by("pk").values_list("text", flat=True))


def test_it_opens_for_its_owner_and_its_readers_and_for_nobody_else() -> None:
    record, fields = sealed(readers=[OAKFIELD])
    assert read(POLICE, record, fields) == read(OAKFIELD, record, fields) == {"narrative": CANARY}
    assert read(ASHDOWN, record, fields) == Unopened(record, Why.NOT_GRANTED)


def test_nothing_of_it_can_be_read_in_the_database_or_the_ledger() -> None:
    _, fields = sealed(readers=[OAKFIELD])
    assert CANARY not in fields["narrative"]
    assert Wrap.objects.count() == 2
    assert "canary" not in told()
    with connection.cursor() as cursor:
        cursor.execute("select string_agg(keys_wrap::text || keys_recordkey::text, ' ') from keys_wrap, keys_recordkey")
        assert CANARY.hex() not in cursor.fetchone()[0]


def test_every_record_has_a_key_of_its_own() -> None:
    (one, its), (other, others) = sealed(), sealed()
    assert isinstance(read(POLICE, one, others), Unopened)
    assert isinstance(read(POLICE, other, its), Unopened)


def test_a_field_moved_to_another_field_does_not_open() -> None:
    record, fields = sealed()
    moved = {"address": fields["narrative"]}
    assert open_with(organisation=POLICE, sealed={record: moved})[record] == Unopened(record, Why.DAMAGED)


def test_a_record_is_given_to_another_organisation_once() -> None:
    record, fields = sealed()
    assert grant(record=record, to=ASHDOWN, **BY)
    assert not grant(record=record, to=ASHDOWN, **BY)
    assert read(ASHDOWN, record, fields) == {"narrative": CANARY}
    assert told().count('"record_key.granted"') == 1


def test_taken_back_it_opens_there_no_more_and_everywhere_else_still() -> None:
    record, fields = sealed(readers=[OAKFIELD, ASHDOWN])
    assert withdraw(record=record, organisation=OAKFIELD, **BY)
    assert not withdraw(record=record, organisation=OAKFIELD, **BY)
    assert read(OAKFIELD, record, fields) == Unopened(record, Why.NOT_GRANTED)
    assert read(ASHDOWN, record, fields) == read(POLICE, record, fields) == {"narrative": CANARY}
    assert told().count('"record_key.withdrawn"') == 1


def test_a_record_is_not_taken_back_from_its_owner() -> None:
    record, fields = sealed()
    with pytest.raises(Refused, match="state"):
        withdraw(record=record, organisation=POLICE, **BY)
    assert read(POLICE, record, fields) == {"narrative": CANARY}


def test_a_forgotten_record_opens_for_nobody() -> None:
    record, fields = sealed(readers=[OAKFIELD])
    forget_record(record=record, **BY)
    assert not Wrap.objects.exists()
    assert not RecordKey.objects.exists()
    assert {read(each, record, fields).why for each in (POLICE, OAKFIELD)} == {Why.NOT_GRANTED}


def test_a_further_field_is_sealed_under_the_same_key() -> None:
    record, fields = sealed(readers=[OAKFIELD])
    more = fields | seal_with(record=record, fields={"address": b"a safe one"})
    assert read(OAKFIELD, record, more) == {"narrative": CANARY, "address": b"a safe one"}


def test_of_many_records_the_one_that_is_damaged_alone_does_not_open() -> None:
    many = dict(sealed(text=f"record {n}".encode()) for n in range(20))
    hurt, lost, spoilt = list(many)[3], list(many)[7], list(many)[11]
    many[hurt] = {"narrative": many[hurt]["narrative"][:-1] + b"\x00"}
    Wrap.objects.filter(record=lost).update(wrapped=bytes(40))
    many[spoilt] = {"narrative": b""}
    opened = open_with(organisation=POLICE, sealed=many)
    assert {each: got for each, got in opened.items() if isinstance(got, Unopened)} == {
        each: Unopened(each, Why.DAMAGED) for each in (hurt, lost, spoilt)
    }
    fine = [got["narrative"] for got in opened.values() if not isinstance(got, Unopened)]
    assert len(fine) == 17
    assert fine[0] == b"record 0"


def test_many_records_are_opened_by_one_question(django_assert_num_queries) -> None:
    many = dict(sealed() for _ in range(10))
    with django_assert_num_queries(1):
        assert len(open_with(organisation=POLICE, sealed=many)) == 10


def test_without_the_root_key_nothing_opens_and_nothing_falls_over(root_key) -> None:
    record, fields = sealed()
    text = root_key.read_text()
    root_key.unlink()
    assert read(POLICE, record, fields) == Unopened(record, Why.NO_ROOT_KEY)
    root_key.write_text(text)
    root_key.chmod(0o644)
    assert read(POLICE, record, fields) == Unopened(record, Why.NO_ROOT_KEY)
    root_key.chmod(0o600)
    assert read(POLICE, record, fields) == {"narrative": CANARY}


def test_one_organisations_key_in_anothers_place_opens_nothing() -> None:
    record, fields = sealed(readers=[OAKFIELD])
    theirs = OrganisationKey.objects.get(organisation=OAKFIELD, purpose=Purpose.WRAPPING)
    OrganisationKey.objects.filter(organisation=POLICE, purpose=Purpose.WRAPPING).update(wrapped=theirs.wrapped)
    assert read(POLICE, record, fields) == Unopened(record, Why.DAMAGED)


def test_a_record_gets_its_key_once() -> None:
    record, _ = sealed()
    with pytest.raises(IntegrityError), transaction.atomic():
        seal_all(records=[Sealing(record, POLICE, [], {})], **BY)


def test_a_failing_ledger_seals_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("haven.ledger.services.record_all", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        sealed()
    assert not RecordKey.objects.exists()


def test_the_ledger_has_identifiers_and_nothing_else() -> None:
    record, _ = sealed(readers=[OAKFIELD])
    entry = Detail.objects.get(text__contains='"record_key.made"').text
    assert all(str(each) in entry for each in (record, POLICE, OAKFIELD))
    assert told().count('"organisation_key.made"') == 4
    assert told().count('"root_key.made"') == 1


def test_a_person_is_found_by_an_index_that_is_each_organisations_own() -> None:
    assert index_of(organisation=POLICE, field="child", **SAM) is None
    make_organisation_keys(organisation=POLICE, **BY)
    make_organisation_keys(organisation=OAKFIELD, **BY)
    mine = index_of(organisation=POLICE, field="child", **SAM)
    assert len(mine) == 5
    assert mine == index_of(organisation=POLICE, field="child", surname="LOVE-DAY", first_name="Sám", born_on=BORN)
    assert mine != index_of(organisation=OAKFIELD, field="child", **SAM)
    assert mine != index_of(organisation=POLICE, field="adult", **SAM)


@pytest.mark.parametrize("changes", [{"organisation": ASHDOWN}, {"key_id": uuid4()}])
def test_the_database_wraps_a_record_under_a_key_of_its_reader_alone(changes) -> None:
    sealed(readers=[OAKFIELD])
    wraps = Wrap.objects.filter(organisation=OAKFIELD)
    with pytest.raises(IntegrityError, match="a key of its reader"), transaction.atomic():
        wraps.update(**changes)


def test_the_database_wraps_no_record_under_a_key_for_lookups() -> None:
    sealed()
    lookup = OrganisationKey.objects.get(organisation=POLICE, purpose=Purpose.LOOKUP)
    with pytest.raises(IntegrityError, match="a key of its reader"), transaction.atomic():
        Wrap.objects.update(key=lookup)


def test_the_database_destroys_no_key_that_is_needed() -> None:
    sealed()
    key = OrganisationKey.objects.filter(organisation=POLICE, purpose=Purpose.WRAPPING)
    with pytest.raises(IntegrityError, match="nothing stands under it"), transaction.atomic():
        key.update(state="destroyed", wrapped=None, destroyed_at=NOW)


@pytest.mark.parametrize(
    "changes",
    [
        {"version": 0},
        {"wrapped": None},
        {"destroyed_at": NOW},
        {"state": "destroyed"},
        {"version": 1, "purpose": "lookup"},
    ],
)
def test_the_database_keeps_no_key_that_contradicts_itself(changes) -> None:
    make_organisation_keys(organisation=POLICE, **BY)
    with pytest.raises(IntegrityError), transaction.atomic():
        OrganisationKey.objects.filter(purpose=Purpose.WRAPPING).update(**changes)
