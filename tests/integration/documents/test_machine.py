"""What the press needs of the machine, and what it refuses to take from it."""

from __future__ import annotations

import logging
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from forms_service.documents.press import Press
from forms_service.errors import MachineNotReady, RenderFailed
from tests.integration.documents.conftest import FOLDER, IDENTITY, STAMP, letters, read, written


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the templates, to take things away from."""
    return Path(shutil.copytree(FOLDER, tmp_path / "pdf_templates"))


def test_a_missing_font_is_named_before_anything_is_printed(folder: Path) -> None:
    (folder / "_shared/fonts/Inter-Medium.woff2").unlink()
    with pytest.raises(MachineNotReady, match=r"Inter-Medium\.woff2"):
        Press(folder, IDENTITY).warm()
    with pytest.raises(MachineNotReady, match=r"Inter-Medium\.woff2"):
        Press(folder, IDENTITY).render(written("<p>1</p>"), {}, STAMP)


def test_a_broken_font_stops_the_press(folder: Path) -> None:
    (folder / "_shared/fonts/Inter-Medium.woff2").write_bytes(b"no font")
    with pytest.raises(MachineNotReady, match=r"Inter-Medium\.woff2 is not a font"):
        Press(folder, IDENTITY).warm()


def test_a_mistake_in_the_style_sheet_is_shown_with_its_place(folder: Path) -> None:
    style = folder / "_shared/print.css"
    style.write_text(style.read_text(encoding="utf-8") + "\np { colour: red }\n", encoding="utf-8")
    with pytest.raises(RenderFailed, match="colour"):
        Press(folder, IDENTITY).warm()


def test_no_font_of_the_machine_is_used(press: Press, tmp_path: Path) -> None:
    body = '<p style="font-family: DejaVu Sans, Liberation Serif, monospace">Tekst</p>'
    pdf = press.render(written(body), {}, STAMP)
    assert "Tekst" in letters(read(pdf, tmp_path))
    assert "DejaVu" not in read(pdf, tmp_path, "pdffonts")


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:9/logo.png",
        "https://example.org/logo.png",
        "file:///etc/passwd",
        "../../pyproject.toml",
        "fonts/../../../pyproject.toml",
        "%2e%2e/%2e%2e/pyproject.toml",
        "//example.org/logo.png",
        "data:image/png;base64,AAAA",
        "ftp://example.org/logo.png",
        "not-there.png",
    ],
)
def test_a_template_that_asks_for_a_file_elsewhere_is_refused(press: Press, address: str) -> None:
    for body in (f'<img src="{address}" alt="x">', f"<p style=\"background: url('{address}')\">x</p>"):
        with pytest.raises(RenderFailed) as refused:
            press.render(written(body), {}, STAMP)
        assert address not in str(refused.value)


def test_a_complaint_of_the_library_stops_the_document_and_reaches_no_log(
    press: Press, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(RenderFailed, match="Ignored"):
        press.render(written('<p style="colour: {{ words }}">x</p>', "words"), {"words": "Hemmelig"}, STAMP)
    assert "Hemmelig" not in caplog.text


def test_importing_the_press_does_not_import_weasyprint() -> None:
    program = "import sys, forms_service.documents.preview; print('weasyprint' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=FOLDER.parent
    )
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize("text", ["å" * 4000, "😀a" * 2000, "a\n" * 2000, "a" + "\u0301" * 4000, "a-" * 2000])
def test_no_text_keeps_the_press_busy(press: Press, text: str) -> None:
    """Processor time in seconds; before tables had fixed columns and words had ends, it was minutes."""
    body = "{{ words | paragraphs }}<table><tr><th scope='row'>{{ words }}</th><td>{{ words }}</td></tr></table>"
    press.warm()
    start = time.process_time()
    press.render(written(body, "words"), {"words": text}, STAMP)
    assert time.process_time() - start < 20
