"""Which words somebody means who searches for a word: English stemming does not join child and children."""

import re

FORMS = (
    ("child", "children"),
    ("person", "people"),
    ("man", "men"),
    ("woman", "women"),
    ("mother", "mum", "mums"),
    ("father", "dad", "dads"),
    ("foot", "feet"),
    ("dsl", "designated safeguarding lead"),
    ("ddsl", "deputy designated safeguarding lead"),
    ("kcsie", "keeping children safe in education"),
    ("wtsc", "working together to safeguard children"),
    ("mash", "multi-agency safeguarding hub"),
    ("lado", "local authority designated officer"),
    ("fgm", "female genital mutilation"),
    ("csc", "children's social care"),
    ("email", "e-mail"),
    ("inset", "training day"),
)
"""Words that mean one thing, by groups."""

_MEANT = {form: group for group in FORMS for form in group}
_PARTS = re.compile(r'"([^"]+)"|([^\s"]+)')
MOST_PARTS = 12


def meant(searched: str) -> list[tuple[str, ...]]:
    """What was searched for, part by part, each with all its forms. Words in quotation marks are one part."""
    parts = [(quoted or word).strip() for quoted, word in _PARTS.findall(searched)][:MOST_PARTS]
    return [_MEANT.get(part.lower(), (part,)) for part in parts if re.search(r"\w", part)]
