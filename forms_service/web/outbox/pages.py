"""Messages on their way out."""

from __future__ import annotations

from flask import Blueprint, render_template

blueprint = Blueprint("outbox", __name__)


@blueprint.get("/utboks")
def messages() -> str:
    return render_template("soon.html")
