"""A message as it leaves the house."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from forms_service.messages.channel import Channel
from forms_service.messages.mobile import mobile_number


@dataclass(frozen=True, slots=True)
class Envelope:
    """One message to one address; ``message_id`` is the same at every attempt."""

    message_id: str
    sender: str
    recipient: str
    subject: str
    body: str
    at: datetime
    channel: Channel = Channel.EMAIL

    @property
    def reference(self) -> str:
        """What a receiver knows a second attempt by; the message's own id."""
        return self.message_id.strip("<>").partition("@")[0]

    def as_bytes(self) -> bytes:
        """An e-mail in RFC 5322 form with CRLF line ends."""
        mail = EmailMessage(policy=SMTP)
        mail["Message-ID"] = self.message_id
        mail["Date"] = format_datetime(self.at)
        mail["From"] = self.sender
        mail["To"] = self.recipient
        mail["Subject"] = self.subject
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(self.body)
        return mail.as_bytes()

    def as_request(self) -> bytes:
        """An SMS as a gateway takes it, in JSON."""
        told = {"to": mobile_number(self.recipient), "text": self.body, "reference": self.reference}
        return json.dumps(told, ensure_ascii=False).encode()
