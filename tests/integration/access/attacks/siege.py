"""Somebody who means harm, at a browser: what each attempt was answered, what it changed, and which trace it left."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from forms_service.storage.accounts import AccountEventRow
from forms_service.storage.base import Base
from forms_service.storage.cases import AccessRow
from tests.integration.access.town_of_two_offices import Case, World
from tests.integration.desk.visitor import Visitor

LOGS = frozenset({"access", "access_seal", "account_event", "ended_session", "draft"})
"""Tables in which an attempt may leave something: its trace, and in the last what its own author typed."""
SECRETS = ("Liv Strand", "Aud Berg", "Unn Dal", "HEMMELIG", "99999999", "liv@example.org")


@dataclass(slots=True)
class Ear(logging.Handler):
    """Hears what is refused."""

    heard: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        logging.Handler.__init__(self, logging.INFO)

    def __hash__(self) -> int:
        return id(self)

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record.getMessage())


@dataclass(frozen=True, slots=True)
class Attempt:
    """One request and all that came of it. ``looks`` and ``events`` are new lines of the two logs."""

    answer: TestResponse
    refused: tuple[str, ...]
    looks: tuple[tuple[str | None, str, str], ...]
    events: tuple[str, ...]
    changed: frozenset[str]

    @property
    def status(self) -> int:
        return self.answer.status_code

    @property
    def location(self) -> str:
        return self.answer.location or ""

    @property
    def kinds(self) -> set[str]:
        """Of what was refused, in one word each."""
        return {line.split()[1] for line in self.refused}

    def must_fail(self, *kinds: str) -> None:
        """Nothing is changed, told or broken, and there is a trace: one of ``kinds`` where they are given."""
        assert self.status < 500, self.refused
        assert not self.changed, self.changed
        assert not [each for each in SECRETS if each in self.answer.text]
        assert self.refused or self.events or self.looks, "no trace"
        assert not kinds or self.kinds & set(kinds), self.refused
        assert all("reference" in line for line in self.refused)


@dataclass(slots=True)
class Siege:
    world: World
    app: Flask
    visitors: Mapping[str, Visitor]
    ear: Ear
    tokens: dict[str, str] = field(default_factory=dict)
    last: dict[str, str] = field(default_factory=dict)
    """Of each table after the last attempt; emptied when a test has changed something itself."""
    guests: dict[str, Visitor] = field(default_factory=dict)
    """Browsers of a single attempt."""

    def case(self, name: str) -> Case:
        return next(case for case in self.world.cases if case.name == name)

    def get(self, who: str, path: str, **headers: str) -> Attempt:
        return self.ask(who, path, "GET", None, headers)

    def post(self, who: str, path: str, **fields: Any) -> Attempt:
        """With the page's own token, as its form would send it."""
        return self.ask(who, path, "POST", {"csrf_token": self.token(who), **fields}, {})

    def ask(
        self, who: str, path: str, method: str, data: Mapping[str, Any] | str | bytes | None, headers: Mapping[str, str]
    ) -> Attempt:
        visitor = self.guests.get(who) or self.visitors.get(who)
        client = visitor.client if visitor else self.app.test_client()
        before, looks, events = self.last or self._tables(), self._newest(AccessRow), self._newest(AccountEventRow)
        self.ear.heard.clear()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        answer = client.open(path, method=method, data=data, headers=named)
        answer.get_data()
        answer.close()
        self.last = self._tables()
        changed = frozenset(table for table, sum_ in self.last.items() if before[table] != sum_)
        return Attempt(answer, tuple(self.ear.heard), self._looks(looks), self._events(events), changed)

    def token(self, who: str) -> str:
        if who not in self.tokens:
            self.tokens[who] = self.visitors[who].token()
        return self.tokens[who]

    def _tables(self) -> dict[str, str]:
        """A sum of all that each table holds."""
        with self.world.rt.database.engine.connect() as connection:
            return {
                table.name: hashlib.sha256(repr(connection.execute(select(table)).all()).encode()).hexdigest()
                for table in Base.metadata.sorted_tables
                if table.name not in LOGS
            }

    def _newest(self, kind: type[AccessRow] | type[AccountEventRow]) -> int:
        with self.world.rt.database.reading() as db:
            return db.scalar(select(func.max(kind.id))) or 0

    def _looks(self, after: int) -> tuple[tuple[str | None, str, str], ...]:
        with self.world.rt.database.reading() as db:
            rows = db.scalars(select(AccessRow).where(AccessRow.id > after))
            return tuple((row.person_id, row.what, row.participant_id) for row in rows)

    def _events(self, after: int) -> tuple[str, ...]:
        with self.world.rt.database.reading() as db:
            return tuple(db.scalars(select(AccountEventRow.kind).where(AccountEventRow.id > after)))
