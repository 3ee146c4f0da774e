"""The seal of signatures: only this service closes it, and it opens only at the form that was signed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

from forms_service.web.forms.sheet import Sheet

CONTENT = frozenset({"question", "name", "role", "at", "digest", "drawing"})


@dataclass(frozen=True, slots=True)
class ServiceSeal:
    """``about`` names what is filled in: a signature cannot be carried to another form, task, person or sending."""

    secret: str
    about: str

    def close(self, content: Mapping[str, str]) -> str:
        return self._serializer().dumps(dict(content))

    def open(self, text: str) -> Mapping[str, str] | None:
        try:
            found = self._serializer().loads(text)
        except BadData:
            return None
        return found if isinstance(found, dict) and found.keys() == CONTENT else None

    def _serializer(self) -> URLSafeSerializer:
        return URLSafeSerializer(self.secret, salt=f"signature {self.about}")


def sealing(sheet: Sheet, nonce: str) -> Sheet:
    """Signatures are of this form in this version, given at the screen of whoever sends, and count for one sending."""
    at_whose = sheet.filled_in_at.owner.code if sheet.filled_in_at else ""
    seal = ServiceSeal(str(current_app.secret_key), f"{sheet.key} {sheet.version} {at_whose} {nonce}")
    return replace(sheet, context=replace(sheet.context, seal=seal))
