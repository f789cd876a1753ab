"""The small forms in which a draft is made: its head, what schools say of themselves, scales, parts and sections.

Each holds one thing of a draft and gives the whole content as it would be with what was typed.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from haven.kit.dates import DayField
from haven.questions.models.templates import LONGEST_LABEL, LONGEST_TITLE
from haven.questions.queries.drafting import VersionPage
from haven.questions.rules import editing
from haven.questions.rules.checking import LONGEST_TEXT, MOST_LEVELS
from haven.questions.rules.editing import Draft, Level
from haven.questions.rules.kinds import BUILT_IN, KINDS, STANDS, Kind, Stands
from haven.questions.rules.outline import USES

LONGEST_HEADING = 200


def text_field(label: str, hint: str = "", *, most: int, required: bool = True, rows: int = 0) -> forms.CharField:
    """A field for words, of one line or of several."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(label=label, help_text=hint, max_length=most, required=required, widget=widget)


class DraftForm(forms.Form):
    """One thing of a draft. `seen` is the revision of the draft that stood on the page."""

    heading = ""
    lead = ""
    button = "Save"
    kept = "Saved."

    seen = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, page: VersionPage, key: str = "", asked: Mapping[str, str], **kwargs: Any) -> None:
        self.page, self.key, self.asked = page, key, asked
        self.content: Draft = dict(page.content)
        super().__init__(*args, **kwargs)
        self.initial = {"seen": page.version.revision} | self.stands()
        self.prepare()

    def stands(self) -> dict[str, Any]:
        """What stands in the draft, as the fields show it. Raises `NotThere`."""
        return {}

    def prepare(self) -> None:
        """Add the fields that hang on what stands in the draft."""

    def changed(self) -> Draft:
        """The whole content with what was typed. Raises `Unfit` or `NotThere`."""
        raise NotImplementedError

    @property
    def place(self) -> str:
        """Where on the draft's page the thing stands."""
        return ""

    @property
    def rows(self) -> list[forms.BoundField]:
        """The fields that are shown."""
        return list(self.visible_fields())

    @property
    def mine(self) -> list[tuple[str, str]]:
        """What stands in the draft now, where it is otherwise than what was typed: label and words."""
        stands = self.initial
        texts = [each for each in self.visible_fields() if isinstance(each.field, forms.CharField)]
        told = [(each, str(stands.get(each.name) or "")) for each in texts]
        return [(str(each.label), said) for each, said in told if said and said != str(each.value() or "")]


class AboutForm(DraftForm):
    """The head of a draft."""

    heading = "What it is called and what it is for"

    title = text_field("Title", most=LONGEST_TITLE)
    version = text_field("What this version is called", "Such as 2026–27", most=LONGEST_LABEL)
    use = forms.ChoiceField(
        label="What it is for", choices=[(use.value, said) for use, said in USES.items()], widget=forms.RadioSelect
    )
    about = text_field("About it", "Whoever answers reads this first.", most=LONGEST_TEXT, required=False, rows=5)
    source = text_field("What it was written from", most=LONGEST_TEXT, required=False, rows=2)
    published = DayField(label="The day it was written", required=False)

    def stands(self) -> dict[str, Any]:
        """The fields of the head."""
        day = self.content.get("published")
        names = ("title", "version", "use", "about", "source")
        return {name: self.content.get(name, "") for name in names} | {
            "published": date.fromisoformat(day) if day else None
        }

    def changed(self) -> Draft:
        """With another head."""
        typed = self.cleaned_data
        day = typed["published"].isoformat() if typed["published"] else None
        fields = {name: typed[name] for name in ("title", "version", "use", "about", "source")}
        return editing.headed(self.content, fields | {"published": day})


class TraitForm(DraftForm):
    """Something that a school says of itself at the start."""

    heading = "What a school says of itself"
    lead = "Each school ticks what is so. Questions can be for those schools alone."

    label = text_field("What a school ticks", "Such as: Children stay overnight", most=150)

    def stands(self) -> dict[str, Any]:
        """Its words."""
        if not self.key:
            return {}
        known = [each for each in self.content.get("traits", ()) if each["key"] == self.key]
        if not known:
            raise editing.NotThere(self.key)
        return {"label": known[0]["label"]}

    def changed(self) -> Draft:
        """With it."""
        return editing.with_trait(self.content, self.key, self.cleaned_data["label"])

    @property
    def place(self) -> str:
        """Above the parts."""
        return "traits"


