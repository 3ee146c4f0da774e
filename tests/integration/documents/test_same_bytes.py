"""The same input gives the same bytes, in every process and on every day."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader

from forms_service.documents.press import Press
from forms_service.documents.preview import preview
from tests.integration.documents.conftest import FOLDER, STAMP, written

PROGRAM = """
import hashlib, sys
from pathlib import Path
from forms_service.documents.preview import preview
print(hashlib.sha256(preview(Path(sys.argv[1]), sys.argv[2])).hexdigest())
"""


def test_another_process_prints_the_same_bytes() -> None:
    here = hashlib.sha256(preview(FOLDER, "evaluation_report")).hexdigest()
    there = {_printed_elsewhere(hash_seed) for hash_seed in ("1", "2")}
    assert there == {here}


def test_what_was_printed_before_leaves_no_trace(press: Press) -> None:
    document = written("<p>{{ words }}</p>", "words")
    first = press.render(document, {"words": "Først 😀 Ŋ"}, STAMP)
    press.render(document, {"words": "Noe helt annet, ЖЩ"}, STAMP)
    assert press.render(document, {"words": "Først 😀 Ŋ"}, STAMP) == first


def test_the_files_own_dates_are_the_stamps(press: Press) -> None:
    found = PdfReader(BytesIO(press.render(written("<p>1</p>"), {}, STAMP))).metadata
    assert found is not None
    assert (str(found["/CreationDate"]), str(found["/ModDate"])) == ("D:20260115", "D:20260115")


def _printed_elsewhere(hash_seed: str) -> str:
    command = [sys.executable, "-c", PROGRAM, str(FOLDER), "evaluation_report"]
    environment = {"PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(Path(__file__).parents[3])}
    return subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout.strip()
