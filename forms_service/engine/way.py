"""Which way a message goes to somebody."""

from __future__ import annotations

from forms_service.engine.runtime import Runtime
from forms_service.engine.service import Recipient
from forms_service.messages.channel import NO_WAY, Channel, Way
from forms_service.messages.mobile import mobile_number


def way_to(rt: Runtime, recipient: Recipient) -> Way:
    """E-mail to whoever has an address; else an SMS, where a mobile number is known and SMS can be sent."""
    if recipient.address:
        return Way(Channel.EMAIL, recipient.address)
    number = mobile_number(recipient.phone) if rt.settings.sends_sms else ""
    return Way(Channel.SMS, number) if number else NO_WAY
