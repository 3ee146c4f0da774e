"""Files are known by what is in them, and images leave nothing behind but the picture."""

from __future__ import annotations

import time
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from forms_service.forms.attached.check import Attached, checked
from forms_service.forms.attached.file_name import clean_name
from forms_service.forms.attached.image import _opened
from forms_service.forms.attached.kinds import Kind
from forms_service.forms.attached.refused import FileRefused, Reason
from forms_service.forms.attached.size import size_words
from forms_service.forms.context import Context
from forms_service.forms.fill import blank
from forms_service.language.definitions import Field
from tests.fixtures.files import (
    a_bomb,
    a_drawing,
    a_locked_pdf,
    a_pdf,
    a_pdf_with_a_file,
    a_pdf_with_packed_script,
    a_pdf_with_script,
    a_photo,
)
from tests.unit.forms.asking import a_field, a_form

ANY = a_field("letter", "file")


def look(content: bytes, field: Field = ANY, name: str = "brev.pdf") -> Attached:
    return checked(field, name, content)


def refusal(content: bytes, field: Field = ANY) -> Reason:
    with pytest.raises(FileRefused) as refused:
        look(content, field)
    return refused.value.reason


def test_a_photo_keeps_nothing_but_the_picture_and_stands_upright() -> None:
    photo = a_photo()
    assert b"Kari" in photo
    kept = look(photo, name="IMG_0001.JPG")
    assert (kept.kind, kept.name) == (Kind.JPEG, "IMG_0001.jpg")
    image = Image.open(BytesIO(kept.content))
    assert image.size == (60, 80)
    assert dict(image.getexif()) == {}
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert b"Kari" not in kept.content


def test_a_huge_photo_becomes_a_sheet_of_paper() -> None:
    kept = look(a_photo((9_000, 6_000), turned=1))
    assert Image.open(BytesIO(kept.content)).size == (3508, 2339)


def test_a_huge_photo_is_read_at_a_part_of_its_size() -> None:
    """Read whole it would take four bytes a dot of memory."""
    assert _opened(a_photo((9_000, 6_000)), Kind.JPEG).size == (4_500, 3_000)


def test_a_drawing_stays_one_and_a_pdf_stays_as_it_is() -> None:
    assert Image.open(BytesIO(look(a_drawing()).content)).mode == "RGBA"
    assert look(a_pdf(3)).content == a_pdf(3)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", Reason.EMPTY),
        (b"MZ\x90\x00" * 40, Reason.NOT_ACCEPTED),
        (b"<html><script>alert(1)</script>", Reason.NOT_ACCEPTED),
        (b"GIF89a" + b"\0" * 40, Reason.NOT_ACCEPTED),
        (b" %PDF-1.7\n", Reason.NOT_ACCEPTED),
        (b"%PDF-1.7\nhei", Reason.BROKEN),
        (a_pdf()[:200], Reason.BROKEN),
        (b"\xff\xd8\xff" + b"\0" * 400, Reason.BROKEN),
        (a_photo()[:-300], Reason.BROKEN),
        (a_drawing()[:40], Reason.BROKEN),
        (a_bomb(), Reason.TOO_MANY_DOTS),
        (a_locked_pdf(), Reason.LOCKED),
        (a_pdf_with_script(), Reason.ACTIVE),
        (a_pdf_with_a_file(), Reason.ACTIVE),
        (a_pdf_with_packed_script(), Reason.ACTIVE),
        (a_pdf() + b"\0" * 10_000_000, Reason.TOO_BIG),
    ],
    ids=[
        *("empty", "program", "page", "gif", "late", "only a head", "half a pdf", "only marks", "half a photo"),
        *("half a drawing", "bomb", "locked", "script", "file inside", "packed script", "large"),
    ],
)
def test_what_nobody_should_open_is_refused(content: bytes, reason: Reason) -> None:
    began = time.perf_counter()
    assert refusal(content) is reason
    assert time.perf_counter() - began < 2


