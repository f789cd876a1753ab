"""Takes the front end's assets from node_modules into static/vendor, without what may only be used on gov.uk itself.

Left out: the crown and the crest, the GDS Transport font, every gov.uk icon. Arial takes the font's place. The
build stops if any trace of them is left.
"""

import re
import shutil
import sys
from pathlib import Path

FONT_FACE = re.compile(r"@font-face\{[^}]*GDS Transport[^}]*\}")
FONT_NOTICE = re.compile(r"/\*! Copyright \(c\) 2011 by Margaret Calvert.*?\*/", re.DOTALL)
FAMILY = re.compile(r"\"?GDS Transport\"?,\s*arial,\s*sans-serif")
CREST = re.compile(r"url\(/assets/images/[^)]*\)")
SOURCE_MAP = re.compile(r"(?:/\*|//)# sourceMappingURL=\S*(?: ?\*/)?")
FORBIDDEN = ("Transport", "/assets/", "crest", "crown.svg")


def stylesheet(text: str) -> str:
    """The style sheet without font, crest and icons."""
    for pattern, instead in ((FONT_NOTICE, ""), (FONT_FACE, ""), (FAMILY, "arial,sans-serif"), (CREST, "none")):
        text = pattern.sub(instead, text)
    text = SOURCE_MAP.sub("", text)
    if left := [word for word in FORBIDDEN if word in text]:
        raise ValueError(f"the style sheet still holds {', '.join(left)}: the upstream file has changed its form")
    return text


def build(modules: Path, out: Path) -> list[Path]:
    """Write the assets to `out` and give back what was written."""
    govuk = modules / "govuk-frontend" / "dist" / "govuk"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    style, script = out / "govuk-frontend.css", out / "govuk-frontend.js"
    style.write_text(stylesheet((govuk / "govuk-frontend.min.css").read_text()))
    script.write_text(SOURCE_MAP.sub("", (govuk / "govuk-frontend.min.js").read_text()))
    return [style, script]


if __name__ == "__main__":
    written = build(Path(sys.argv[1]), Path(sys.argv[2]))
    sys.stdout.write(f"{len(written)} assets, {sum(path.stat().st_size for path in written) // 1024} KB\n")
