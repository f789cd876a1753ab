"""Every field is classed, every model has a rule by which its rows end, and the register is printed from that."""

from django.apps import apps
from django.db.models import Model

from haven.config.registers import privacy_register
from tests.shape.source import ROOT


def our_models() -> list[type[Model]]:
    """Haven's own models."""
    found = [model for model in apps.get_models() if model.__module__.startswith("haven.")]
    assert len(found) > 10
    return found


def test_every_field_is_classed_once() -> None:
    for model in our_models():
        fields = {field.name for field in model._meta.get_fields() if field.concrete}
        assert set(model.privacy.classes()) == fields, f"{model.__name__}: {fields ^ set(model.privacy.classes())}"


def test_every_model_has_a_retention_rule() -> None:
    assert [model.__name__ for model in our_models() if len(model.privacy.keep) < 10] == []


def test_the_register_in_the_docs_is_the_one_printed_from_the_models() -> None:
    assert (ROOT / "docs" / "reference" / "privacy-register.md").read_text() == privacy_register()
