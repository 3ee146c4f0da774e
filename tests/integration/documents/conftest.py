"""The shipped documents, a press that prints them, and what can be read in the result."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from forms_service.documents.press import Press, Stamp
from forms_service.documents.preview import document_in
from forms_service.documents.sample import read_sample
from forms_service.language.definitions import Document
from forms_service.language.problems import Place
from forms_service.settings import ServiceIdentity

FOLDER = Path(__file__).parents[3] / "pdf_templates"
KEYS = ("agreement", "evaluation_report", "final_report", "final_report_draft", "request_summary")
STAMP = Stamp(number="2026-00107", title="Prøve", date=date(2026, 1, 15))
IDENTITY = ServiceIdentity(
    name="Likemannstjenesten",
    organisation="Veifellesskapet",
    address="Bryggegata 90",
    phone="51 00 00 42",
    email="post@veifellesskapet.example",
    place="9999 Nordvik",
)

Print = Callable[[str, dict[str, object]], bytes]


@pytest.fixture(scope="session")
def press() -> Press:
    return Press(FOLDER, IDENTITY)


@pytest.fixture(scope="session")
def print_shipped(press: Press) -> Print:
    """``print_shipped("agreement", data)``: one of the shipped documents."""

    def printed(key: str, data: dict[str, object]) -> bytes:
        document = document_in(FOLDER, key)
        return press.render(document, data, Stamp(STAMP.number, document.title, STAMP.date))

    return printed


@pytest.fixture(params=KEYS)
def key(request: pytest.FixtureRequest) -> str:
    """Each shipped document in turn."""
    return str(request.param)


@pytest.fixture
def sample(key: str) -> dict[str, object]:
    return read_sample(FOLDER, key)


def written(body: str, *uses: str) -> Document:
    """A document with a template of the test's own."""
    template = f'<!doctype html><html lang="nb"><title>Prøve</title><h1>Prøve</h1>{body}'
    return Document("trial", "Prøve", Place("trial", 1, 1), uses, ("coordinator",), template)


def read(pdf: bytes, folder: Path, *command: str) -> str:
    """What one of poppler's programs reads in a PDF."""
    file = folder / "read.pdf"
    file.write_bytes(pdf)
    program, *options = command or ("pdfinfo", "-struct-text")
    target = ["-"] if program == "pdftotext" else []
    done = subprocess.run([program, *options, str(file), *target], capture_output=True, text=True, check=True)
    return done.stdout


def letters(text: str) -> str:
    """A text without its line breaks, spaces, quotation marks and tag names, to search in."""
    lines = (line.strip() for line in text.splitlines())
    return "".join(line[1:-1] for line in lines if line.startswith('"')).replace(" ", "").replace("\u00ad", "")


def objects(pdf: bytes) -> list[dict[str, Any]]:
    """Every dictionary in a PDF: pages, tags, fonts."""
    reader = PdfReader(BytesIO(pdf))
    size: Any = reader.trailer["/Size"]
    found: Any = (reader.get_object(number) for number in range(1, size))
    return [item for item in found if isinstance(item, dict)]
