"""Broken files and made-up expressions, from dice."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from datetime import date

from forms_service.language.grammar.kinds import Kind
from forms_service.language.vocabulary import ValueType

PIECES = [
    *("- ", ": ", "\n", "  ", "{", "}", "[", "]", ",", "&a ", "*a", "!x ", "|", ">", "'", '"', "#", "? ", "%", "---\n"),
    *("\t", "~", "<<: ", "{{", "}}", "{%", "%}", "{#", "|x", "null", "true", "1e9", "0x1f", "''", "[]", "{}", "- []\n"),
    *("failed: continue\n", "each: ", "together: ", "as: item", "waits: true", "retry: {times: 99}", "end: x", "on: "),
]
SIGNS = ["\x00", "\x1b", "\u2028", "\u202e", "\ud800", "\ufeff", "\x85", "é", "e\u0301", "𝔛", "日", "\u200b", "٣", "İ"]


def broken(text: str, others: Mapping[str, str], dice: random.Random) -> str:
    """The text after one to four changes of any kind."""
    for _ in range(dice.randint(1, 4)):
        text = dice.choice(CHANGES)(text, others, dice)
    return text


def flip(text: str, others: Mapping[str, str], dice: random.Random) -> str:
    """One bit of one byte; what is no text any more is shown as files are when they are opened."""
    found = bytearray(text.encode("utf-8", "surrogatepass") or b" ")
    found[dice.randrange(len(found))] ^= 1 << dice.randrange(8)
    return found.decode("utf-8", "replace")


def swap_lines(text: str, others: Mapping[str, str], dice: random.Random) -> str:
    lines = text.split("\n")
    first, second = dice.randrange(len(lines)), dice.randrange(len(lines))
    lines[first], lines[second] = lines[second], lines[first]
    return "\n".join(lines)


def repeat_lines(text: str, others: Mapping[str, str], dice: random.Random) -> str:
    lines = text.split("\n")
    at = dice.randrange(len(lines))
    return "\n".join([*lines[: at + dice.randint(0, 5)], *lines[at:]])


def drop_lines(text: str, others: Mapping[str, str], dice: random.Random) -> str:
    lines = text.split("\n")
    at = dice.randrange(len(lines))
    return "\n".join([*lines[:at], *lines[at + dice.randint(1, 3) :]])


def indent(text: str, others: Mapping[str, str], dice: random.Random) -> str:
    lines = text.split("\n")
    at = dice.randrange(len(lines))
    lines[at] = " " * dice.randint(1, 4) + lines[at] if dice.random() < 0.5 else lines[at][dice.randint(1, 3) :]
    return "\n".join(lines)


def swap_words(text: str, others: Mapping[str, str], dice: random.Random) -> str:
    """Two words of the file change places: keys with values, names with types."""
    words = re.findall(r"\w+", text) or ["a"]
    first, second = dice.choice(words), dice.choice(words)
    return re.sub(rf"\b{re.escape(first)}\b", second, text, count=dice.choice((0, 1)))


def insert(text: str, others: Mapping[str, str], dice: random.Random) -> str:
    at = dice.randint(0, len(text))
    return text[:at] + dice.choice(PIECES + SIGNS) * dice.choice((1, 1, 1, 3, 300)) + text[at:]


def cut(text: str, others: Mapping[str, str], dice: random.Random) -> str:
    at = dice.randint(0, len(text))
    return text[:at] + text[at + dice.randint(1, 60) :]


def splice(text: str, others: Mapping[str, str], dice: random.Random) -> str:
    """A piece of another file in the middle of this one."""
    other = dice.choice(list(others.values()))
    start, at = dice.randint(0, len(other)), dice.randint(0, len(text))
    return text[:at] + other[start : start + dice.randint(1, 300)] + text[at:]


Change = Callable[[str, Mapping[str, str], random.Random], str]
CHANGES: list[Change] = [flip, swap_lines, repeat_lines, drop_lines, indent, swap_words, insert, cut, splice]

KINDS: Mapping[str, Kind] = {
    "wish": Kind(ValueType.YES_NO, ("yes", "no")),
    "look.verdict": Kind(ValueType.TEXT, ("mend", "leave")),
    "look.note": Kind(ValueType.TEXT),
    "look.hours": Kind(ValueType.NUMBER),
    "look.met_on": Kind(ValueType.DATE),
    "look.tools": Kind(ValueType.LIST, ("pump", "hammer")),
    "look.parts": Kind(ValueType.LIST, of=Kind(ValueType.ROW, columns=(("price", Kind(ValueType.NUMBER)),))),
    "all.hours": Kind(ValueType.LIST, of=Kind(ValueType.NUMBER)),
    "all.days": Kind(ValueType.LIST, of=Kind(ValueType.DATE)),
    "today": Kind(ValueType.DATE),
    "missing.hours": Kind(ValueType.NUMBER),
}
DATA: Mapping[str, object] = {
    "wish": "no",
    "look": {
        "verdict": "mend",
        "note": "Ø",
        "hours": 2.5,
        "met_on": "2027-02-28",
        "tools": ["pump"],
        "parts": [{"price": 3}],
    },
    "all": {"hours": [1, None, 3], "days": ["2028-02-29", None]},
    "today": date(2026, 12, 31),
}
TEXT, NUMBER, DATE = ValueType.TEXT, ValueType.NUMBER, ValueType.DATE
YES_NO, LIST, DURATION, ROW = ValueType.YES_NO, ValueType.LIST, ValueType.DURATION, ValueType.ROW
RULES: Mapping[ValueType, tuple[str, ...]] = {
    YES_NO: (
        *("wish", "true", "not (Y)", "Y and Y", "Y or Y", "N = N", "N <= N", "D > D", "U != U", "look.note is empty"),
        *('look.verdict in ["mend", "leave"]', '"pump" in look.tools', "N in all.hours", "T = T", 'D = "2027-01-31"'),
        *('wish = "yes"', "missing.hours is not empty", "D not in all.days", "N in [N, N]"),
    ),
    NUMBER: (
        *("look.hours", "3", "2.75", "999999999999999", "(N + N)", "(N - N)", "-N", "count(L)", "round(N)"),
        *("days_between(D, D)", "months_between(D, D)", "length(T)", "first(all.hours)", "missing.hours"),
    ),
    DATE: ("today", "look.met_on", 'date("2027-01-15")', "(D + U)", "(D - U)", "last(all.days)", "first(all.days)"),
    TEXT: ("look.note", '"Ø x"', "lower(T)", "first(look.tools)", "''"),
    ROW: ("first(look.parts)", "last(look.parts)"),
    LIST: ("look.parts", "look.tools", "all.hours", '["a", "b"]', "[1, 2]", "[T]"),
    DURATION: ("3 days", "1 week", "100 years", "5 working days", "1 month"),
}
SHORT = {"Y": YES_NO, "N": NUMBER, "D": DATE, "T": TEXT, "L": LIST, "U": DURATION}
PLACE = re.compile(r"\b[YNDTLU]\b")


def expression(kind: ValueType, dice: random.Random, depth: int = 4) -> str:
    """An expression of a type, grown from the grammar."""
    rules = RULES[kind] if depth else [rule for rule in RULES[kind] if not PLACE.search(rule)]
    return PLACE.sub(lambda place: expression(SHORT[place[0]], dice, depth - 1), dice.choice(rules))


def words_of(source: str, dice: random.Random) -> str:
    """The same words in another order, or with others between them."""
    words = re.findall(r'"[^"]*"|[\w.]+|\S', source) + dice.sample(["and", "(", ")", ",", "is", "empty", "3", "in"], 2)
    dice.shuffle(words)
    return " ".join(words)
