"""What every template knows: the service's name, who is signed in, and how days, moments and numbers are written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from flask import Flask

from forms_service.casework.refusals import refusal_words
from forms_service.domain.access import is_of_another_trade
from forms_service.engine.runtime import Runtime
from forms_service.errors import MoveRefused
from forms_service.forms.attached.size import size_words
from forms_service.language.duration import Duration, Unit
from forms_service.picture.durations import duration_words
from forms_service.register.register import Register
from forms_service.register.titles import role_titles
from forms_service.texts import said_if_known, say
from forms_service.translation.spoken import called_as_chosen, spoken
from forms_service.web.current import now, runtime, viewer_or_nobody
from forms_service.web.languages import teach_languages
from forms_service.web.peers import peer_word

DAY: Mapping[str, str] = {"en": "d MMMM y"}
MOMENT: Mapping[str, str] = {"en": "d MMMM y, HH:mm"}
"""How a language writes them where it is not as in Norwegian."""


def teach(app: Flask, rt: Runtime) -> None:
    """Give the templates their filters and common values."""
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        day=day,
        moment=moment,
        time_of_day=time_of_day,
        iso=iso,
        number=number,
        local_input=local_input,
        hours_and_minutes=hours_and_minutes,
        size_words=size_words,
        stored_title=stored_title,
    )
    teach_languages(app)
    app.jinja_env.globals["answer_label"] = answer_label
    app.jinja_env.globals["refusal_words"] = refusal_in_words
    app.jinja_env.globals["is_of_another_trade"] = is_of_another_trade
    app.jinja_env.globals["words_for"] = words_for
    app.jinja_env.globals["role_words"] = role_words
    app.jinja_env.globals["participant_status"] = participant_status
    app.jinja_env.globals["peer_word"] = peer_word
    app.context_processor(
        lambda: {
            "service": rt.settings.service,
            "service_name": rt.settings.service.name,
            "signed_in": viewer_or_nobody(),
            "demo": rt.settings.demo,
            "now": now(),
        }
    )


def day(value: date | datetime | str) -> str:
    """As in «23. november 2026», in the service's own time zone; a text is an ISO date."""
    return format_date(_local_date(value), DAY.get(spoken(), "d. MMMM y"), locale=spoken())


def moment(value: datetime) -> str:
    """As in «23. november 2026 kl. 10:04», in the service's own time zone."""
    return _moment(value, MOMENT.get(spoken(), "d. MMMM y 'kl.' HH:mm"))


def time_of_day(value: datetime) -> str:
    """As in «10:04», in the service's own time zone."""
    return _moment(value, "HH:mm")


def number(value: float) -> str:
    """As in «3,5»."""
    return format_decimal(value, locale=spoken())


def hours_and_minutes(minutes: int) -> str:
    """As in «1 time og 20 minutter»."""
    parts = (Duration(minutes // 60, Unit.HOUR), Duration(minutes % 60, Unit.MINUTE))
    return say("common.both").join(duration_words(part) for part in parts if part.amount) or duration_words(parts[1])


def local_input(value: datetime) -> str:
    """For the value of a ``datetime-local`` field: where the service is, to the minute."""
    return value.astimezone(runtime().zone).strftime("%Y-%m-%dT%H:%M")


def iso(value: date | datetime | str) -> str:
    """For the ``datetime`` attribute of a ``time`` element."""
    return value.isoformat() if isinstance(value, date) else value


def stored_title(stored: str) -> str:
    """What today's files call a document or a role under a bokmål title; the title itself where they know no other."""
    title = called_as_chosen(stored)
    return runtime().library.titles().get(title, title)


def answer_label(form: str, field: str, value: str) -> str:
    """The words of an answer as its form asks today; the stored value itself when the form no longer knows it."""
    return answer_choices(form, field).get(value, value)


def answer_choices(form: str, field: str) -> Mapping[str, str]:
    """What can be answered there today, with its words; nothing when there is no such question."""
    asked = runtime().library.current_as_read().forms.get(form)
    return next((each.choices for each in asked.fields() if each.name == field), {}) if asked else {}


def role_words(role: str) -> str:
    """What a role is called inside a sentence: by the installation, by the service's own description, or by us."""
    rt = runtime()
    own = {"peer": peer_word(), **role_titles(rt.service, stored_title)}
    return own.get(role) or words_for("roles", role) or role


def participant_status(status: str) -> str:
    """Where a participant is on the way."""
    return say(f"participants.{status}", peer=peer_word())


def words_for(section: str, code: str) -> str:
    """The words of the catalogue for a code ("outcomes", "not now"); nothing when it has none."""
    return said_if_known(f"{section}.{code}")


def refusal_in_words(code: str, reason: str) -> str:
    """Why a move was refused: from the catalogue, or as the author of a described service wrote it; else nothing."""
    described = code == MoveRefused.code and isinstance(runtime().service, Register)
    return refusal_words(reason) or (stored_title(reason) if described else "")


def _moment(value: datetime, pattern: str) -> str:
    return format_datetime(value.astimezone(runtime().zone), pattern, locale=spoken())


def _local_date(value: date | datetime | str) -> date:
    if isinstance(value, datetime):
        return runtime().day(value)
    return date.fromisoformat(value) if isinstance(value, str) else value
