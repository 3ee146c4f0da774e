"""The language of a form page: what somebody chose, as long as the browser is open. Nobody's choice is stored."""

from __future__ import annotations

from collections.abc import Mapping

from flask import request, session

from forms_service.engine.once import Receipt
from forms_service.language.definitions import Form
from forms_service.texts import catalogue
from forms_service.translation.catalogue import SOURCE
from forms_service.translation.po_file import is_language
from forms_service.translation.spoken import speak, spoken
from forms_service.web.forms.address import LANGUAGE
from forms_service.web.forms.sheet import Send
from forms_service.web.languages import CHOSEN, NAMES, chosen, our_languages

BUTTON = "_language"
"""The field of a button in the form, so that all that was typed comes along."""


def remember_choice() -> None:
    """Before a form page answers. Whatever is no language is passed over."""
    wanted = request.form.get(BUTTON, "") if request.method == "POST" else request.args.get(LANGUAGE, "")
    if is_language(wanted):
        session[CHOSEN] = wanted
        speak_as_chosen()


def speak_as_chosen() -> None:
    """For pages without a form: their words are the product's own."""
    speak(chosen() if chosen() in our_languages() else SOURCE)


def in_chosen_language(form: Form) -> Form:
    """The form, and with it the page; both in bokmål when the form is not translated, so that nothing is mixed."""
    speak(chosen() if chosen() in form.languages else SOURCE)
    return form.in_language(spoken())


def languages_of(form: Form) -> tuple[str, ...]:
    """Bokmål first, then in the order of texts/nb.yaml, then all others."""
    known = [key.removeprefix(NAMES) for key in catalogue() if key.startswith(NAMES)]
    others = [code for code in form.languages if code not in known]
    return (SOURCE, *(code for code in known if code in form.languages), *others)


def suggested(form: Form) -> str:
    """The language that the browser asks for, to be offered: many browsers speak English whose owners do not."""
    return request.accept_languages.best_match(languages_of(form), default=SOURCE)


def in_bokmal(send: Send) -> Send:
    """Papers, letters and the case are written in bokmål, whatever language the answer was asked in."""

    def sent(nonce: str, answers: Mapping[str, object]) -> Receipt:
        page = spoken()
        speak(SOURCE)
        try:
            return send(nonce, answers)
        finally:
            speak(page)

    return sent
