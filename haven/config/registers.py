"""What the reference documents are printed from: the models, the commands, the settings."""

from django.apps import apps
from django.db.models import Model

HEADING = """\
# Privacy register

What Haven keeps, how each field is classed, and the rule by which rows end. Printed from the models by
`haven check --print-registers`; a test holds it to them.
"""


def privacy_register() -> str:
    """The register as Markdown."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("haven.")]
    return HEADING + "".join(_entry(model) for model in sorted(ours, key=lambda model: model._meta.label))


def _entry(model: type[Model]) -> str:
    privacy = model.privacy  # type: ignore[attr-defined]
    doc = (model.__doc__ or "").split("\n")[0]
    rows = "".join(f"| `{field}` | {kind} |\n" for field, kind in privacy.classes().items())
    return f"\n## {model._meta.label}\n\n{doc}\n\nKept: {privacy.keep}\n\n| field | class |\n| --- | --- |\n{rows}"
