"""Guessing: passwords, links, addresses. Whoever goes on is kept out, and what was tried is written down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest

from tests.integration.access.attacks.siege import Siege

GUESSES = ("123456", "passord", "password", "qwerty", "admin", "nora", "Sommer2026", "' OR 1=1 --", "\0", "x" * 300)


@pytest.mark.parametrize("guess", GUESSES)
@pytest.mark.parametrize("email", ["trond@alarm.example", "nobody@alarm.example"])
def test_a_guessed_password_opens_nothing_and_is_written_down(siege: Siege, email: str, guess: str) -> None:
    attempt = siege.post("liv", "/inn", email=email, password=guess)
    siege.last.clear()  # the account counts its tries
    assert attempt.status == 422
    assert attempt.events or attempt.refused
    assert attempt.kinds == {"not_taken"}


@dataclass(slots=True)
class Counting:
    """As Valkey does, for as long as the test lasts."""

    seen: Counter[str] = field(default_factory=Counter)

    def count(self, key: str, seconds: int) -> int:
        self.seen[key] += 1
        return self.seen[key]


@pytest.fixture
def counted(siege: Siege) -> Iterator[Siege]:
    before = siege.app.extensions["forms_service"]
    siege.app.extensions["forms_service"] = replace(before, counts=Counting())
    yield siege
    siege.app.extensions["forms_service"] = before


@pytest.mark.parametrize(
    ("path", "most"), [("/l/guess", 240), ("/konto/lenke/guess", 60), ("/glemt-passord", 60), ("/inn", 60)]
)
def test_whoever_goes_on_has_to_wait(counted: Siege, path: str, most: int) -> None:
    client = counted.app.test_client()
    for _ in range(most):
        client.get(path).close()
    attempt = counted.ask("nobody", path, "GET", None, {})
    attempt.must_fail("too_often")
    assert attempt.status == 429
    assert int(attempt.answer.headers["Retry-After"]) >= 60
