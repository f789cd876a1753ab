"""When something is wrong, the page says so plainly and gives nothing away."""

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from tests.cast import Cast


@pytest.mark.parametrize("name", ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"])
def test_each_error_page_stands_by_itself(db: None, name: str) -> None:
    page = render_to_string(name, request=RequestFactory().get("/somewhere/"))
    assert page.count("<h1") == 1
    assert "somewhere" not in page


def test_what_is_not_there_is_a_plain_page(cast: Cast) -> None:
    response = cast.client("priya").get("/no/such/page/")
    assert response.status_code == 404
    assert "Page not found" in response.content.decode()
