"""Every address in every role, with every method: who was let in, and whether the tables say so."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import wraps
from typing import Any

from flask import Flask, url_for
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from forms_service.app import create_app
from forms_service.web.access.line import Line, Need
from tests.integration.access.examples import Example, examples_for
from tests.integration.access.forgetful import Forgetful
from tests.integration.access.judge import may
from tests.integration.access.town_of_two_offices import CLOSED, World

NOBODY = "nobody"
NOTHING_THERE = frozenset(
    {
        "forms.link_document",
        "records.everything",
        "my_account.mine",
        "my_account.change",
        "my_account.leave_everywhere",
    }
)
"""Pages that have nothing to show to some of this town: the guard lets in, and they find nothing."""
ALIKE = frozenset({Need.NOTHING, Need.LINK, Need.SIGNED_IN, Need.ROLE, Need.OF_SOMEBODY})
"""Needs that do not look at what the address names: one example of each case is enough."""


@dataclass(slots=True)
class Walk:
    """``reached`` is filled while a view runs: a refusal comes before it, or out of it as «not found»."""

    world: World
    app: Flask
    cookies: Mapping[str, str]
    reached: list[str] = field(default_factory=list)
    tried: int = 0

    def differences(self, lines: Mapping[str, Line], only: Collection[str] = ()) -> list[str]:
        """In words, where the pages do otherwise than ``lines`` say."""
        rules = [rule for rule in self.app.url_map.iter_rules() if not only or rule.endpoint in only]
        return [said for rule in rules for said in self._differences(rule, lines[rule.endpoint])]

    def _differences(self, rule: Rule, line: Line) -> Iterator[str]:
        examples = examples_for(self.world, rule)
        for example in _one_of_each_case(examples) if line.need in ALIKE else examples:
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                for who in (NOBODY, *self.world.viewers):
                    yield from self._difference(rule, line, example, method, who)

    def _difference(self, rule: Rule, line: Line, example: Example, method: str, who: str) -> Iterator[str]:
        viewer = None if who in (NOBODY, CLOSED) else self.world.viewers[who]
        answer, let_in = self._try(rule, line, example, method, who)
        case = example.case.name if example.case else "nobody"
        told = f"{method} {rule.endpoint} {dict(example.values)} (of {case}) as {who}: {answer.status_code}"
        if answer.status_code >= 500:
            yield f"{told}, broken"
        elif let_in != may(_of_line(line, rule), viewer, example):
            yield f"{told}, {'let in' if let_in else 'refused'}, and the tables say otherwise"

    def _try(self, rule: Rule, line: Line, example: Example, method: str, who: str) -> tuple[TestResponse, bool]:
        self.tried += 1
        self.reached.clear()
        client = self.app.test_client()
        if who in self.cookies:
            client.set_cookie("session", self.cookies[who])
        with self.app.test_request_context():
            address = url_for(rule.endpoint, **{**example.values, **(example.query or {})}, _external=False)
        answer = client.open(address, method=method)
        answer.close()
        return answer, self._was_let_in(rule, line, answer)

    def _was_let_in(self, rule: Rule, line: Line, answer: TestResponse) -> bool:
        if rule.endpoint in NOTHING_THERE:
            return bool(self.reached)
        elsewhere = line.need is Need.RUN and answer.location and "/deltakere/" in answer.location
        return bool(self.reached) and answer.status_code not in (401, 404) and not elsewhere


def _one_of_each_case(examples: Iterable[Example]) -> Collection[Example]:
    return {example.case.name if example.case else str(example.values): example for example in examples}.values()


def _of_line(line: Line, rule: Rule) -> Line:
    """Of a page that finds nothing only the role can be judged."""
    return replace(line, need=Need.ROLE) if rule.endpoint == "records.everything" else line


def set_out(world: World) -> Walk:
    """An application that keeps nothing and asks for no tokens, and a session for each of the town's people."""
    rt = replace(world.rt, database=Forgetful(world.rt.database.engine))
    app = create_app(rt)
    app.config["WTF_CSRF_ENABLED"] = False
    walk = Walk(world, app, {who: _session_of(app, who) for who in world.viewers})
    for endpoint, view in app.view_functions.items():
        app.view_functions[endpoint] = _noting(walk, endpoint, view)
    return walk


def _session_of(app: Flask, who: str) -> str:
    client = app.test_client()
    assert client.post("/inn", data={"person": who}).status_code == 302, who
    cookie = client.get_cookie("session")
    assert cookie is not None
    return cookie.value


def _noting(walk: Walk, endpoint: str, view: Any) -> Any:
    @wraps(view)
    def noted(*args: Any, **kwargs: Any) -> Any:
        walk.reached.append(endpoint)
        return view(*args, **kwargs)

    return noted