class ScaleForm(DraftForm):
    """A scale: its levels as printed, each with what it is worth."""

    heading = "A scale of your own"
    is_filter = True  # two levels are needed, which it says itself
    lead = (
        "Give the levels in the order in which they are printed. What a level is worth is said beside it, "
        "so 1 may be the best or the worst. Two levels are needed; leave the others blank where there are no more."
    )

    name = text_field("Name of the scale", "For yourself: schools do not see it. Such as: one is best", most=40)

    def stands(self) -> dict[str, Any]:
        """Its levels."""
        if not self.key:
            return {}
        levels = self.content.get("scales", {}).get(self.key)
        if levels is None:
            raise editing.NotThere(self.key)
        shown: dict[str, Any] = {"name": self.key.replace("-", " ")}
        for n, level in enumerate(levels):
            shown |= {f"{name}-{n}": level.get(name, "") for name in ("label", "stands", "means")}
        return shown

    def prepare(self) -> None:
        """A group of fields for each level, and two more."""
        if self.key:
            del self.fields["name"]
        count = len(self.content.get("scales", {}).get(self.key, ()))
        self.count = min(MOST_LEVELS, max(count + 2, 5))
        worths = [
            ("", "Choose"),
            *((stands.value, said) for stands, said in STANDS.items() if stands is not Stands.SAID),
        ]
        for n in range(self.count):
            self.fields |= {
                f"label-{n}": text_field("As it is printed", most=150, required=n < 2),
                f"stands-{n}": forms.ChoiceField(label="What it is worth", choices=worths, required=n < 2),
                f"means-{n}": text_field("What it means", most=LONGEST_TEXT, required=False, rows=2),
            }

    @property
    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields of each level, with what the group is called."""
        names = ("label", "stands", "means")
        return [(f"Level {n + 1}", [self[f"{name}-{n}"] for name in names]) for n in range(self.count)]

    @property
    def rows(self) -> list[forms.BoundField]:
        """The fields above the levels."""
        return [self["name"]] if "name" in self.fields else []

    def clean(self) -> dict[str, Any]:
        """Every level that is given says what it is worth."""
        typed = super().clean() or {}
        for n in range(2, self.count):
            if typed.get(f"label-{n}") and not typed.get(f"stands-{n}"):
                self.add_error(f"stands-{n}", f"Say what level {n + 1} is worth")
        return typed

    def changed(self) -> Draft:
        """With its levels. A level keeps the value by which answers know it."""
        scales = self.content.get("scales", {})
        name = self.key or editing.fresh_key(self.cleaned_data["name"], scales)
        before = [level["value"] for level in scales.get(self.key, ())]
        levels: list[Draft] = []
        for n in range(self.count):
            typed = {name: self.cleaned_data.get(f"{name}-{n}") for name in ("label", "stands", "means")}
            if not typed["label"]:
                continue
            taken = {*before[n + 1 :], *(level["value"] for level in levels)}
            value = before[n] if n < len(before) else _value(typed["label"], taken)
            levels.append({"value": value} | {key: each for key, each in typed.items() if each})
        return editing.with_scale(self.content, name, levels)

    @property
    def place(self) -> str:
        """Above the parts."""
        return "scales"


class PartForm(DraftForm):
    """A part."""

    heading = "A part"
    lead = "A part holds sections that belong together."
    level = Level.PART

    title = text_field("Title", "Such as: Part 2a: Leading safeguarding", most=LONGEST_HEADING)
    about = text_field("About it", most=LONGEST_TEXT, required=False, rows=3)

    def stands(self) -> dict[str, Any]:
        """Its title and what it says."""
        row = editing.found(self.content, self.level, self.key) if self.key else {}
        return {"title": row.get("title", ""), "about": row.get("about", "")}

    def changed(self) -> Draft:
        """With it, at the end where it is new."""
        fields = {name: self.cleaned_data[name] for name in ("title", "about")}
        if self.key:
            return editing.changed(self.content, self.level, self.key, fields)
        key = editing.fresh_key(fields["title"], editing.keys(self.content, self.level))
        row = {name: value for name, value in fields.items() if value}
        return editing.added(self.content, self.level, [{"key": key} | row | {"sections": []}])

    @property
    def place(self) -> str:
        """Itself, or the end."""
        return f"part-{self.key}" if self.key else "end"


class SectionForm(PartForm):
    """A section, in the part it stands in or in another."""

    heading = "A section"
    lead = "Schools answer one section at a time. Ten to fifteen questions are easy to oversee."
    level = Level.SECTION

    title = text_field("Title", "Such as: Those who lead", most=LONGEST_HEADING)

    def stands(self) -> dict[str, Any]:
        """With the part in which it stands."""
        return super().stands() | {"inside": editing.within(self.content, self.level, self.key)}

    def prepare(self) -> None:
        """The parts it can stand in, where there are several."""
        parts = [(part["key"], part["title"]) for part in self.content["parts"]]
        if len(parts) > 1:
            self.fields["inside"] = forms.ChoiceField(label="Part", choices=parts)

    def changed(self) -> Draft:
        """With it; at the end of another part where that was chosen."""
        now = super().changed()
        return editing.moved_into(now, self.level, self.key, self.cleaned_data.get("inside") or self.initial["inside"])

    @property
    def place(self) -> str:
        """Itself."""
        return f"section-{self.key}"


class NewSectionForm(DraftForm):
    """A new section at the end of a part, which the key names."""

    heading, lead, button = "A new section", SectionForm.lead, "Add this section"

    title = text_field("Title", "Such as: Those who lead", most=LONGEST_HEADING)
    about = text_field("About it", most=LONGEST_TEXT, required=False, rows=3)

    def stands(self) -> dict[str, Any]:
        """Nothing yet; its part must be there."""
        editing.found(self.content, Level.PART, self.key)
        return {}

    def changed(self) -> Draft:
        """With it."""
        typed = {name: self.cleaned_data[name] for name in ("title", "about") if self.cleaned_data[name]}
        self.made = editing.fresh_key(typed["title"], editing.keys(self.content, Level.SECTION))
        row = {"key": self.made} | typed | {"questions": []}
        return editing.added(self.content, Level.SECTION, [row], self.key)

    @property
    def place(self) -> str:
        """Itself."""
        return f"section-{self.made}"


class PasteForm(DraftForm):
    """Many questions at once, at the end of the section that the key names."""

    heading = "Paste questions"
    lead = "One question on each line. A number before it is taken as its number. You can change each afterwards."
    button = "Add these questions"
    kept = "Added. Look at each, and say what it rests on."

    text = text_field("Questions, one on each line", most=100_000, rows=12)
    way = forms.ChoiceField(label="How they are answered")

    def stands(self) -> dict[str, Any]:
        """Nothing yet; its section must be there."""
        editing.found(self.content, Level.SECTION, self.key)
        return {"way": Kind.MET.value}

    def prepare(self) -> None:
        """The ways that need nothing more."""
        self.fields["way"].choices = [each for each in ways(self.content) if each[0] != Kind.TABLE.value]  # type: ignore[attr-defined]

    def changed(self) -> Draft:
        """With them."""
        kind, scale = way_of(self.cleaned_data["way"])
        taken = editing.keys(self.content, Level.QUESTION)
        rows = editing.pasted(self.cleaned_data["text"], kind, scale, taken)
        return editing.added(self.content, Level.QUESTION, rows, self.key)

    @property
    def place(self) -> str:
        """The section."""
        return f"section-{self.key}"


class PlaceForm(DraftForm):
    """The section in which a question stands."""

    heading = "Move a question to another section"
    button = "Move it there"
    kept = "Moved."

    inside = forms.ChoiceField(label="Section", help_text="The question goes to its end.")

    def stands(self) -> dict[str, Any]:
        """Where it stands."""
        return {"inside": editing.within(self.content, Level.QUESTION, self.key)}

    def prepare(self) -> None:
        """Every section."""
        sections = [(each.key, f"{each.number}. {each.title}") for each in self.page.outline.sections]
        self.fields["inside"].choices = sections  # type: ignore[attr-defined]

    def changed(self) -> Draft:
        """With it there."""
        return editing.moved_into(self.content, Level.QUESTION, self.key, self.cleaned_data["inside"])

    @property
    def place(self) -> str:
        """Itself."""
        return f"question-{self.key}"


def ways(content: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The ways in which a question can be answered: every kind, and every scale of this template by its levels."""
    plain = [(kind.value, said) for kind, said in KINDS.items() if kind is not Kind.SCALE]
    scales = [
        (f"scale:{name}", f"On your scale “{name.replace('-', ' ')}”: {', '.join(level['label'] for level in levels)}")
        for name, levels in content.get("scales", {}).items()
    ]
    chosen = sum(1 for kind in KINDS if kind in BUILT_IN)
    return [*plain[:chosen], *scales, *plain[chosen:]]


def way_of(way: str) -> tuple[Kind, str]:
    """The kind, and the scale where it is one."""
    kind, _, scale = way.partition(":")
    return Kind(kind), scale


def lines(text: str) -> list[str]:
    """Words as they were typed, one on each line."""
    return [line for line in (" ".join(each.split()) for each in text.splitlines()) if line]


def _value(label: str, taken: set[str]) -> str:
    """The value by which answers know a level: the number it begins with, or a word of its own."""
    number = re.match(r"\d+", label)
    if number and number[0] not in taken:
        return number[0]
    return editing.fresh_key(label, taken)[:30]
