"""What the tests found out about accessibility, as a page: ``make accessibility`` writes docs/accessibility.md."""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map

from forms_service import __version__
from forms_service.commands.preview import preview_app
from forms_service.settings import read_settings
from forms_service.settings.places import shipped_folder

CHECKOUT = Path(__file__).parents[1]
RESULTS = CHECKOUT / ".cache" / "accessibility"
PAGE = CHECKOUT / "docs" / "accessibility.md"
NO_PAGES = frozenset(
    {
        *("static", "look.colours", "look.logo", "operations.alive", "operations.ready", "desk.home"),
        *(
            "everyone.as_file",
            "inbox.as_file",
            "looks.as_file",
            "matching.everyone_as_file",
            "matching.waiting_as_file",
        ),
        *("documents.show", "forms.link_document", "forms.receipt_steps", "preview.changed"),
        *("paper.start", "paper.task", "paper.answers", "paper.attached", "paper.fhir", "week.pack"),
    }
)
"""Addresses that answer with a file, a part of a page, a word for machines, or the way to another page."""
CRITERION = re.compile(r"wcag(\d)(\d)(\d+)")
Look = Mapping[str, Any]


def pages() -> dict[str, str]:
    """Every page that can be opened: endpoint → its address. A new one is among them by itself."""
    found: dict[str, str] = {}
    for rule in _addresses().iter_rules():
        if "GET" in (rule.methods or ()) and rule.endpoint not in NO_PAGES and not rule.endpoint.startswith("preview_"):
            found.setdefault(rule.endpoint, rule.rule)
    return dict(sorted(found.items(), key=lambda each: each[1]))


def endpoint_of(address: str) -> str:
    """Which page an address leads to, with or without its query; empty where there is none."""
    try:
        endpoint, _ = _addresses().bind("").match(address.partition("?")[0])
    except HTTPException:
        return ""
    return str(endpoint)


@cache
def _addresses() -> Map:
    with tempfile.TemporaryDirectory() as folder:
        return preview_app(read_settings(Path(folder), {}, make_key=False), shipped_folder("workflows")).url_map


def looks() -> list[Look]:
    return [json.loads(line) for file in sorted(RESULTS.glob("*.jsonl")) for line in file.read_text().splitlines()]


def by_page(found: list[Look]) -> Mapping[str, list[Look]]:
    """Endpoint → the looks at it."""
    sorted_out = defaultdict[str, list[Look]](list)
    for look in found:
        sorted_out[endpoint_of(look["path"]) or "an error page"].append(look)
    return sorted_out


def page(found: list[Look]) -> str:
    looked, all_pages = by_page(found), pages()
    days = sorted({look["at"] for look in found})
    engines = ", ".join(sorted({look["engine"] for look in found}))
    seen = sum(1 for endpoint in all_pages if looked.get(endpoint))
    head = HEAD.format(
        version=__version__,
        day=days[-1],
        engine=engines,
        looks=len(found),
        seen=seen,
        pages=len(all_pages),
    )
    return "\n".join([head, *_criteria(found), PAGES, *_rows(all_pages, looked), TAIL])


def _criteria(found: list[Look]) -> Iterator[str]:
    rules: dict[str, tuple[str, ...]] = {}
    counts = {kind: Counter[str]() for kind in ("passes", "violations", "incomplete")}
    for look in found:
        for kind, counter in counts.items():
            counter.update(look[kind].keys())
            rules.update({rule: tuple(tags) for rule, tags in look[kind].items()})
    criteria = defaultdict[tuple[int, ...], list[str]](list)
    for rule, tags in sorted(rules.items()):
        for number in [tuple(map(int, part)) for tag in tags for part in CRITERION.findall(tag)] or [(9,)]:
            criteria[number].append(rule)
    for number, of_it in sorted(criteria.items()):
        name = ".".join(map(str, number)) if number != (9,) else "good practice"
        sums = [sum(counter[rule] for rule in of_it) for counter in counts.values()]
        yield f"| {name} | {', '.join(of_it)} | {sums[0]} | {sums[1]} | {sums[2]} |"


def _rows(all_pages: Mapping[str, str], looked: Mapping[str, list[Look]]) -> Iterator[str]:
    for endpoint, address in all_pages.items():
        of_it = looked.get(endpoint, [])
        light = sum(1 for look in of_it if look["scheme"] == "light" and look["width"] > NARROW)
        dark = sum(1 for look in of_it if look["scheme"] == "dark")
        narrow = sum(1 for look in of_it if look["width"] <= NARROW)
        found = sum(len(look["violations"]) for look in of_it)
        told = f"{light} | {dark} | {narrow} | {found}" if of_it else "– | – | – | not looked at by machine"
        yield f"| `{address}` | {told} |"


NARROW = 320
HEAD = """# Accessibility: what was tested, and what came of it

Made by `make accessibility` from the browser journeys of the tests; do not edit it. A municipality can base its
accessibility statement (WCAG 2.1, levels A and AA, as the Norwegian regulation on universal design asks) on it,
together with what people find.

| | |
|---|---|
| version of forms-service | {version} |
| day of the test | {day} |
| tested with | axe-core {engine}, rules wcag2a, wcag2aa, wcag21a, wcag21aa and best-practice, in Chromium |
| pages of the service | {pages} |
| of these looked at by machine | {seen} |
| looks at a page, over all roles and screens | {looks} |

Each look is on a real service with invented people: a wide screen in light and in dark mode, and one that is
320 px wide (which is WCAG's 400 % zoom). Nothing may be wider than the screen. Beside axe, journeys send a request
with the keyboard alone, and work without JavaScript at 320 px.

## Result by criterion

A rule counts once for each look in which there was something to judge. The machine cannot decide what is left to
be judged.

| criterion | rules of axe | passed | failed | to be judged |
|---|---|---|---|---|"""
PAGES = """
## Pages

How often each page was looked at. The list is made from the addresses of the program itself, so that a new page
is in it by itself.

| page | light | dark | 320 px | findings |
|---|---|---|---|---|"""
TAIL = """
## What no machine has tested

Whether texts are understood, whether alternative texts and headings say the right thing, the order that a screen
reader reads in (JAWS, NVDA, VoiceOver), magnifiers, speech control, video and audio (there is none), and criteria
without a rule in axe, such as 1.3.3, 1.4.5, 2.4.5, 2.5.1, 3.2.3, 3.2.4 and 3.3.4. Documents in PDF are held against
PDF/UA-1 by other tests (veraPDF).
"""


def main() -> int:
    found = looks()
    if not found:
        print("There are no results; run: make accessibility", file=sys.stderr)
        return 1
    PAGE.write_text(page(found), encoding="utf-8")
    print(f"docs/accessibility.md is written from {len(found)} looks")
    return 0


if __name__ == "__main__":
    sys.exit(main())
