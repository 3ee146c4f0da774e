"""Accounts on both databases: a town whose people have chosen passwords."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from forms_service.accounts.events import By
from forms_service.accounts.hashing import Cost, Hasher
from forms_service.accounts.invite import invite
from forms_service.accounts.links import use_link
from forms_service.clock import FrozenClock
from forms_service.engine.letter import PATH, account_address_for
from forms_service.engine.runtime import Runtime
from tests.integration.casework.town import Town

CHEAP = Hasher(Cost(rounds=1, memory=8, lanes=1))
PASSWORD = "blåbærsyltetøy på vaffel"
ADMIN = By("astrid")

Invite = Callable[[str], str]
"""``invited("nora")`` is the secret part of her link."""


@pytest.fixture
def house(runtime: Runtime, clock: FrozenClock) -> Runtime:
    """No demo: real people with addresses of their own."""
    Town(runtime.database)
    return replace(runtime, settings=replace(runtime.settings, demo=False))


@pytest.fixture
def invited(house: Runtime) -> Invite:
    def token(key: str) -> str:
        link_id = invite(house, key, ADMIN, send=False).link_id
        return account_address_for(house, link_id).partition(PATH)[2]

    return token


@pytest.fixture
def nora(house: Runtime, invited: Invite) -> str:
    """The address of somebody who has chosen ``PASSWORD``."""
    use_link(house, CHEAP, invited("nora"), PASSWORD)
    return "nora@example.org"
