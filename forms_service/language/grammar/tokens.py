"""The words of an expression, each with its column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from forms_service.errors import ExpressionError

MAX_LENGTH = 1_000
KEYWORDS = frozenset({"and", "or", "not", "in", "is", "empty", "true", "false"})
PATTERN = re.compile(
    r"""(?P<space>[ \t\r\n]+)
    |(?P<number>[0-9]{1,15}(?:\.[0-9]{1,15})?(?![0-9A-Za-z_.]))
    |(?P<text>"[^"\n]*"|'[^'\n]*')
    |(?P<name>[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*)
    |(?P<sign><=|>=|!=|[=<>+\-(),\[\]])""",
    re.VERBOSE | re.ASCII,
)
SIGNS = re.compile(r"\S{1,40}")
ADVICE = {
    "==": "Write = for equal.",
    "&&": "Write and.",
    "||": "Write or.",
    "!": "Write not.",
    "{": "Leave out the braces.",
}


class UnreadableExpression(ExpressionError):
    """The expression cannot be read."""

    def __init__(self, message: str, offset: int, suggestion: str = "") -> None:
        self.offset = offset
        self.message = message
        self.suggestion = suggestion
        super().__init__(f"{message} {suggestion}".rstrip())


@dataclass(frozen=True, slots=True)
class Token:
    """One word; ``kind`` is number, text, name, keyword, sign or end, ``offset`` counts characters from 0."""

    kind: str
    text: str
    offset: int

    def __str__(self) -> str:
        return f'"{self.text[:40]}"' if self.text else "the end"


def tokens(source: str) -> Iterator[Token]:
    """Cut an expression into words; UnreadableExpression at the first sign that is none."""
    if len(source) > MAX_LENGTH:
        raise UnreadableExpression(f"An expression can be {MAX_LENGTH} characters at most.", 0)
    offset = 0
    while offset < len(source):
        match = PATTERN.match(source, offset)
        if match is None or source.startswith("==", offset):
            raise _no_word(source, offset)
        if match.lastgroup != "space":
            yield _token(match)
        offset = match.end()
    yield Token("end", "", len(source.rstrip()))


def _token(match: re.Match[str]) -> Token:
    kind, text = str(match.lastgroup), match[0]
    return Token("keyword" if text in KEYWORDS else kind, text, match.start())


def _no_word(source: str, offset: int) -> UnreadableExpression:
    if source[offset] in "\"'":
        return UnreadableExpression("The text has no closing quotation mark.", offset)
    advice = next((text for sign, text in ADVICE.items() if source.startswith(sign, offset)), "")
    found = SIGNS.match(source, offset)
    word = found[0] if found else repr(source[offset])
    return UnreadableExpression(f"{word} does not belong in an expression.", offset, advice)
