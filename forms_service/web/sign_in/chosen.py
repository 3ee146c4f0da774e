"""A password that somebody has chosen, as her form posts it: twice."""

from __future__ import annotations

from flask import request

from forms_service.accounts.password import LONGEST, SHORTEST, fault_in
from forms_service.storage.people import PersonRow
from forms_service.texts import say
from forms_service.web.current import runtime


def faults_in_choice(person: PersonRow) -> dict[str, str]:
    """What to put right, by field; empty when it can be hers."""
    chosen, again = request.form.get("password", ""), request.form.get("again", "")
    fault = fault_in(chosen, _own_words(person))
    if fault:
        return {"password": say(f"accounts.password.{fault}", shortest=SHORTEST, longest=LONGEST)}
    return {} if chosen == again else {"again": say("accounts.password.not_twice")}


def _own_words(person: PersonRow) -> list[str]:
    email = person.email or ""
    return [person.name, email, email.partition("@")[0], runtime().settings.service.name]
