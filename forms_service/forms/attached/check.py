"""One file that somebody attaches: looked at from its first byte to its last."""

from __future__ import annotations

from dataclasses import dataclass

from forms_service.forms.attached.file_name import clean_name
from forms_service.forms.attached.image import clean_image
from forms_service.forms.attached.kinds import Kind, kind_of, kinds_of
from forms_service.forms.attached.pdf import check_pdf
from forms_service.forms.attached.refused import FileRefused, Reason
from forms_service.language.definitions import MOST_MEGABYTES, Field

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that can be kept. ``content`` of an image is written anew."""

    name: str
    kind: Kind
    content: bytes


def largest(field: Field) -> int:
    """In bytes."""
    return (field.maximum or MOST_MEGABYTES) * MEGABYTE


def checked(field: Field, name: str, content: bytes) -> Attached:
    """FileRefused says why not."""
    kind = kind_of(content)
    if not content:
        raise FileRefused(Reason.EMPTY)
    if len(content) > largest(field):
        raise FileRefused(Reason.TOO_BIG)
    if kind is None or kind not in kinds_of(field.accept):
        raise FileRefused(Reason.NOT_ACCEPTED)
    if kind is not Kind.PDF:
        return Attached(clean_name(name, kind), kind, clean_image(content, kind))
    check_pdf(content)
    return Attached(clean_name(name, kind), kind, content)
