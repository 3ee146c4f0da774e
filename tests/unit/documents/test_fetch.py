"""The only files that a document may bring in."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms_service.documents.fetch import file_below
from forms_service.errors import RenderFailed


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    folder = tmp_path / "_shared"
    (folder / "inner").mkdir(parents=True)
    (folder / "inner/mark æ.svg").write_text("<svg/>", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (tmp_path / "_shared_not").mkdir()
    (tmp_path / "_shared_not/file.svg").write_text("<svg/>", encoding="utf-8")
    (folder / "way-out.svg").symlink_to(tmp_path / "secret.txt")
    return folder


def test_a_file_below_the_folder_is_found(shared: Path) -> None:
    file = shared / "inner/mark æ.svg"
    assert file_below(shared, file.as_uri()) == file.resolve()


@pytest.mark.parametrize(
    "ending",
    [
        "../secret.txt",
        "inner/../../secret.txt",
        "%2e%2e/secret.txt",
        "inner/%2e%2e%2f%2e%2e%2fsecret.txt",
        "way-out.svg",
        "../_shared_not/file.svg",
        "inner",
        "missing.svg",
        "inner/mark%20%C3%A6.svg?x",
        "inner/\x00",
        "%00",
        "",
    ],
)
def test_a_trick_with_the_path_is_refused(shared: Path, ending: str) -> None:
    with pytest.raises(RenderFailed):
        file_below(shared, f"{shared.as_uri()}/{ending}")


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/x.svg",
        "https://example.org/x.svg",
        "ftp://example.org/x.svg",
        "data:image/svg+xml,<svg/>",
        "file://example.org/share/x.svg",
        "file:///etc/passwd",
        "FILE:///etc/passwd",
        "//example.org/x.svg",
        "javascript:alert(1)",
        "",
    ],
)
def test_anything_that_is_no_file_of_the_folder_is_refused(shared: Path, address: str) -> None:
    with pytest.raises(RenderFailed) as refused:
        file_below(shared, address)
    assert not address or address not in str(refused.value)
