"""What a person decides about a message that failed, or that nobody knows about."""

from __future__ import annotations

from typing import Literal

from forms_service.engine.runtime import Runtime
from forms_service.engine.service import Actor


def retry_message(rt: Runtime, message_id: str, actor: Actor) -> None:
    """Send a failed or withheld message again; the release is checked again."""
    raise NotImplementedError


def settle_message(rt: Runtime, message_id: str, decision: Literal["sent", "send_again"], actor: Actor) -> None:
    """Say what became of a message that may or may not have been sent."""
    raise NotImplementedError
