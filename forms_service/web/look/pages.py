"""The colour and the mark that the settings choose, as files that every page asks for."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response, make_response

from forms_service.web.current import runtime
from forms_service.web.look.scale import stylesheet

blueprint = Blueprint("look", __name__)
KINDS = {".svg": "image/svg+xml", ".png": "image/png"}
KEPT = "public, max-age=3600"


@blueprint.get("/utseende.css")
def colours() -> Response:
    answer = make_response(stylesheet(runtime().settings.service.colour))
    answer.mimetype = "text/css"
    return _kept(answer)


@blueprint.get("/merke")
def logo() -> Response:
    """The installation's own, or the one that comes with the program."""
    picture = Path(runtime().settings.service.logo or Path(__file__).parents[1] / "static" / "icon.svg")
    answer = make_response(picture.read_bytes())
    answer.mimetype = KINDS[picture.suffix.lower()]
    return _kept(answer)


def _kept(answer: Response) -> Response:
    answer.headers["Cache-Control"] = KEPT
    return answer
