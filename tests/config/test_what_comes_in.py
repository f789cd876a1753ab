"""What comes in from outside: how large it may be, and how the database of one's own is reached."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from haven.config import settings as installed
from haven.config.middleware import LARGEST_BODY


def test_a_request_too_large_is_refused_before_any_of_it_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_file(*_: object, **__: object) -> None:
        raise AssertionError("something was kept")

    monkeypatch.setattr("django.core.files.uploadhandler.TemporaryFileUploadHandler.new_file", no_file)
    big = SimpleUploadedFile("a.txt", b"x" * LARGEST_BODY)
    response = Client().post(reverse("account_login"), {"file": big})
    assert response.status_code == 413
    assert "That is too large" in response.content.decode()
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize("length", ["", "none", "-1", "0"])
def test_a_length_that_says_nothing_lets_nothing_in(length: str) -> None:
    assert Client().get(reverse("desk:help"), CONTENT_LENGTH=length).status_code == 200


def test_how_the_database_is_to_be_reached_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    address = "postgresql://haven_app:p%40ss@db.example.org/haven?sslmode=verify-full&sslrootcert=/etc/ca.pem"
    monkeypatch.setenv("DATABASE_URL", address)
    database = installed._database()
    assert database["PASSWORD"] == "p@ss"
    options = database["OPTIONS"]
    assert isinstance(options, dict)
    assert (options["sslmode"], options["sslrootcert"]) == ("verify-full", "/etc/ca.pem")
    assert options["pool"]
