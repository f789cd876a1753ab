"""The assets carry no crown, crest or GDS font."""

from pathlib import Path

import pytest

from haven.kit.assets import build, stylesheet


def test_the_font_and_the_crest_are_taken_out() -> None:
    css = (
        "@font-face{font-family:GDS Transport;src:url(/assets/fonts/x.woff2)}"
        "p{font-family:GDS Transport,arial,sans-serif}a{background:url(/assets/images/govuk-crest.svg)}"
    )
    assert stylesheet(css) == "p{font-family:arial,sans-serif}a{background:none}"


def test_the_build_stops_where_a_trace_is_left() -> None:
    with pytest.raises(ValueError, match="Transport"):
        stylesheet("p{font:12px 'GDS Transport'}")


def test_style_and_script_are_written(tmp_path: Path) -> None:
    govuk = tmp_path / "node_modules" / "govuk-frontend" / "dist" / "govuk"
    govuk.mkdir(parents=True)
    (govuk / "govuk-frontend.min.css").write_text("p{color:red}/*# sourceMappingURL=x.map */")
    (govuk / "govuk-frontend.min.js").write_text("export{};//# sourceMappingURL=x.map")
    written = build(tmp_path / "node_modules", tmp_path / "out")
    assert [path.read_text() for path in written] == ["p{color:red}", "export{};"]
