"""When something is wrong, the page says so plainly, says what to do, and gives nothing away."""

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import path
from django.views.decorators.http import require_safe

from haven.config.urls import urlpatterns as house
from tests.cast import Cast

PAGES = ["400.html", "403.html", "403_csrf.html", "404.html", "413.html", "429.html", "500.html"]
FAULTS = {"fail": ValueError("Priya Nair"), "refuse": PermissionDenied("Priya Nair"), "odd": SuspiciousOperation("x")}


@require_safe
def go_wrong(request: HttpRequest, how: str) -> HttpResponse:
    """A view that goes wrong."""
    raise FAULTS[how]


urlpatterns = [*house, path("wrong/<slug:how>/", go_wrong)]


@pytest.mark.parametrize("name", PAGES)
def test_each_page_says_what_to_do_and_names_nothing(db: None, name: str) -> None:
    page = render_to_string(name, request=RequestFactory().get("/somewhere/"))
    assert page.count("<h1") == 1
    assert 'class="haven-header"' in page
    assert any(words in page for words in ("Go back", "Go to the front page", "Wait"))
    assert "somewhere" not in page


@pytest.mark.parametrize("name", ["413.html", "500.html"])
def test_the_pages_for_when_nothing_works_need_nothing(name: str) -> None:
    page = render_to_string(name)
    assert page.startswith("<!DOCTYPE html>")
    assert "/static/kit/haven.css" in page


@pytest.mark.urls("tests.kit.test_error_pages")
@pytest.mark.parametrize(
    ("how", "status", "said"),
    [
        ("fail", 500, "Sorry, something went wrong"),
        ("refuse", 403, "Page not found"),
        ("odd", 400, "That could not be read"),
        ("nothing/here", 404, "Page not found"),
    ],
)
def test_what_went_wrong_reaches_nobody(cast: Cast, how: str, status: int, said: str) -> None:
    client = cast.client("priya")
    client.raise_request_exception = False
    response = client.get(f"/wrong/{how}/")
    page = response.content.decode()
    assert response.status_code == status
    assert said in page
    assert "Priya" not in page
    assert response.headers["Cache-Control"] == "no-store"


def test_a_form_that_was_open_for_too_long_says_how_to_send_it_again(cast: Cast) -> None:
    known = cast.client("priya")
    client = Client(enforce_csrf_checks=True)
    client.cookies = known.cookies
    response = client.post("/actions/seen/", {"assignment": "x"})
    assert response.status_code == 403
    page = response.content.decode()
    assert "Please try that again" in page
    assert "was not saved" in page
