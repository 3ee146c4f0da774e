"""Signing in with an e-mail address and a password."""

from __future__ import annotations

from flask import request

from forms_service.accounts.tries import Entry, sign_in
from forms_service.texts import say
from forms_service.web.current import hasher, runtime


def who() -> Entry | None:
    """What is left empty is no try."""
    if faults_in_form(is_known=True):
        return None
    return sign_in(runtime(), hasher(), request.form["email"], request.form["password"])


def faults_in_form(*, is_known: bool = False) -> dict[str, str]:
    """What to put right, by field. Of a try that failed the page says one sentence, whatever was wrong with it."""
    empty = {"email": "no_email", "password": "no_password"}
    faults = {name: say(f"accounts.{key}") for name, key in empty.items() if not request.form.get(name)}
    return faults if faults or is_known else {"email": say("accounts.wrong")}
