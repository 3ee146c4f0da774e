"""What carries an envelope away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from forms_service.messages.envelope import Envelope


class Transport(Protocol):
    """A channel. ``before_dot`` is called at the last moment at which nothing has been handed over yet.

    Raises MailTemporary or MailRefused when the message surely was not taken, MailUnknown when nobody can know.
    """

    def send(self, envelope: Envelope, before_dot: Callable[[], None]) -> None: ...
