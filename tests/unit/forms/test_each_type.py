"""Each type of question: a good answer, a bad one, a hostile one, none at all."""

from __future__ import annotations

import pytest

from forms_service.forms.context import Context
from tests.unit.forms.asking import a_field, answer, filled, refusal

OFFICES = Context(offices={"o1": "Kontor øst", "o2": "Kontor vest"})
PEOPLE = Context(picks=lambda name: {"p1": "Kari Eksempel"} if name == "peers" else {})
COLOURS = {"red": "Rød", "green": "Grønn", "blue": "Blå"}


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Ánne Biret Sárá", "Ánne Biret Sárá"),
        ("  to   mellomrom ", "to mellomrom"),
        ("A\u0301nne", "Ánne"),
        ("emoji 👩‍👧 i navnet", "emoji 👩‍👧 i navnet"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("nul\x00l og \x1b[31mfarge", "null og [31mfarge"),
        ("\u202eomvendt", "omvendt"),
        ("linje\nto", "linje to"),
        ("   ", None),
        ("", None),
        ("\x00\x01", None),
    ],
)
def test_text_is_kept_as_written_without_what_nobody_sees(typed: str, stored: str | None) -> None:
    assert answer(a_field("name"), typed) == stored


@pytest.mark.parametrize(
    "typed", ["\u200b", "\u200f", "\u00ad", "\u2060", "\u3164", "\u2800", "\u0301", "\ufe0f", " \u200d\n\u00a0\u200b "]
)
@pytest.mark.parametrize("kind", ["text", "paragraph"])
def test_text_without_a_visible_character_is_no_answer(kind: str, typed: str) -> None:
    field = a_field("name", kind, required="Skriv navnet")
    assert refusal(field, typed) == "Skriv navnet"
    assert answer(field, f"{typed}Ida") is not None


def test_text_is_bounded_even_when_the_author_set_no_bound() -> None:
    assert refusal(a_field("name"), "x" * 301) == "«Name» er på 301 tegn, og kan være på høyst 300 tegn"
    assert answer(a_field("name"), "x" * 300) == "x" * 300


def test_text_keeps_to_the_authors_bounds() -> None:
    assert "på høyst 5 tegn" in refusal(a_field("name", maximum=5), "seksti")
    assert "på minst 3 tegn" in refusal(a_field("name", minimum=3), "ab")
    assert answer(a_field("name", minimum=3), "") is None


def test_a_paragraph_keeps_its_lines_in_one_way() -> None:
    assert answer(a_field("story", "paragraph"), "en\r\nto\rtre\x0bfire\u2028fem") == "en\nto\ntre\nfire\nfem"


def test_a_paragraph_is_bounded_in_words_with_its_thousands_apart() -> None:
    text = refusal(a_field("story", "paragraph"), "x" * 10_001)
    assert text == "«Story» er på 10\N{NO-BREAK SPACE}001 tegn, og kan være på høyst 10\N{NO-BREAK SPACE}000 tegn"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("3", 3),
        ("3,5", 3.5),
        ("3.5", 3.5),
        (" 12 000 ", 12000),
        ("12\N{NO-BREAK SPACE}000", 12000),
        ("-2", -2),
        ("\N{MINUS SIGN}2", -2),
        ("4,0", 4),
        ("", None),
    ],
)
def test_a_number_may_have_a_decimal_comma(typed: str, stored: float | None) -> None:
    stored_now = answer(a_field("hours", "number"), typed)
    assert stored_now == stored
    assert type(stored_now) is type(stored)


