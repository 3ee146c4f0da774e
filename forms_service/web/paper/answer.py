"""A PDF or JSON as an answer: shown in the browser, named without a word about anybody."""

from __future__ import annotations

import json
from collections.abc import Mapping

from flask import Response, make_response


def pdf(content: bytes, *name: str) -> Response:
    return _named(make_response(content), "application/pdf", "inline", f"{_joined(name)}.pdf")


def fhir_json(content: Mapping[str, object], *name: str) -> Response:
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    return _named(make_response(text), "application/fhir+json", "attachment", f"{_joined(name)}.json")


def _joined(parts: tuple[str, ...]) -> str:
    """A form's key, and a case number or a date."""
    return "-".join(part for part in parts if part)


def _named(answer: Response, kind: str, how: str, name: str) -> Response:
    answer.mimetype = kind
    answer.headers.set("Content-Disposition", how, filename=name)
    return answer
