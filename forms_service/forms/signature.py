"""Signatures: who signed what, and when. One that was given to other answers than those that are sent counts no more.

What is signed is the answers, without what is internal, by the names of their questions: the same in every language.
What was asked is what the published version says, which never changes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Protocol, TypeGuard

from forms_service.language.definitions import Field, FieldType, Form

SHORT_CODE = 12
"""Digits of a digest that two people can compare by eye."""


class Seal(Protocol):
    """Closes a signature so that only the service can have made it, and opens what it has closed."""

    def close(self, content: Mapping[str, str]) -> str: ...

    def open(self, text: str) -> Mapping[str, str] | None: ...


class Unsealed:
    """Where nothing can be signed."""

    def close(self, content: Mapping[str, str]) -> str:
        raise NotImplementedError("nothing can be signed here")

    def open(self, text: str) -> Mapping[str, str] | None:
        return None


@dataclass(frozen=True, slots=True)
class Signature:
    """What is stored of a signature, under the name of the question that it answers.

    ``at`` is ISO 8601 with the offset of the place, ``digest`` the SHA-256 of what was signed, ``drawing`` an SVG path,
    empty when only the name was typed.
    """

    question: str
    name: str
    role: str
    at: str
    digest: str
    drawing: str = ""

    def plain(self) -> dict[str, str]:
        return asdict(self)


def sign(seal: Seal, field: Field, name: str, at: datetime, digest: str, drawing: str) -> str:
    """The sealed signature, as it travels with the form until that is sent."""
    signed = Signature(field.name, name, field.signer, at.isoformat(timespec="seconds"), digest, drawing)
    return seal.close(signed.plain())


def digest_of(form: Form, answers: Mapping[str, object]) -> str:
    """SHA-256 of the answers that are signed, in hexadecimal."""
    signed = [
        [field.name, answers[field.name]]
        for field in form.fields()
        if field.type not in (FieldType.SIGNATURE, FieldType.NOTE)
        and not field.internal
        and answers.get(field.name) is not None
    ]
    content = json.dumps([form.key, signed], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()


def is_signature(answer: object) -> TypeGuard[Mapping[str, object]]:
    """A stored answer that is a signature."""
    return isinstance(answer, Mapping) and "digest" in answer


def is_of(form: Form, answers: Mapping[str, object], signature: object) -> bool:
    """Whether a signature was given to these very answers."""
    return is_signature(signature) and signature["digest"] == digest_of(form, answers)


def with_day_and_time(signature: Mapping[str, object]) -> dict[str, object]:
    """The signature as people are told of it: day and time where it was signed, and the code of what was signed."""
    day, _, clock = str(signature["at"]).partition("T")
    return {**signature, "day": day, "time": clock[:5], "code": str(signature["digest"])[:SHORT_CODE]}
