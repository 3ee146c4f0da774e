"""Passwords as Argon2id leaves them: easy to compare, slow to guess."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from forms_service.accounts.password import LONGEST, normalised

MEBIBYTE = 1024
"""In Argon2's own unit, KiB."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one comparison costs: rounds, memory in KiB, lanes side by side."""

    rounds: int
    memory: int
    lanes: int


STRONG = Cost(rounds=3, memory=64 * MEBIBYTE, lanes=4)
"""RFC 9106, section 4, its second choice, for machines that do other things too; more than OWASP asks for."""


@dataclass(frozen=True, slots=True)
class Hasher:
    """Compares and makes hashes of one cost, and recognises those of another: they are made anew at a chance."""

    cost: Cost = STRONG

    def hash(self, password: str) -> str:
        return _argon2(self.cost).hash(normalised(password))

    def agrees(self, hashed: str | None, password: str) -> bool:
        """Whether it is the password; always one comparison, also when nothing can be right."""
        said, nobody = normalised(password), _nobody(self.cost)
        if hashed is None or len(said) > LONGEST:
            hashed, said = nobody, "somebody"
        try:
            return _argon2(self.cost).verify(hashed, said)
        except (VerificationError, InvalidHashError):
            return False

    def is_outdated(self, hashed: str) -> bool:
        return _argon2(self.cost).check_needs_rehash(hashed)


@lru_cache
def _argon2(cost: Cost) -> PasswordHasher:
    return PasswordHasher(cost.rounds, cost.memory, cost.lanes)


@lru_cache
def _nobody(cost: Cost) -> str:
    """Whoever has no password is compared with this one, so that it takes as long."""
    return _argon2(cost).hash("nobody")
