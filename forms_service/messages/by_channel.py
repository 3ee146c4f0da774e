"""Each message to the transport of its channel."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from forms_service.messages.channel import Channel
from forms_service.messages.envelope import Envelope
from forms_service.messages.transport import Transport


@dataclass(frozen=True, slots=True)
class ByChannel:
    """All channels of an installation."""

    transports: Mapping[Channel, Transport]

    def send(self, envelope: Envelope, before_dot: Callable[[], None]) -> None:
        self.transports[envelope.channel].send(envelope, before_dot)
