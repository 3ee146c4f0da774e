"""Waiting list and peers."""

from __future__ import annotations

from flask import Blueprint, render_template

blueprint = Blueprint("matching", __name__)


@blueprint.get("/venteliste")
def waiting_list() -> str:
    return render_template("soon.html")


@blueprint.get("/likemenn")
def peers() -> str:
    return render_template("soon.html")
