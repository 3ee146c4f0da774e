"""How often a password may be tried from one place, counted in Valkey beside what the account itself counts."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from flask.testing import FlaskClient

from forms_service.app import create_app
from forms_service.engine.runtime import Runtime
from tests.integration.accounts.conftest import CHEAP
from tests.integration.desk.visitor import Visitor


@dataclass
class Counting:
    """Everything within one span of time."""

    seen: dict[str, int] = field(default_factory=dict)

    def count(self, key: str, seconds: int) -> int:
        self.seen[key] = self.seen.get(key, 0) + 1
        return self.seen[key]


def visitor(rt: Runtime, counts: Counting) -> Visitor:
    house = replace(rt, counts=counts, settings=replace(rt.settings, demo=False))
    client: FlaskClient = create_app(house, CHEAP).test_client()
    return Visitor(client)


def statuses(someone: Visitor, path: str, times: int, **fields: str) -> list[int]:
    return [someone.post(path, **fields).status_code for _ in range(times)]


def test_the_eleventh_try_with_one_address_waits_whether_anybody_has_it_or_not(rt: Runtime) -> None:
    for email in ("nora@example.org", "ukjent@example.org"):
        tries = statuses(visitor(rt, Counting()), "/inn", 12, email=email, password="feil passord her")
        assert tries == [422] * 10 + [429] * 2


def test_capitals_do_not_make_another_address(rt: Runtime) -> None:
    someone = visitor(rt, Counting())
    assert statuses(someone, "/inn", 10, email="nora@example.org", password="feil passord her")[-1] == 422
    assert statuses(someone, "/inn", 1, email=" NORA@example.org", password="feil passord her") == [429]
    assert statuses(someone, "/inn", 1, email="siri@example.org", password="feil passord her") == [422]


def test_the_sixth_new_password_for_one_address_waits_whether_anybody_has_it_or_not(rt: Runtime) -> None:
    for email in ("nora@example.org", "ukjent@example.org"):
        assert statuses(visitor(rt, Counting()), "/glemt-passord", 6, email=email) == [303] * 5 + [429]
