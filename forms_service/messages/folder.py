"""Messages as files, for a service without a mail server or a gateway."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from forms_service.errors import MailTemporary
from forms_service.messages.channel import Channel
from forms_service.messages.envelope import Envelope


@dataclass(frozen=True, slots=True)
class FolderTransport:
    """Writes one file per message, .eml or .sms: beside its place first, and put there after the last moment."""

    folder: Path

    def send(self, envelope: Envelope, before_dot: Callable[[], None]) -> None:
        is_sms = envelope.channel is Channel.SMS
        target = self.folder / f"{envelope.reference}.{'sms' if is_sms else 'eml'}"
        beside = target.with_suffix(".new")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(envelope.as_request() if is_sms else envelope.as_bytes())
        except OSError as error:
            raise MailTemporary("the mailbox folder cannot be written") from error
        before_dot()
        beside.replace(target)
