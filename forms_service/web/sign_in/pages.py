"""Who you are: signing in and out."""

from __future__ import annotations

from flask import Blueprint, render_template

blueprint = Blueprint("sign_in", __name__)


@blueprint.get("/inn")
def choose() -> str:
    return render_template("soon.html")


@blueprint.post("/ut")
def leave() -> str:
    return render_template("soon.html")
