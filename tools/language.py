"""Write the tables of keys into the documentation of the language: ``python -m tools.language``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from forms_service.language.keys import step
from forms_service.language.keys.document import DOCUMENT
from forms_service.language.keys.form import FIELD, FORM, SECTION
from forms_service.language.keys.key import Either, Key, Keys, Many, Named, OneOf, Shape, Takes
from forms_service.language.keys.message import MESSAGE
from forms_service.language.keys.workflow import PAUSE, REPEAT, START, WORKFLOW

CHECKOUT = Path(__file__).parents[1]
PAGE = CHECKOUT / "docs" / "language.md"
TABLES: Mapping[str, Mapping[str, Key]] = {
    **{name: getattr(step, name) for name in ("COMMON", "ASK", "MAKE", "SEND", "WAIT", "CHOOSE", "TOGETHER")},
    **{name: getattr(step, name) for name in ("EACH", "DO", "RUN", "END")},
    "WORKFLOW": WORKFLOW.keys,
    "START": START.keys,
    "REPEAT": REPEAT.keys,
    "PAUSE": PAUSE.keys,
    "FORM": FORM.keys,
    "SECTION": SECTION.keys,
    "FIELD": FIELD.keys,
    "MESSAGE": MESSAGE.keys,
    "DOCUMENT": DOCUMENT.keys,
}
MARKED = re.compile(r"(<!-- keys: (?P<name>[A-Z]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def page_of(text: str) -> str:
    """The page with each table between its marks."""
    return MARKED.sub(lambda mark: f"{mark[1]}{table(TABLES[mark['name']])}{mark[3]}", text)


def table(keys: Mapping[str, Key]) -> str:
    rows = (f"| {bold(name, key)} | {takes(key.takes)} | {key.says} |" for name, key in keys.items())
    return "\n".join(("| key | takes | |", "|---|---|---|", *rows, ""))


def bold(name: str, key: Key) -> str:
    return f"**`{name}`**" if key.needed else f"`{name}`"


def takes(shape: Shape) -> str:
    """What stands under a key, in a few words."""
    match shape:
        case OneOf(words):
            return ", ".join(f"`{word}`" for word in words)
        case Many(of) | Named(of):
            return f"a list: {takes(of)}"
        case Either(shapes):
            return " or ".join(map(takes, shapes))
        case Keys(keys=keys):
            return "keys: " + ", ".join(f"`{name}`" for name in keys)
        case Takes():
            return str(shape)


if __name__ == "__main__":
    PAGE.write_text(page_of(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    print(f"{PAGE.relative_to(CHECKOUT)} is written")
