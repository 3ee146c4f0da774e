"""The keys of a message."""

from __future__ import annotations

from forms_service.language.keys.key import Key, Keys, Takes

MESSAGE = Keys(
    "A message",
    {
        "message": Key(Takes.TEXT, "The message's name, the same as the file's.", needed=True),
        "subject": Key(Takes.TEXT, "The subject; it may say case_number, link, office and due.", needed=True),
        "body": Key(Takes.TEXT, "The text; it may say case_number, link, office and due.", needed=True),
        "sms": Key(Takes.TEXT, "The text of an SMS; without it, the subject and the link."),
    },
)
