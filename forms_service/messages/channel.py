"""The ways a message can go."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Channel(StrEnum):
    """What carries a message; a value stands in the outbox."""

    EMAIL = "email"
    SMS = "sms"


@dataclass(frozen=True, slots=True)
class Way:
    """A channel, and the address in it; empty when somebody cannot be reached."""

    channel: Channel
    address: str

    def __bool__(self) -> bool:
        return bool(self.address)


NO_WAY = Way(Channel.EMAIL, "")
