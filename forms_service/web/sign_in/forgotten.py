"""«Glemt passord»: asks for an address, and answers everybody the same."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from forms_service.accounts.address import is_address, normalised
from forms_service.accounts.forgotten import ask_for_link
from forms_service.texts import say
from forms_service.web.current import runtime


def forgotten() -> str:
    return render_template("sign_in/forgotten.html", errors={}, typed={})


def send_forgotten() -> Response | tuple[str, int]:
    """What cannot be an address is told to be none; of all others nothing is told."""
    email = request.form.get("email", "")
    if not is_address(normalised(email)):
        errors = {"email": say("accounts.no_email")}
        return render_template("sign_in/forgotten.html", errors=errors, typed=request.form), 422
    ask_for_link(runtime(), email)
    return redirect(url_for("sign_in.forgotten_sent"), 303)


def forgotten_sent() -> str:
    return render_template("sign_in/forgotten_sent.html")
