"""A list as a file to take along."""

from __future__ import annotations

from flask import Response, make_response

from forms_service.web.current import today


def csv_file(content: bytes, name: str) -> Response:
    """``name`` is part of no address and says nothing about anybody."""
    answer = make_response(content)
    answer.mimetype = "text/csv"
    answer.headers.set("Content-Disposition", "attachment", filename=f"{name}.csv")
    return answer


def of_today(name: str) -> str:
    return f"{name}-{today().isoformat()}"
