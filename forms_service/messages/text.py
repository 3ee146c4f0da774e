"""A message's subject, body and short text, made from the few variables that a message may use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from forms_service.language.definitions import Message
from forms_service.language.template import render_text
from forms_service.language.vocabulary import MESSAGE_VARIABLES

LINK_PLACE = "[[link]]"
"""Stands in the stored text where the secret of a one-time link is put in at sending."""


@dataclass(frozen=True, slots=True)
class Text:
    """What a message says, as an e-mail and as an SMS."""

    subject: str
    body: str
    sms: str


def compose(message: Message, variables: Mapping[str, str]) -> Text:
    """Fill a message's templates; other variables than the allowed ones are refused."""
    refused = set(variables) - MESSAGE_VARIABLES
    if refused:
        raise ValueError(f"a message may not use {', '.join(sorted(refused))}")
    subject = " ".join(render_text(message.subject, variables).split())
    short = render_text(message.sms, variables) if message.sms else f"{subject}\n{variables.get('link', '')}"
    return Text(subject, render_text(message.body, variables), short.strip())


def day_in_words(day: date) -> str:
    """A date as it is written in a sentence: 15. januar 2026."""
    return format_date(day, "d. MMMM y", locale="nb")
