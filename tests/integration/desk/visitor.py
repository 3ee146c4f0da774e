"""Somebody at a browser of her own, and a bell and a press that the tests of the pages need."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from forms_service.language.definitions import Document

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass(slots=True)
class NearBell:
    """Rings are kept until the test lets somebody work; ``away`` is Valkey that does not answer."""

    rings: list[tuple[str, str]] = field(default_factory=list)
    away: bool = False

    def ring_step(self, step_id: str, dispatch_no: int) -> bool:
        return self._ring("step", step_id)

    def ring_message(self, message_id: str) -> bool:
        return self._ring("message", message_id)

    def room(self) -> int:
        return 0 if self.away else 100

    def answers(self) -> bool:
        return not self.away

    def unheard(self) -> int | None:
        return None if self.away else len(self.rings)

    def _ring(self, kind: str, row_id: str) -> bool:
        if not self.away:
            self.rings.append((kind, row_id))
        return not self.away


@dataclass(slots=True)
class PaperPress:
    """A PDF in name only: the pages never look inside. ``trouble`` is raised instead."""

    trouble: Exception | None = None

    def warm(self) -> None:
        return None

    def render(self, document: Document, data: object, stamp: object) -> bytes:
        if self.trouble:
            raise self.trouble
        return f"%PDF-1.7 {document.key}".encode()


@dataclass(slots=True)
class Visitor:
    """``post`` carries the page's token, as a form of ours does."""

    client: FlaskClient

    def get(self, path: str) -> TestResponse:
        return self.client.get(path)

    def read(self, path: str) -> str:
        """The page's words; it must be there."""
        answer = self.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.text

    def post(self, path: str, **fields: str | list[str]) -> TestResponse:
        return self.client.post(path, data={"csrf_token": self.token(), **fields})

    def token(self) -> str:
        found = TOKEN.search(self.client.get("/", follow_redirects=True).text)
        assert found is not None
        return found[1]


SignIn = Callable[[str], Visitor]
"""``signed_in_as("nora")``"""
