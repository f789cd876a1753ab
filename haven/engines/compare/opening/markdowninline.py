"""Takes the marks of emphasis, links and HTML out of a line of markdown, so that what a reader sees is left."""

from html import unescape

from haven.engines.patterns.late import late

_MARKED = late(r"[*_`\[<&\\~{]")
_CODE = late(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_PICTURE = late(r"!\[[^\]]*\](?:\([^)\s]*(?:\s+\"[^\"]*\")?\)|\[[^\]]*\])")
_NOTE = late(r"\[\^[^\]\s]+\]")
_LINK = late(
    r"\[((?:[^\[\]]|\[[^\[\]]*\])*)\](?:\((?:<[^>]*>|[^()\s]*(?:\([^()]*\)[^()\s]*)*)(?:\s+[\"'(][^)]*)?\)|\[[^\]]*\])"
)
_COMMENT = late(r"<!--.*?(?:-->|$)")
_STRUCK = late(r"~~(?=\S)(.+?)(?<=\S)~~|<(?:del|s|strike)>.*?</(?:del|s|strike)>")
_ADDRESS = late(r"<((?:https?://|mailto:)[^>\s]+|[\w.+-]+@[\w.-]+)>")
_BREAK = late(r"<br\s*/?>")
_TAG = late(r"</?[A-Za-z][\w-]*(?:\s[^<>]*)?/?>")
_ATTRIBUTES = late(r"\{:[^}]*\}|\{%.*?%\}|\{\{.*?\}\}")
_STARRED = late(r"(?<!\\)(\*{1,3})(?=\S)((?:[^*]|\*(?!\1))*?[^\s*\\])\1(?!\*)")
_UNDERLINED = late(r"(?<![\w\\])(_{1,3})(?=\S)(.+?)(?<=[^\s_\\])\1(?!\w)")
_ESCAPED = late(r"\\([!-/:-@\[-`{-~])")


def said(text: str) -> str:
    """What a reader sees of a line, with single spaces."""
    if not _MARKED.search(text):
        return " ".join(text.split())
    parts = []
    at = 0
    for code in _CODE.finditer(text):
        parts += [text[at : code.start()], code[2]]
        at = code.end()
    parts.append(text[at:])
    if len(parts) == 1:
        return " ".join(_shown(text).split())
    marked = "\x00".join(parts[::2])  # emphasis may begin before code and end after it
    shown = _shown(marked).split("\x00")
    codes = [*parts[1::2], ""]
    return " ".join("".join(piece + code for piece, code in zip(shown, codes, strict=False)).split())


def _shown(text: str) -> str:
    if "[" in text:
        text = _LINK.sub(r"\1", _NOTE.sub("", _PICTURE.sub("", text)))
    if "{" in text:
        text = _ATTRIBUTES.sub("", text)
    if "~" in text or "<" in text:
        text = _STRUCK.sub("", text)
    if "<" in text:
        text = _TAG.sub("", _BREAK.sub(" ", _ADDRESS.sub(r"\1", _COMMENT.sub("", text))))
    for mark, emphasis in (("*", _STARRED), ("_", _UNDERLINED)):
        for _ in range(2 if mark in text else 0):
            text = emphasis.sub(r"\2", text)
    if "\\" in text:
        text = _ESCAPED.sub(r"\1", text)
    return unescape(text) if "&" in text else text