@pytest.mark.parametrize("typed", ["tre", "NaN", "inf", "1e9", "0x10", "1_000", "٣", "3,5,1", "--2", "9" * 400, "1;2"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    assert refusal(a_field("hours", "number"), typed) == "Skriv et tall i «Hours», for eksempel 3 eller 2,5"


def test_a_number_keeps_to_its_bounds_and_zero_is_a_bound() -> None:
    field = a_field("year", "number", label="År", minimum=1920, maximum=2015)
    assert refusal(field, "1919") == "«År» kan ikke være mindre enn 1920"
    assert refusal(field, "2016") == "«År» kan ikke være større enn 2015"
    assert refusal(a_field("n", "number", minimum=0), "-1") == "«N» kan ikke være mindre enn 0"
    assert answer(field, "1985") == 1985


@pytest.mark.parametrize("typed", ["1990,5", "1990.5", "nitten"])
def test_a_whole_number_has_no_comma(typed: str) -> None:
    field = a_field("year", "number", label="År", minimum=1920, maximum=2015, whole=True)
    assert refusal(field, typed) == "Skriv et helt tall i «År», uten komma"
    assert (answer(field, "1990,0"), answer(field, "1990")) == (1990, 1990)
    assert "større enn 2015" in refusal(field, "2016")


@pytest.mark.parametrize("typed", ["2026-01-15", "15.01.2026", "15.1.2026", "15. 1. 2026"])
def test_a_day_may_be_picked_or_written(typed: str) -> None:
    assert answer(a_field("met", "date"), typed) == "2026-01-15"


@pytest.mark.parametrize(
    "typed", ["30.02.2026", "2026-13-01", "i går", "15.01.26", "0001-01-01", "9999-12-31", "1/15/2026"]
)
def test_what_is_no_day_is_refused(typed: str) -> None:
    assert refusal(a_field("met", "date"), typed) == "Skriv en dato i «Met», for eksempel 15.01.2026"


def test_no_day_is_no_answer() -> None:
    assert answer(a_field("met", "date"), "") is None


@pytest.mark.parametrize("typed", ["41234567", "412 34 567", "+47 412 34 567", "004741234567", "41-23-45-67"])
def test_a_mobile_number_is_stored_in_one_way(typed: str) -> None:
    assert answer(a_field("phone", "phone"), typed) == "412 34 567"


def test_a_landline_number_is_grouped_in_pairs() -> None:
    assert answer(a_field("phone", "phone"), "51234567") == "51 23 45 67"


@pytest.mark.parametrize(
    "typed", ["1234567", "123456789", "01234567", "+46 70 123 45 67", "ring meg", "41234567 eller 8"]
)
def test_what_is_no_norwegian_number_is_refused(typed: str) -> None:
    assert refusal(a_field("phone", "phone"), typed) == "Skriv et norsk telefonnummer med åtte sifre i «Phone»"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("kari@example.no", "kari@example.no"),
        ("kari.e+liste@post.example.no", "kari.e+liste@post.example.no"),
        ("kari@blåbær.example", "kari@xn--blbr-roah.example"),
    ],
)
def test_an_address_that_mail_can_reach_is_taken(typed: str, stored: str) -> None:
    assert answer(a_field("mail", "email"), typed) == stored


@pytest.mark.parametrize(
    "typed",
    [
        "kari",
        "kari@",
        "@example.no",
        "kari@example",
        "a@b@c.no",
        "kåre@example.no",
        "kari @example.no",
        "a..b@c.no",
        "kari@example.no\nBcc: alle@example.no",
        "kari@.no",
        "kari@-.no,x",
        "x" * 65 + "@example.no",
        "a@" + "b." * 150 + "no",
    ],
)
def test_an_address_that_mail_cannot_reach_is_refused(typed: str) -> None:
    assert "e-postadresse i «Mail»" in refusal(a_field("mail", "email"), typed)


@pytest.mark.parametrize("kind", ["choice", "scale"])
def test_only_what_can_be_chosen_is_taken(kind: str) -> None:
    field = a_field("colour", kind, choices=COLOURS)
    assert answer(field, "green") == "green"
    assert answer(field, "") is None
    assert answer(field, None) is None
    assert refusal(field, "pink") == "Velg ett av svarene i «Colour»"


def test_yes_and_no_are_words_not_truth_values() -> None:
    field = a_field("wish", "yes_no")
    assert (answer(field, "yes"), answer(field, "no"), answer(field, None)) == ("yes", "no", None)
    assert refusal(field, "true") == "Svar ja eller nei på «Wish»"


def test_several_choices_are_stored_in_the_authors_order_and_once() -> None:
    field = a_field("colours", "choices", choices=COLOURS)
    assert answer(field, ["blue", "red", "blue"]) == ["red", "blue"]
    assert answer(field, None) is None
    assert refusal(field, ["red", "pink"]) == "Velg blant svarene i «Colours»"
    assert refusal(field, ["pink"]) == "Velg blant svarene i «Colours»"


def test_several_choices_keep_to_how_many() -> None:
    field = a_field("colours", "choices", choices=COLOURS, minimum=2, maximum=2)
    assert refusal(field, ["red"]) == "Velg minst 2 svar i «Colours»"
    assert refusal(field, ["red", "green", "blue"]) == "Velg høyst 2 svar i «Colours»"


