"""What waits for the person who is signed in: tasks and documents."""

from __future__ import annotations

from flask import Blueprint, render_template

blueprint = Blueprint("desk", __name__)


@blueprint.get("/")
def home() -> str:
    return render_template("soon.html")


@blueprint.get("/oppgaver")
def tasks() -> str:
    return render_template("soon.html")


@blueprint.get("/innboks")
def inbox() -> str:
    return render_template("soon.html")