@pytest.mark.parametrize(
    ("written", "as_numbers"),
    [(b"/JavaScript", b"/J#61vaScript"), (b"/JS", b"/J#53"), (b"/JS", b"/#4aS"), (b"/JS", b"/#4AS")],
)
def test_a_name_counts_however_it_is_written(written: bytes, as_numbers: bytes) -> None:
    script = a_pdf_with_script().replace(b"/JavaScript", b"/Nothing").replace(b"/JS", b"/NO")
    assert look(script).content == script
    assert refusal(script.replace(b"/Nothing" if written == b"/JavaScript" else b"/NO", as_numbers)) is Reason.ACTIVE


def test_a_file_inside_counts_however_it_is_written() -> None:
    hidden = a_pdf_with_a_file().replace(b"/EmbeddedFile", b"/Embedded#46ile")
    assert refusal(hidden) is Reason.ACTIVE


def test_a_packed_name_counts_however_it_is_written() -> None:
    assert refusal(a_pdf_with_packed_script(b"/#4a#61vaScript", b"/J#53")) is Reason.ACTIVE
    assert look(a_pdf_with_packed_script(b"/Nothing", b"/NO")).kind is Kind.PDF


def test_bytes_that_look_like_a_short_name_by_chance_are_none() -> None:
    assert look(a_pdf() + b"% /JSx /J#53x /XFAR").kind is Kind.PDF


def test_only_what_the_definition_accepts_is_taken() -> None:
    assert refusal(a_photo(), a_field("letter", "file", accept=("pdf",))) is Reason.NOT_ACCEPTED
    assert refusal(a_pdf(), a_field("letter", "file", accept=("image",))) is Reason.NOT_ACCEPTED
    assert refusal(a_photo((600, 600)) + b"\0" * 1_000_000, a_field("letter", "file", maximum=1)) is Reason.TOO_BIG


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([a_pdf(), a_photo(), a_drawing(), a_pdf_with_packed_script()]), st.data())
def test_a_file_that_was_tampered_with_is_taken_or_refused(whole: bytes, data: st.DataObject) -> None:
    content = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(5, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        kept = look(bytes(content))
    except FileRefused:
        return
    assert kept.content


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("brev.pdf", "brev.pdf"),
        ("C:\\Users\\Kari\\Brev til Ola.PDF", "Brev til Ola.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("virus.exe", "virus.pdf"),
        ("brev\u202efdp.exe", "brevfdp.pdf"),
        ("=cmd|' /C calc'!A0.pdf", "C calc'!A0.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie x.pdf"),
        ("", "vedlegg.pdf"),
        (".pdf", "vedlegg.pdf"),
        ("x" * 300, "x" * 80 + ".pdf"),
        ("Ánne – søknad.pdf", "Ánne – søknad.pdf"),
    ],
)
def test_a_name_is_cleaned(name: str, cleaned: str) -> None:
    assert clean_name(name, Kind.PDF) == cleaned


def test_sizes_are_said_as_people_say_them() -> None:
    assert [size_words(size) for size in (1, 1_499, 12_000, 1_440_000)] == ["1 kB", "1 kB", "12 kB", "1,4 MB"]


def test_an_earlier_answer_whose_file_is_no_longer_hers_is_told_when_the_form_is_opened() -> None:
    """As when a task is asked again: the file was sent with the first answer."""
    before: Any = {"file": "u1", "name": "brev.pdf", "kind": "application/pdf", "size": 1}
    field = blank(a_form(ANY), Context(), {"letter": before}).wtform["letter"]
    assert (field.gone, list(field.errors)) == ("u1", ["Velg filen i «Letter» på nytt"])
    hers = blank(a_form(ANY), Context(files=lambda _: {"u1": before}), {"letter": before}).wtform["letter"]
    assert (hers.gone, list(hers.errors)) == ("", [])
