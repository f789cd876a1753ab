"""A root key made up for the tests."""

import pytest


@pytest.fixture(autouse=True)
def root_key(settings) -> None:
    """As every test of what is confidential has one."""
    settings.ROOT_KEY = "5a" * 32
