from __future__ import annotations

import unicodedata

import pytest

from forms_service.accounts.address import is_address, normalised
from forms_service.accounts.hashing import STRONG, Cost, Hasher
from forms_service.accounts.lock import LONGEST, TRIES, locked_until
from forms_service.accounts.password import common, fault_in
from forms_service.clock import FrozenClock

CHEAP = Hasher(Cost(rounds=1, memory=8, lanes=1))
NOW = FrozenClock().now()
OWN = ["Nora Nordmann Berg", "nora.nordmann@example.org", "nora.nordmann"]

CHOSEN = {
    "elleve tegn": "too_short",
    "tolv tegn er": "",
    "blåbærsyltetøy på vaffel": "",
    "x" * 128: "",
    "x" * 129: "too_long",
    "1q2w3e4r5t6y": "common",
    "1Q2W3E4R5T6Y": "common",
    "Nora.Nordmann@Example.org": "own",
    "noranordmannberg": "own",
    "Nora Nordmann Berg er her": "",
    "            ": "",
    "🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊": "",
}


@pytest.mark.parametrize(("password", "fault"), CHOSEN.items())
def test_a_password_is_long_and_neither_common_nor_a_name_and_nothing_else_is_asked(password: str, fault: str) -> None:
    assert fault_in(password, OWN) == fault


def test_the_common_ones_are_those_that_are_long_enough_to_be_chosen() -> None:
    assert len(common()) > 150
    assert min(len(password) for password in common()) == 12


def test_a_letter_is_the_same_however_a_keyboard_writes_it() -> None:
    composed, apart = (unicodedata.normalize(form, "blåbærsyltetøy") for form in ("NFC", "NFD"))
    assert composed != apart
    assert CHEAP.agrees(CHEAP.hash(composed), apart)


def test_nothing_of_a_long_password_is_cut_off() -> None:
    hashed = CHEAP.hash("x" * 127 + "a")
    assert CHEAP.agrees(hashed, "x" * 127 + "a")
    assert not CHEAP.agrees(hashed, "x" * 127 + "b")
    assert not CHEAP.agrees(hashed, "x" * 127 + "ab")


def test_what_is_kept_is_argon2id_of_the_cost_that_rfc_9106_names() -> None:
    assert Hasher().hash("blåbærsyltetøy").startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert Cost(3, 65536, 4) == STRONG


def test_a_hash_of_another_cost_still_opens_and_is_known_to_be_old() -> None:
    dearer = Hasher(Cost(rounds=2, memory=16, lanes=1))
    hashed = CHEAP.hash("blåbærsyltetøy")
    assert dearer.agrees(hashed, "blåbærsyltetøy")
    assert dearer.is_outdated(hashed)
    assert not CHEAP.is_outdated(hashed)


@pytest.mark.parametrize("hashed", [None, "", "no hash", "$argon2id$v=19$m=8,t=1,p=1$broken"])
def test_without_a_hash_nothing_agrees(hashed: str | None) -> None:
    assert not CHEAP.agrees(hashed, "blåbærsyltetøy")
    assert not CHEAP.agrees(hashed, "somebody")
    assert not CHEAP.agrees(hashed, "nobody")


def test_a_lock_comes_after_ten_failures_and_lasts_twice_as_long_each_time_but_never_a_day() -> None:
    minutes = {failures: until - NOW for failures in range(1, 60) if (until := locked_until(failures, NOW))}
    assert list(minutes)[:3] == [TRIES, 15, 20]
    assert [each.total_seconds() / 60 for each in minutes.values()][:6] == [15, 30, 60, 120, 240, 240]
    assert max(minutes.values()) == LONGEST
    assert locked_until(10**9 + TRIES, NOW) == NOW + LONGEST


@pytest.mark.parametrize("typed", ["Nora@Example.org", " nora@example.org ", "NORA@EXAMPLE.ORG", "ｎora@example.org"])
def test_an_address_is_the_same_however_it_is_typed(typed: str) -> None:
    assert normalised(typed) == "nora@example.org"


ADDRESSES = {
    "nora@example.org": True,
    "@example.org": False,
    "nora@": False,
    "nora": False,
    "a@b@c": False,
    "nora\r\nBcc: x@example.org": False,
    "nora@example.org, odd@example.org": False,
    "Nora <nora@example.org>": False,
    f"{'n' * 250}@example.org": False,
}


@pytest.mark.parametrize(("text", "is_one"), ADDRESSES.items())
def test_an_address_is_one_address(text: str, is_one: bool) -> None:
    assert is_address(text) is is_one
