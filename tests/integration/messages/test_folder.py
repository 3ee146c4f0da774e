"""Messages as files: whole or not at all, and not after the last moment has passed."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms_service.errors import LostClaim, MailTemporary
from forms_service.messages.folder import FolderTransport
from tests.integration.messages.test_smtp import LETTER


def test_a_message_becomes_one_file_however_often_it_is_sent(tmp_path: Path) -> None:
    for _ in range(2):
        FolderTransport(tmp_path).send(LETTER, lambda: None)
    [file] = tmp_path.iterdir()
    assert file.name == "1.eml"
    assert b"Message-ID: <1@example.org>" in file.read_bytes()


def test_a_sender_that_has_lost_its_claim_leaves_no_message(tmp_path: Path) -> None:
    def too_late() -> None:
        raise LostClaim

    with pytest.raises(LostClaim):
        FolderTransport(tmp_path).send(LETTER, too_late)
    assert not list(tmp_path.glob("*.eml"))


def test_a_folder_that_cannot_be_written_is_temporary(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="ascii")
    with pytest.raises(MailTemporary):
        FolderTransport(tmp_path / "file").send(LETTER, lambda: None)
