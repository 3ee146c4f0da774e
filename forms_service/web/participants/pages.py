"""Participants, each on one page."""

from __future__ import annotations

from flask import Blueprint, render_template

blueprint = Blueprint("participants", __name__)


@blueprint.get("/deltakere")
def everyone() -> str:
    return render_template("soon.html")