def test_a_tick_is_true_and_no_tick_is_nothing() -> None:
    field = a_field("agreed", "confirm")
    assert answer(field, "true") is True
    assert answer(field, None) is None
    assert refusal(field, "false") == "Kryss av for «Agreed»"


def test_a_person_comes_from_the_list_that_the_field_names() -> None:
    assert answer(a_field("peer", "person", pick="peers"), "p1", PEOPLE) == "p1"
    assert refusal(a_field("peer", "person", pick="peers"), "p2", PEOPLE) == "Velg fra listen i «Peer»"
    assert refusal(a_field("peer", "person", pick="others"), "p1", PEOPLE) == "Velg fra listen i «Peer»"


def test_an_office_is_one_of_the_offices() -> None:
    assert answer(a_field("office", "office"), "o2", OFFICES) == "o2"
    assert refusal(a_field("office", "office"), "o3", OFFICES) == "Velg fra listen i «Office»"


def test_a_note_asks_and_stores_nothing() -> None:
    assert filled(a_field("hint", "note"), a_field("name"), hint="x", name="y").answers == {"name": "y"}


ALL_TYPES = ["text", "paragraph", "number", "date", "choice", "choices", "yes_no", "confirm", "scale", "phone", "email"]


@pytest.mark.parametrize("kind", [*ALL_TYPES, "person", "office"])
def test_what_must_be_filled_in_is_asked_for_in_the_authors_words(kind: str) -> None:
    field = a_field("it", kind, required="Skriv det som mangler")
    assert refusal(field, None) == "Skriv det som mangler"
    assert refusal(field, "") == "Skriv det som mangler"


@pytest.mark.parametrize("kind", [kind for kind in ALL_TYPES if kind != "choices"])
def test_two_answers_to_one_question_are_refused(kind: str) -> None:
    field = a_field("it", kind, choices=COLOURS if kind in {"choice", "scale"} else {})
    assert refusal(field, ["red", "red"]) == "Skriv bare ett svar i «It»"


@pytest.mark.parametrize(
    ("typed", "stored"), [("9.30", "09:30"), ("09:30", "09:30"), ("23:59:00", "23:59"), ("0:00", "00:00"), ("", None)]
)
def test_a_time_is_kept_as_hours_and_minutes(typed: str, stored: str | None) -> None:
    assert answer(a_field("at", "time"), typed) == stored


@pytest.mark.parametrize("typed", ["24:00", "9", "9.60", "-1:00", "halv ti", "٠٩:٣٠", "9:30:30"])
def test_what_is_no_time_of_day_is_told_with_an_example(typed: str) -> None:
    assert refusal(a_field("at", "time"), typed) == "Skriv et klokkeslett i «At», for eksempel 09.30"


@pytest.mark.parametrize(("typed", "stored"), [("2", 2), ("1,5", 1.5), ("1.5", 1.5), ("1:30", 1.5), ("0:20", 0.33)])
def test_hours_are_a_number_however_they_are_written(typed: str, stored: float) -> None:
    assert answer(a_field("spent", "hours"), typed) == stored


@pytest.mark.parametrize("typed", ["to", "-1", "1:75", "1000000", "1,555", "½", "1e3"])
def test_what_is_no_number_of_hours_is_told_with_an_example(typed: str) -> None:
    assert refusal(a_field("spent", "hours"), typed) == "Skriv et antall timer i «Spent», for eksempel 2 eller 1,5"


def test_hours_keep_to_the_authors_bounds() -> None:
    assert "24" in refusal(a_field("spent", "hours", maximum=24), "25")
    assert answer(a_field("spent", "hours", maximum=24), "24") == 24


@pytest.mark.parametrize(
    ("typed", "stored"), [("0150", "0150"), (" 0 150 ", "0150"), ("NO-0150", "0150"), ("N-5003", "5003")]
)
def test_a_postcode_has_four_digits(typed: str, stored: str) -> None:
    assert answer(a_field("post", "postcode"), typed) == stored


@pytest.mark.parametrize("typed", ["150", "01500", "O150", "٠١٥٠"])
def test_what_is_no_postcode_is_told_with_an_example(typed: str) -> None:
    assert refusal(a_field("post", "postcode"), typed).startswith("Skriv et postnummer med fire siffer i «Post»")
