"""Every document is PDF/A-2a and PDF/UA-1, whatever people write in it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from forms_service.documents.fonts import font_files, known_characters
from forms_service.documents.press import Press, Stamp
from forms_service.documents.sample import read_sample
from tests.fixtures.verapdf import VeraPdf
from tests.integration.documents.conftest import FOLDER, STAMP, Print, letters, read, written

LONG = "Vi gikk tur rundt vannet, og rehabiliteringsoppholdet ble et tema igjen. "
HOSTILE = {
    "sami": "Áilu Šárá Ŋáŧŧi čuoččui ja đađai: žárra, Ǩiõtt ǥ ǯ",
    "urdu in latin letters": "Ṭāhirah Ṣādiq ʿAlī Ḥaqqī ẓulm Ġulām",
    "emoji": "😀 ❤️ 👍🏽 👩‍👩‍👧 🇳🇴 1️⃣ ☀️ 🫠 ⚠️ 🚲💛",
    "word": "\ufeff“Smart” ‘quotes’ – — … \u00a0\u202f\u2009spaces\ttab\u200bno\u200dwidth\u2060\uf0b7bullet\u00adsoft",
    "control": "".join(map(chr, range(1, 32))) + "\x7f\x80\x85\x9f\ufffe\uffff\U0001fffe\ue000\U000f0000",
    "not composed": "A\u030aA\u0308o\u0308e\u0301 T\u0323 x\u0301\u0302\u0303\u0304 \u0301first 😀\u0301 ☐☑✔",
    "no font": "محمد 漢字 ไทย हिन्दी አማርኛ 𐍈 ⿰ \u3164",
    "right to left": "\u202etxet\u202c \u2067isolated\u2069 \u200fmark שלום",
    "one long word": "rehabiliteringsinstitusjon" * 40,
    "one long line": LONG * 54,
    "many lines": "linje\n" * 300,
    "many paragraphs": "avsnitt\r\n\r\n" * 120,
    "html": "<script>alert(1)</script><img src=x onerror=alert(2)>&lt;&amp;</p></td><style>*{display:none}</style>",
    "template": "{{ 7 * 7 }} {% for x in range(9) %}",
    "line separators": "en\u2028to\u2029tre\vfire\ffem",
    "half characters": "før\ud83d etter",
    "empty": " \n \n ",
}


ALL_AT_ONCE = " ".join(text[:60] for text in HOSTILE.values())


def everywhere(value: object, text: str, longer_than: int = 12) -> object:
    """The same data with the text in place of every text that is longer; dates and codes stay."""
    if isinstance(value, dict):
        return {name: everywhere(item, text, longer_than) for name, item in value.items()}
    if isinstance(value, list):
        return [everywhere(item, text, longer_than) for item in value]
    return text if isinstance(value, str) and len(value) > longer_than else value


def test_each_sample_keeps_both_standards(
    key: str, sample: dict[str, object], print_shipped: Print, verapdf: VeraPdf
) -> None:
    assert verapdf.broken_rules(print_shipped(key, sample)) == {}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_any_text_keeps_both_standards(press: Press, text: str, verapdf: VeraPdf) -> None:
    body = "{{ words | paragraphs }}<blockquote>{{ words | paragraphs }}</blockquote><p><em>{{ words }}</em></p>"
    table = '<table><tr><th scope="row">{{ words }}</th><td><strong>{{ words }}</strong></td></tr></table>'
    assert verapdf.broken_rules(press.render(written(body + table, "words"), {"words": text}, STAMP)) == {}


def test_every_text_of_a_document_can_be_hostile_at_once(
    key: str, sample: dict[str, object], print_shipped: Print, verapdf: VeraPdf
) -> None:
    assert verapdf.broken_rules(print_shipped(key, _as_data(everywhere(sample, ALL_AT_ONCE)))) == {}


def test_the_longest_answers_keep_both_standards(
    key: str, sample: dict[str, object], print_shipped: Print, verapdf: VeraPdf
) -> None:
    assert (
        verapdf.broken_rules(print_shipped(key, _as_data(everywhere(sample, (LONG * 60)[:4000], longer_than=60)))) == {}
    )


def test_a_form_where_nothing_optional_was_answered_keeps_both_standards(
    key: str, print_shipped: Print, verapdf: VeraPdf, sample: dict[str, object]
) -> None:
    assert verapdf.broken_rules(print_shipped(key, _as_data(unanswered(sample)))) == {}


def unanswered(value: object, name: str = "") -> object:
    """The same data with None for every answer; facts stay."""
    if isinstance(value, dict) and name not in {"case", "match"}:
        return {inner: unanswered(item, inner) for inner, item in value.items()}
    return value if isinstance(value, dict) else None


def test_every_character_that_the_fonts_know_is_printed(press: Press, verapdf: VeraPdf) -> None:
    known = sorted(known_characters(font_files(FOLDER / "_shared" / "print.css")))
    text = " ".join(chr(code) for code in known if unicodedata.category(chr(code)) not in {"Mn", "Mc", "Me"})
    body = (
        "{{ words | paragraphs }}<p><strong>{{ words }}</strong></p><blockquote>{{ words | paragraphs }}</blockquote>"
    )
    pdf = press.render(written(body, "words"), {"words": text}, STAMP)
    assert verapdf.broken_rules(pdf) == {}


def test_a_character_that_no_font_knows_is_replaced_visibly(press: Press, tmp_path: Path) -> None:
    pdf = press.render(written("<p>{{ words }}</p>", "words"), {"words": "før 漢字 etter"}, STAMP)
    assert "før□□etter" in letters(read(pdf, tmp_path))


def test_hostile_html_is_only_text(key: str, sample: dict[str, object], print_shipped: Print, tmp_path: Path) -> None:
    pdf = print_shipped(key, _as_data(everywhere(sample, HOSTILE["html"])))
    assert HOSTILE["html"].replace(" ", "") in letters(read(pdf, tmp_path))
    assert b"/URI" not in pdf
    assert b"/JavaScript" not in pdf


def test_the_stamp_and_the_letterhead_may_hold_any_text_too(verapdf: VeraPdf, press: Press) -> None:
    stamp = Stamp("1\ufffe2\x00", HOSTILE["control"] + HOSTILE["html"], STAMP.date)
    assert verapdf.broken_rules(press.render(written("<p>{{ stamp.number }}</p>"), {}, stamp)) == {}


def test_the_validator_does_find_faults(verapdf: VeraPdf) -> None:
    weasyprint = pytest.importorskip("weasyprint")
    pdf = weasyprint.HTML(string="<p>No language, no title, no tags").write_pdf()
    assert {"2a 6.6.2.1-1", "ua1 7.1-10"} & set(verapdf.broken_rules(pdf))


def _as_data(value: object) -> dict[str, object]:
    assert isinstance(value, dict)
    return value


def _emptied(value: object) -> object:
    """The same data with nothing in any list: a service on its first day."""
    if isinstance(value, dict):
        return {name: _emptied(item) for name, item in value.items()}
    return [] if isinstance(value, list) else value


@pytest.mark.parametrize(
    "changed",
    [lambda data: data, lambda data: everywhere(data, ALL_AT_ONCE), _emptied],
    ids=["as is", "hostile", "empty"],
)
def test_the_pack_for_a_stand_in_keeps_both_standards(
    changed: Callable[[object], object], print_shipped: Print, verapdf: VeraPdf
) -> None:
    """It is of no case, and always whole: nothing in it is an answer that somebody may have left out."""
    data = _as_data(changed(read_sample(FOLDER, "handover_pack")))
    assert verapdf.broken_rules(print_shipped("handover_pack", data)) == {}
