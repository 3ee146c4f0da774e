"""An e-mail as it leaves the house."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime


@dataclass(frozen=True, slots=True)
class Envelope:
    """One message to one address; ``message_id`` is the same at every attempt."""

    message_id: str
    sender: str
    recipient: str
    subject: str
    body: str
    at: datetime

    def as_bytes(self) -> bytes:
        """The message in RFC 5322 form with CRLF line ends."""
        mail = EmailMessage(policy=SMTP)
        mail["Message-ID"] = self.message_id
        mail["Date"] = format_datetime(self.at)
        mail["From"] = self.sender
        mail["To"] = self.recipient
        mail["Subject"] = self.subject
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(self.body)
        return mail.as_bytes()
