"""A program's key: registered by one person, approved by another, good for a time, and ended at once."""

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from django.db import IntegrityError, transaction

from haven.access.actor import HAVEN
from haven.access.decision import Reason, Refused
from haven.access.roles import Role
from haven.api.models import ProgramKey, SeenNonce
from haven.api.queries.keys import Standing, key_for, keys_for, program_of, senders_of, standing_of
from haven.api.rules.keys import LONGEST, public_key
from haven.api.rules.problems import Problem, Refusal
from haven.api.rules.signatures import Request
from haven.api.services import admit, approve_key, end_key, sweep_nonces
from haven.api.services.admitting import SWEPT_AFTER
from haven.ledger.models import Detail
from tests.api.programs import ORIGIN, Program, let_in, registered
from tests.cast import NOW, TODAY, Cast

pytestmark = pytest.mark.django_db

PATH = "/api/v1/notifications"
BODY = b"{}"
PEM = (Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def asked(program: Program, **given) -> Request:
    """A request that this program signed."""
    return Request("POST", ORIGIN + PATH, program.headers("POST", PATH, BODY, **given), BODY)


def problem_of(request: Request, *, at=NOW) -> Problem | None:
    """Why a request is not let in, or none."""
    try:
        with transaction.atomic():
            admit(request=request, at=at)
    except Refusal as refusal:
        return refusal.problem
    return None


def why(service, **given) -> Reason | None:
    """Why a service would not."""
    try:
        service(at=NOW, **given)
    except Refused as refused:
        return refused.reason
    return None


def test_a_key_is_used_only_once_a_second_person_approved_it(cast: Cast) -> None:
    program = Program()
    key = registered(cast, program)
    assert problem_of(asked(program)) is Problem.NOT_APPROVED
    assert why(approve_key, key_id=key.pk, by=cast.actor("bell")) is Reason.NOT_A_SECOND_PERSON
    assert why(approve_key, key_id=key.pk, by=cast.actor("marcus")) is None
    assert problem_of(asked(program)) is None
    assert why(approve_key, key_id=key.pk, by=cast.actor("marcus")) is Reason.WRONG_STATE


def test_whoever_sends_does_so_in_the_name_of_the_program_for_the_areas_of_its_force(cast: Cast) -> None:
    actor = program_of(let_in(cast, Program()), on=TODAY)
    assert (actor.person, actor.name) == (None, "Program: Records system")
    assert actor.holds(Role.POLICE_OFFICER, organisation=cast.police.pk, area=cast.area.pk)


def test_the_very_same_request_is_taken_once_and_again_where_what_it_did_was_undone(cast: Cast) -> None:
    program = Program()
    let_in(cast, program)
    request = asked(program)
    with transaction.atomic():
        admit(request=request, at=NOW)
        transaction.set_rollback(True)
    assert problem_of(request) is None
    assert problem_of(request) is Problem.REPLAYED
    assert problem_of(asked(program)) is None


def test_two_programs_may_use_the_same_nonce(cast: Cast) -> None:
    one, other = Program(), Program(Ed25519PrivateKey.from_private_bytes(b"\x07" * 32))
    let_in(cast, one)
    let_in(cast, other)
    assert [problem_of(asked(each, nonce="abcdefghijklmnop")) for each in (one, other)] == [None, None]


def test_a_key_is_good_from_its_first_moment_until_its_last(cast: Cast) -> None:
    program = Program()
    key = let_in(cast, program, ends_in=timedelta(days=2))
    for at, problem in (
        (NOW - timedelta(seconds=1), Problem.NOT_IN_TIME),
        (NOW, None),
        (key.ends_at - timedelta(seconds=1), None),
        (key.ends_at, Problem.NOT_IN_TIME),
    ):
        assert problem_of(asked(program, at=at), at=at) is problem


def test_a_key_that_is_ended_is_ended_at_once_and_never_comes_back(cast: Cast) -> None:
    program = Program()
    key = let_in(cast, program)
    assert why(end_key, key_id=key.pk, by=cast.actor("priya")) is Reason.NOT_THE_ROLE
    assert why(end_key, key_id=key.pk, by=cast.actor("bell")) is None
    assert problem_of(asked(program)) is Problem.ENDED
    assert why(end_key, key_id=key.pk, by=cast.actor("bell")) is Reason.WRONG_STATE
    with pytest.raises(Refused) as refused:
        registered(cast, program)
    assert refused.value.reason is Reason.WRONG_STATE


def test_a_key_that_nobody_registered_opens_nothing(cast: Cast) -> None:
    assert problem_of(asked(Program())) is Problem.UNKNOWN_KEY


def test_a_request_of_another_key_under_a_known_name_is_refused(cast: Cast) -> None:
    program = Program()
    let_in(cast, program)
    forged = Program(Ed25519PrivateKey.from_private_bytes(b"\x09" * 32))
    name = program.name
    headers = forged.headers("POST", PATH, BODY)
    headers["signature-input"] = headers["signature-input"].replace(forged.name, name)
    assert problem_of(Request("POST", ORIGIN + PATH, headers, BODY)) is Problem.SIGNATURE


def test_only_those_who_work_for_a_force_register_and_for_a_year_at_most(cast: Cast) -> None:
    assert senders_of(by=cast.actor("bell")) == [cast.police]
    assert senders_of(by=cast.actor("marcus")) == []
    for who in ("marcus", "priya", "nadia", "sam"):
        with pytest.raises(Refused):
            registered(cast, Program(), who=who)
    for ends_in in (LONGEST + timedelta(seconds=1), timedelta(0)):
        with pytest.raises(Refused) as refused:
            registered(cast, Program(), ends_in=ends_in)
        assert refused.value.reason is Reason.NOT_READY
    assert ProgramKey.objects.count() == 0


def test_each_sees_the_keys_that_she_may_end(cast: Cast) -> None:
    key = registered(cast, Program())
    for who in ("bell", "marcus"):
        line = key_for(key_id=key.pk, by=cast.actor(who), at=NOW, on=TODAY)
        assert (line.standing, line.may_approve, line.may_end) == (Standing.WAITING, who == "marcus", True)
        assert [each.key for each in keys_for(by=cast.actor(who), at=NOW, on=TODAY)] == [key]
    for who in ("priya", "lena", "nadia", "sam", "nobody"):
        with pytest.raises(Refused):
            keys_for(by=cast.actor(who), at=NOW, on=TODAY)
        with pytest.raises(ProgramKey.DoesNotExist):
            key_for(key_id=key.pk, by=cast.actor(who), at=NOW, on=TODAY)


def test_a_key_stands_as_its_days_say(cast: Cast) -> None:
    key = let_in(cast, Program())
    assert standing_of(key, at=NOW - timedelta(seconds=1)) is Standing.AHEAD
    assert standing_of(key, at=NOW) is Standing.GOOD
    assert standing_of(key, at=key.ends_at) is Standing.OVER


def test_the_ledger_says_who_let_a_program_in(cast: Cast) -> None:
    key = let_in(cast, Program())
    end_key(key_id=key.pk, by=cast.actor("marcus"), at=NOW)
    told = [each.text for each in Detail.objects.all()]
    for verb in ("registered", "approved", "ended"):
        assert sum(f'"verb":"program_key.{verb}"' in text and str(key.pk) in text for text in told) == 1


def test_requests_that_are_too_old_to_pass_are_forgotten(cast: Cast) -> None:
    program = Program()
    let_in(cast, program)
    assert problem_of(asked(program)) is None
    assert sweep_nonces(by=HAVEN, at=NOW + SWEPT_AFTER) == 0
    assert sweep_nonces(by=HAVEN, at=NOW + SWEPT_AFTER + timedelta(seconds=1)) == 1
    assert SeenNonce.objects.count() == 0


def test_a_public_key_is_taken_as_pem_or_in_base64_and_nothing_else_is() -> None:
    key = Program().key
    raw = key.public_key().public_bytes_raw()
    assert public_key(Program().public) == public_key(key.public_key().public_bytes(*PEM).decode()) == raw
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    other = generate_private_key(SECP256R1()).public_key().public_bytes(*PEM).decode()
    for text in (private, other, "AAAA", "not base 64!", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"):
        with pytest.raises(ValueError):
            public_key(text)


@pytest.mark.parametrize(
    "changed",
    [
        {"ends_at": NOW},
        {"approved_at": NOW},
        {"ended_at": NOW},
        {"approved_at": NOW, "approved_by": "bell"},
    ],
)
def test_the_database_refuses_a_key_that_cannot_be(cast: Cast, changed: dict[str, object]) -> None:
    key = registered(cast, Program())
    values = {name: cast.people[value] if value == "bell" else value for name, value in changed.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        ProgramKey.objects.filter(pk=key.pk).update(**values)


def test_the_database_keeps_a_nonce_once(cast: Cast) -> None:
    key = registered(cast, Program())
    SeenNonce.objects.create(key=key, nonce="abcdefghijklmnop", seen_at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        SeenNonce.objects.create(key=key, nonce="abcdefghijklmnop", seen_at=NOW)
