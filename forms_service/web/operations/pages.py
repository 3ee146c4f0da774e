"""Whether the service is well, for machines and for people."""

from __future__ import annotations

from flask import Blueprint, render_template

blueprint = Blueprint("operations", __name__)


@blueprint.get("/drift")
def overview() -> str:
    return render_template("soon.html")
