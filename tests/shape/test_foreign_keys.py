"""Foreign keys run downward: a row knows what it stands on, never what stands on it."""

from configparser import ConfigParser

from django.apps import apps

from tests.shape.source import ROOT


def floors() -> dict[str, int]:
    """The height of each capability, the top being 0, as .importlinter has it."""
    contracts = ConfigParser()
    contracts.read(ROOT / ".importlinter")
    lines = contracts["importlinter:contract:floors"]["layers"].split("\n")
    named = [line.replace("(", "").replace(")", "").split("|") for line in lines if line.strip()]
    return {name.strip(): height for height, line in enumerate(named) for name in line}


def test_every_foreign_key_runs_down_or_stays_inside() -> None:
    heights = floors()
    ours = [model for model in apps.get_models() if model.__module__.startswith("haven.")]
    keys = [
        (model._meta.app_label, field.related_model._meta.app_label, field)
        for model in ours
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model.__module__.startswith("haven.")
    ]
    assert len(keys) > 15
    upward = [str(field) for here, there, field in keys if here != there and heights[there] <= heights[here]]
    assert upward == []
