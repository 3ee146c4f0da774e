"""Trying passwords: counted exactly, on both databases, however many come at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from forms_service.accounts.access import close, reopen, unlock
from forms_service.accounts.events import By, Kind
from forms_service.accounts.hashing import Cost, Hasher
from forms_service.accounts.lock import FIRST, TRIES
from forms_service.accounts.tries import Entry, is_hers, sign_in
from forms_service.clock import FrozenClock
from forms_service.engine.runtime import Runtime
from forms_service.errors import AlreadyDone
from forms_service.storage.accounts import AccountEventRow, AccountRow
from tests.integration.accounts.conftest import ADMIN, CHEAP, PASSWORD


class CountingHasher(Hasher):
    """How many guesses got as far as being compared with the real hash."""

    compared: list[str]

    def agrees(self, hashed: str | None, password: str) -> bool:
        if hashed is not None:
            self.compared.append(password)
        return super().agrees(hashed, password)


@pytest.fixture
def counting() -> CountingHasher:
    hasher = CountingHasher(CHEAP.cost)
    object.__setattr__(hasher, "compared", [])
    return hasher


def at_once(house: Runtime, hasher: Hasher, address: str, passwords: list[str]) -> list[Entry | None]:
    with ThreadPoolExecutor(16) as pool:
        return list(pool.map(lambda said: sign_in(house, hasher, address, said), passwords))


def guess(house: Runtime, address: str, times: int) -> None:
    for number in range(times):
        assert sign_in(house, CHEAP, address, f"gjetter {number} ganger") is None


def kinds(house: Runtime) -> list[str]:
    with house.database.reading() as session:
        return list(session.scalars(select(AccountEventRow.kind).order_by(AccountEventRow.id)))


def account(house: Runtime, key: str = "nora") -> AccountRow:
    with house.database.reading() as session:
        return session.get_one(AccountRow, key)


def test_the_right_password_lets_in_whatever_the_capitals_of_the_address(house: Runtime, nora: str) -> None:
    for address in (nora, nora.upper(), f" {nora.title()} "):
        assert sign_in(house, CHEAP, address, PASSWORD) == Entry("nora", 1)
    assert account(house).signed_in_at == house.clock.now()
    assert kinds(house)[-3:] == [Kind.SIGNED_IN] * 3


@pytest.mark.parametrize(
    ("address", "password"),
    [
        ("nora@example.org", "feil passord her"),
        ("nora@example.org", PASSWORD.upper()),
        ("nora@example.org", f" {PASSWORD}"),
        ("siri@example.org", PASSWORD),
        ("ukjent@example.org", PASSWORD),
        ("", PASSWORD),
        ("siri\0@example.org", PASSWORD),
        ("nora@example.org", f"{PASSWORD}\0"),
    ],
)
def test_nothing_else_does(house: Runtime, nora: str, address: str, password: str) -> None:
    assert sign_in(house, CHEAP, address, password) is None
    assert kinds(house)[-1] == Kind.FAILED


def test_of_an_address_that_nobody_has_nothing_is_kept(house: Runtime, nora: str) -> None:
    sign_in(house, CHEAP, "hemmelig@example.org", PASSWORD)
    with house.database.reading() as session:
        row = session.scalars(select(AccountEventRow).order_by(AccountEventRow.id.desc())).first()
    assert row is not None
    assert (row.person_id, row.by_id, row.reason, row.kind) == (None, None, "", Kind.FAILED)


def test_after_ten_wrong_ones_the_right_one_waits_a_quarter_of_an_hour(
    house: Runtime, nora: str, clock: FrozenClock
) -> None:
    guess(house, nora, TRIES)
    assert sign_in(house, CHEAP, nora, PASSWORD) is None
    clock.move(FIRST - timedelta(seconds=1))
    assert sign_in(house, CHEAP, nora, PASSWORD) is None
    clock.move(timedelta(seconds=1))
    assert sign_in(house, CHEAP, nora, PASSWORD)
    assert kinds(house)[-4:] == [Kind.LOCKED, Kind.HELD_OFF, Kind.HELD_OFF, Kind.SIGNED_IN]


def test_nine_wrong_ones_are_forgiven_by_a_right_one(house: Runtime, nora: str) -> None:
    for _ in range(3):
        guess(house, nora, TRIES - 1)
        assert sign_in(house, CHEAP, nora, PASSWORD)


def test_the_tenth_try_may_be_the_right_one(house: Runtime, nora: str) -> None:
    guess(house, nora, TRIES - 1)
    assert sign_in(house, CHEAP, nora, PASSWORD)
    assert account(house).locked_until is None
    assert Kind.LOCKED not in kinds(house)


def test_whoever_goes_on_guessing_waits_longer_each_time(house: Runtime, nora: str, clock: FrozenClock) -> None:
    guess(house, nora, TRIES)
    clock.move(FIRST)
    guess(house, nora, 5)
    clock.move(FIRST)
    assert sign_in(house, CHEAP, nora, PASSWORD) is None
    clock.move(FIRST)
    assert sign_in(house, CHEAP, nora, PASSWORD)


def test_an_admin_unlocks_at_once_and_once(house: Runtime, nora: str) -> None:
    guess(house, nora, TRIES)
    unlock(house, "nora", ADMIN)
    with pytest.raises(AlreadyDone):
        unlock(house, "nora", ADMIN)
    assert sign_in(house, CHEAP, nora, PASSWORD)


def test_of_a_hundred_guesses_at_once_ten_are_looked_at(house: Runtime, nora: str, counting: CountingHasher) -> None:
    guesses = [f"gjetter {number} ganger" for number in range(100)]
    assert at_once(house, counting, nora, guesses) == [None] * 100
    assert len(counting.compared) == TRIES
    with house.database.reading() as session:
        counted = dict(session.execute(select(AccountEventRow.kind, func.count()).group_by(AccountEventRow.kind)).all())
    assert (counted[Kind.FAILED], counted[Kind.LOCKED], counted[Kind.HELD_OFF]) == (TRIES - 1, 1, 90)
    assert account(house).failures == TRIES


def test_whoever_is_let_in_while_others_guess_was_right(house: Runtime, nora: str, counting: CountingHasher) -> None:
    tries = [PASSWORD if number % 10 == 0 else f"gjetter {number} ganger" for number in range(60)]
    found = at_once(house, counting, nora, tries)
    assert all(entry is None or said == PASSWORD for entry, said in zip(found, tries, strict=True))


def test_a_password_of_another_cost_is_made_anew_when_it_is_used(house: Runtime, nora: str) -> None:
    dearer = Hasher(Cost(rounds=2, memory=16, lanes=1))
    before = account(house).password
    assert sign_in(house, dearer, nora, PASSWORD) == Entry("nora", 1)
    after = account(house).password
    assert after is not None
    assert after != before
    assert not dearer.is_outdated(after)
    assert sign_in(house, dearer, nora, PASSWORD)


def test_whoever_has_no_access_any_more_is_not_let_in_and_comes_back_with_the_same_password(
    house: Runtime, nora: str
) -> None:
    before = account(house).sessions
    close(house, "nora", "Sluttet", ADMIN)
    assert sign_in(house, CHEAP, nora, PASSWORD) is None
    reopen(house, "nora", ADMIN)
    entry = sign_in(house, CHEAP, nora, PASSWORD)
    assert entry is not None
    assert entry.sessions > before


class ClosingHasher(Hasher):
    """Somebody closes the access while the password is compared."""

    house: Runtime

    def agrees(self, hashed: str | None, password: str) -> bool:
        close(self.house, "nora", "Sluttet", ADMIN)
        return super().agrees(hashed, password)


def test_access_that_ends_while_the_password_is_compared_has_ended(house: Runtime, nora: str) -> None:
    hasher = ClosingHasher(CHEAP.cost)
    object.__setattr__(hasher, "house", house)
    assert sign_in(house, hasher, nora, PASSWORD) is None


def test_somebody_who_is_signed_in_guesses_no_more_often_than_others(house: Runtime, nora: str) -> None:
    assert is_hers(house, CHEAP, "nora", PASSWORD)
    for number in range(TRIES):
        assert not is_hers(house, CHEAP, "nora", f"gjetter {number} ganger")
    assert not is_hers(house, CHEAP, "nora", PASSWORD)
    assert sign_in(house, CHEAP, nora, PASSWORD) is None


def test_everything_is_written_down_with_who_and_whom(house: Runtime, nora: str) -> None:
    guess(house, nora, TRIES)
    unlock(house, "nora", ADMIN)
    sign_in(house, CHEAP, nora, PASSWORD)
    close(house, "nora", "Sluttet", By(via="command line"))
    with house.database.reading() as session:
        rows = session.scalars(select(AccountEventRow).order_by(AccountEventRow.id)).all()
    told = [(row.kind, row.by_id, row.via, row.reason) for row in rows if row.kind != Kind.FAILED]
    assert told == [
        (Kind.INVITED, "astrid", "signed_in", ""),
        (Kind.PASSWORD_SET, None, "link", ""),
        (Kind.LOCKED, None, "password", ""),
        (Kind.UNLOCKED, "astrid", "signed_in", ""),
        (Kind.SIGNED_IN, None, "password", ""),
        (Kind.CLOSED, None, "command line", "Sluttet"),
    ]
    assert {row.person_id for row in rows} == {"nora"}
