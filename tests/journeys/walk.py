"""A walk through the service: from where somebody begins to every kind of page that its links lead to."""

from __future__ import annotations

from tests.journeys.visitor import Visitor
from tools.accessibility import endpoint_of, pages

LINKS = """() => [...document.querySelectorAll("main a[href^='/']")].map(a => [a.getAttribute("href"), a.innerText])"""
TELLING = ("Solveig Tangen", "Anders Myrvoll")
"""Of several pages of a kind one of these is looked at, where it can be: there is something on them."""


def walk(visitor: Visitor, starts: tuple[str, ...]) -> set[str]:
    """Look at where she begins, and at one page of each other kind on every screen; the endpoints that she has seen."""
    seen: set[str] = set()
    ahead = list(starts)
    for number, path in enumerate(ahead):
        endpoint = endpoint_of(path)
        if endpoint in seen and number >= len(starts):
            continue
        seen.add(endpoint)
        answer = visitor.open(path)
        assert answer is not None
        assert answer.status == 200, path
        visitor.check_on_every_screen()
        ahead += [link for link in links(visitor) if endpoint_of(link) in pages()]
    return seen


def links(visitor: Visitor) -> list[str]:
    """Where the page leads to; the telling ones first."""
    found: list[tuple[str, str]] = visitor.page.evaluate(LINKS)
    return [href.partition("#")[0] for href, words in sorted(found, key=lambda each: each[1] not in TELLING)]
