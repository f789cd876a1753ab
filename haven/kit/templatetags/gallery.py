"""The gallery's tag: a part of a page beside what was written for it."""

from collections.abc import Iterator
from typing import cast

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token, TokenType
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()

MARKS = {
    TokenType.TEXT: ("", ""),
    TokenType.VAR: ("{{ ", " }}"),
    TokenType.BLOCK: ("{% ", " %}"),
    TokenType.COMMENT: ("{# ", " #}"),
}


class Part(template.Node):
    """A part, shown as it looks and as it is written: both from the same words, so that they cannot differ."""

    def __init__(self, name: FilterExpression, use: FilterExpression, nodelist: NodeList, written: str) -> None:
        self.name, self.use, self.nodelist, self.written = name, use, nodelist, written

    def render(self, context: template.Context) -> SafeString:
        """The name, when to use it, the part itself, and what to write."""
        told = {
            "name": self.name.resolve(context),
            "use": self.use.resolve(context),
            "live": self.nodelist.render(context),
            "written": self.written,
        }
        return render_to_string("kit/gallery/part.html", told)


@register.tag
def part(parser: Parser, token: Token) -> Part:
    """`{% part "Name" "When to use it." %}what to write{% endpart %}`."""
    name, use = (parser.compile_filter(word) for word in token.split_contents()[1:])
    written = "".join(_ahead(parser)).strip()
    nodelist = parser.parse(("endpart",))
    parser.delete_first_token()
    return Part(name, use, nodelist, written)


def _ahead(parser: Parser) -> Iterator[str]:
    """What stands between here and the end of the part. The parser holds its tokens last first."""
    for token in reversed(cast(list[Token], parser.tokens)):
        if token.token_type is TokenType.BLOCK and token.contents == "endpart":
            return
        before, after = MARKS[token.token_type]
        yield f"{before}{token.contents}{after}"
