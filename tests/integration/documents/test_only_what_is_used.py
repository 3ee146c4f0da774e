"""Nothing leaves that a document's ``uses:`` does not name."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms_service.documents.press import Press
from forms_service.documents.preview import document_in
from forms_service.documents.sample import read_sample
from forms_service.errors import MissingValue, RenderFailed
from tests.integration.documents.conftest import FOLDER, KEYS, STAMP, Print, letters, read, written

MARK = "Hemmeligheten"
NEVER_IN_A_FINAL_REPORT = (
    "peer",
    "reason",
    "zone",
    "internal",
    "caseworker",
    "contact_person",
    "phase",
    "status_note",
    "opinion",
)


def with_marks(data: dict[str, object], uses: tuple[str, ...]) -> dict[str, object]:
    """The sample with a mark under every name that a run could know and this document does not use."""
    rooms = {name.partition(".")[0] for name in uses if "." in name} | {"meeting", "proposal", "conversation", "talk"}
    names = ("internal_note", "peer_name", "reason", "wishes", "closure_reason", "primary_contact", "zone", "opinion")
    marked: dict[str, object] = {name: MARK for name in names if name not in uses} | data
    for room in rooms:
        known = marked.get(room, {})
        assert isinstance(known, dict)
        marked[room] = {name: MARK for name in names if f"{room}.{name}" not in uses} | known
    return marked


def test_a_mark_outside_of_uses_never_appears(
    key: str, sample: dict[str, object], print_shipped: Print, tmp_path: Path
) -> None:
    uses = document_in(FOLDER, key).uses
    pdf = print_shipped(key, with_marks(sample, uses))
    assert MARK not in letters(read(pdf, tmp_path))
    assert MARK not in read(pdf, tmp_path, "pdftotext", "-raw")


def test_marks_inside_of_uses_do_appear(print_shipped: Print, tmp_path: Path) -> None:
    """So that the test above can fail."""
    data = read_sample(FOLDER, "final_report") | {"reading": {"comment": MARK}}
    assert MARK in letters(read(print_shipped("final_report", data), tmp_path))


@pytest.mark.parametrize("report", ["final_report", "final_report_draft"])
def test_the_final_report_uses_no_name_that_must_not_leave(report: str) -> None:
    uses = document_in(FOLDER, report).uses
    assert [name for name in uses if any(word in name for word in NEVER_IN_A_FINAL_REPORT)] == []


def test_the_draft_and_the_report_tell_the_same_but_for_what_comes_after_the_reading() -> None:
    draft, report = (document_in(FOLDER, key).uses for key in ("final_report_draft", "final_report"))
    assert set(report) - set(draft) == {"reading.comment"}
    assert set(draft) < set(report)


@pytest.mark.parametrize("key", KEYS)
def test_every_missing_name_is_named(key: str, print_shipped: Print) -> None:
    with pytest.raises(MissingValue, match=r"case\.case_number, case\.[a-z_]+"):
        print_shipped(key, {"case": {}})


def test_a_template_cannot_show_more_than_its_uses(press: Press) -> None:
    with pytest.raises(RenderFailed, match="internal_note") as refused:
        press.html(
            written("{{ talk.internal_note }}", "talk.plan"), {"talk": {"plan": "", "internal_note": MARK}}, STAMP
        )
    assert MARK not in str(refused.value)


def test_an_error_never_repeats_the_data(press: Press) -> None:
    with pytest.raises(RenderFailed) as refused:
        press.html(written("{{ words | long_date }}", "words"), {"words": MARK}, STAMP)
    assert MARK not in str(refused.value)
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__
