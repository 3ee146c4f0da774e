"""What a screen reader, a search and an archive find in the documents."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from forms_service.documents.press import Press
from forms_service.documents.sample import read_sample
from tests.integration.documents.conftest import FOLDER, STAMP, Print, letters, objects, read, written

HEADINGS = {
    "agreement": [
        "Avtale om likemann",
        "Hvem avtalen gjelder",
        "Mål for tiden sammen",
        "Dette er vi enige om",
        "Samtykke",
        "Underskrifter",
    ],
    "evaluation_report": [
        "Halvårsevaluering",
        "Deltakerens egne svar",
        "Deltakerens egne ord",
        "Oppsummering av samtalen",
        "Planen videre",
    ],
    "final_report": ["Sluttrapport", "Kontakten i perioden", "Målene", "Deltakerens egne ord", "Planen videre"],
    "final_report_draft": ["Utkast til sluttrapport", "Kontakten i perioden", "Målene", "Planen videre"],
    "request_summary": ["Forespørsel om likemann", "Tre spørsmål", "Hva likemannen kan være til hjelp med"],
}


@pytest.fixture
def structure(key: str, sample: dict[str, object], print_shipped: Print, tmp_path: Path) -> str:
    """The tags of a shipped document, in the order in which they are read, with their texts."""
    return read(print_shipped(key, sample), tmp_path)


def test_headings_come_in_reading_order(key: str, structure: str) -> None:
    assert re.findall(r'H[12] \(block\)\n +Span \(inline\)\n +"(.+)"', structure) == HEADINGS[key]


def test_every_cell_of_a_table_knows_its_heading(key: str, sample: dict[str, object], print_shipped: Print) -> None:
    cells = [item for item in objects(print_shipped(key, sample)) if item.get("/S") == "/TD"]
    assert cells
    assert all(cell["/A"]["/Headers"] for cell in cells)


def test_pages_are_numbered_and_known_by_document_and_case(
    key: str, sample: dict[str, object], print_shipped: Print, tmp_path: Path
) -> None:
    pages = read(print_shipped(key, sample), tmp_path, "pdftotext", "-raw").rstrip("\f").split("\f")
    for number, page in enumerate(pages, 1):
        assert f"Side {number} av {len(pages)}" in page
        assert re.search(r"Dokument 2026-00107 +Sak 202\d-00\d\d", page)


def test_title_language_and_author_stand_in_the_file(key: str, sample: dict[str, object], print_shipped: Print) -> None:
    pdf = print_shipped(key, sample)
    found = PdfReader(BytesIO(pdf))
    assert found.metadata is not None
    assert (found.metadata.title, found.metadata.author) == (f"{HEADINGS[key][0]} 2026-00107", "Veifellesskapet")
    assert [item["/Lang"] for item in objects(pdf) if item.get("/Type") == "/Catalog"] == ["nb"]


def test_the_draft_says_on_every_page_that_it_is_one(print_shipped: Print, tmp_path: Path) -> None:
    data = read_sample(FOLDER, "final_report_draft")
    data |= {"text": {"plan": "Hun går videre i små skritt.\n\n" * 60}}
    pages = read(print_shipped("final_report_draft", data), tmp_path, "pdftotext").rstrip("\f").split("\f")
    assert len(pages) > 2
    assert all("Utkast" in page for page in pages)


def test_the_report_that_is_sent_does_not_call_itself_a_draft(print_shipped: Print, tmp_path: Path) -> None:
    assert "Utkast" not in read(print_shipped("final_report", read_sample(FOLDER, "final_report")), tmp_path)


def test_the_report_says_the_plan_that_the_participant_read_and_no_other(print_shipped: Print, tmp_path: Path) -> None:
    data = read_sample(FOLDER, "final_report") | {"approval": {"plan": "En rettet plan."}}
    text = letters(read(print_shipped("final_report", data), tmp_path))
    assert "Enrettetplan." not in text
    assert "Middagsgruppen" in text


def test_the_report_says_where_each_goal_stands(print_shipped: Print, tmp_path: Path) -> None:
    data = read_sample(FOLDER, "final_report")
    match = data["match"]
    assert isinstance(match, dict)
    goals = [{"text": status, "status": status} for status in ("reached", "underway", "not_now", "open")]
    text = letters(read(print_shipped("final_report", data | {"match": match | {"goals": goals}}), tmp_path))
    assert [words in text for words in ("Nådd", "Påvei", "Ikkenå", "Ikkebesvart")] == [True] * 4


def test_questions_left_open_say_so(print_shipped: Print, tmp_path: Path) -> None:
    data = read_sample(FOLDER, "evaluation_report")
    answers = data["self"]
    assert isinstance(answers, dict)
    one_answer = dict.fromkeys(answers) | {"interest": "4", "interest_label": "Litt enig"}
    text = read(print_shipped("evaluation_report", data | {"self": one_answer}), tmp_path)
    assert text.count("Ikke besvart") == 10 + len(["own words", "next wish"])


def test_an_evaluation_without_any_answer_has_no_empty_table(print_shipped: Print, tmp_path: Path) -> None:
    data = read_sample(FOLDER, "evaluation_report")
    answers = data["self"]
    assert isinstance(answers, dict)
    text = read(print_shipped("evaluation_report", data | {"self": dict.fromkeys(answers)}), tmp_path)
    assert "ikke svart" in text
    assert "Helt uenig" not in text


def test_an_empty_answer_is_never_the_word_none(
    key: str, sample: dict[str, object], print_shipped: Print, tmp_path: Path
) -> None:
    empty: dict[str, object] = {
        name: dict.fromkeys(value) if isinstance(value, dict) else None for name, value in sample.items()
    }
    assert "None" not in read(print_shipped(key, empty), tmp_path)


def test_an_ordinary_request_fits_on_one_page(print_shipped: Print) -> None:
    assert len(PdfReader(BytesIO(print_shipped("request_summary", read_sample(FOLDER, "request_summary")))).pages) == 1


def test_a_hyphen_of_a_line_break_is_not_read(press: Press, tmp_path: Path) -> None:
    word = "rehabiliteringsinstitusjonsopphold"
    body = f'<div style="width: 35mm"><p>{word} og bo-oppfølging med e\u2010post</p></div>'
    found = read(press.render(written(body), {}, STAMP), tmp_path)
    assert word in letters(found)
    assert "bo-oppfølging" in letters(found)
    assert "\u2010" not in found


def test_only_the_documents_own_fonts_are_inside(key: str, sample: dict[str, object], print_shipped: Print) -> None:
    names = {str(item["/FontName"]) for item in objects(print_shipped(key, sample)) if "/FontName" in item}
    families = {name.partition("+")[2].partition("-")[0] for name in names}
    assert {"Inter"} <= families <= {"Inter", "Literata", "emoji"}
