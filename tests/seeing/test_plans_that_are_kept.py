"""What is asked again and again is planned once, and only where it was wished."""

import pytest
from django.db import connection

from haven.people.models import Organisation
from haven.people.seeing import plans_kept
from tests.cast import Cast


def prepared() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("select statement from pg_prepared_statements where statement like '%people_organisation%'")
        return {statement for (statement,) in cursor.fetchall()}


def ask(cast: Cast) -> None:
    assert Organisation.objects.filter(pk=cast.oakfield.pk).values_list("urn", flat=True).get() == 900001


def test_a_statement_that_comes_again_is_prepared_within_and_never_outside(cast: Cast) -> None:
    before = prepared()
    for _ in range(9):
        ask(cast)
    assert prepared() == before
    with plans_kept():
        for _ in range(9):
            ask(cast)
        with plans_kept():
            ask(cast)
    assert len(prepared() - before) == 1
    with connection.cursor() as cursor:
        cursor.execute("select %s || %s", ["no type", " is asked for"])  # only where values stand in the statement
        assert cursor.fetchone() == ("no type is asked for",)


def test_an_error_ends_it_too(cast: Cast) -> None:
    line = connection.connection
    before = line.cursor_factory, line.prepare_threshold
    with pytest.raises(ValueError, match="strange"), plans_kept():
        raise ValueError("strange")
    assert (line.cursor_factory, line.prepare_threshold) == before
