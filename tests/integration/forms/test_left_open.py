"""A question whose answer is wanted: asked once more when somebody sends, and then taken as it is."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from forms_service.commands.preview import preview_app
from forms_service.settings import read_settings
from tests.integration.desk.visitor import TOKEN

WORDS = "Du har ikke svart på hva du ønsker."
FORM = """\
form: wishes
title: Ønsker
sections:
  - title: Alt
    fields:
      - {name: wish, label: Hva ønsker du?, type: text, wanted: Du har ikke svart på hva du ønsker.}
      - {name: who, label: Hvem?, type: text, required: Skriv hvem}
      - name: more
        label: Mer?
        type: choices
        choices: {a: A, b: B}
        wanted: Er det ikke mer?
        show_when: who = "meg"
"""


@pytest.fixture
def author(tmp_path: Path) -> FlaskClient:
    (tmp_path / "workflows" / "forms").mkdir(parents=True)
    (tmp_path / "workflows" / "forms" / "wishes.yaml").write_text(FORM, encoding="utf-8")
    (tmp_path / "pdf_templates").mkdir()
    settings = read_settings(tmp_path / "instance", {}, make_key=False)
    return preview_app(settings, tmp_path / "workflows").test_client()


def hidden(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in found}


def send(author: FlaskClient, page: str, **typed: str) -> TestResponse:
    """What a browser posts from a page, without any script."""
    return author.post("/skjemaer/wishes", data={**hidden(page), **typed})


def opened(author: FlaskClient) -> str:
    page = author.get("/skjemaer/wishes").get_data(as_text=True)
    assert TOKEN.search(page)
    return page


def was_taken(answer: TestResponse) -> bool:
    return "Slik ville svarene blitt lagret" in answer.get_data(as_text=True)


def test_an_open_question_is_asked_once_more_and_nothing_is_called_wrong(author: FlaskClient):
    answer = send(author, opened(author), who="Kari")
    page = html.unescape(answer.get_data(as_text=True))
    assert answer.status_code == 200
    assert not was_taken(answer)
    assert f'<a class="ds-link" href="#svar-wish">{WORDS}</a>' in page
    assert re.search(r'id="svar-wish"[^>]*aria-describedby="svar-wish-ubesvart"', page)
    assert f'id="svar-wish-ubesvart">{WORDS}' in page
    assert "aria-invalid" not in page
    assert "ds-error-summary" not in page
    assert 'value="Kari"' in page


def test_whoever_sends_again_is_taken_at_her_word(author: FlaskClient):
    asked = send(author, opened(author), who="Kari").get_data(as_text=True)
    assert was_taken(send(author, asked, who="Kari"))


def test_whoever_answers_is_not_asked(author: FlaskClient):
    assert was_taken(send(author, opened(author), who="Kari", wish="Fred"))


def test_what_is_wrong_comes_first(author: FlaskClient):
    answer = send(author, opened(author))
    assert answer.status_code == 422
    assert WORDS not in html.unescape(answer.get_data(as_text=True))


def test_each_question_is_asked_once_more_by_itself(author: FlaskClient):
    asked = send(author, opened(author), who="Kari").get_data(as_text=True)
    shown = send(author, asked, who="meg").get_data(as_text=True)
    again = send(author, shown, who="meg").get_data(as_text=True)
    assert "Er det ikke mer?" in again
    assert WORDS not in html.unescape(again)
    assert was_taken(send(author, again, who="meg"))


def test_it_stays_asked_when_something_else_is_wrong_then(author: FlaskClient):
    asked = send(author, opened(author), who="Kari").get_data(as_text=True)
    wrong = send(author, asked).get_data(as_text=True)
    assert was_taken(send(author, wrong, who="Kari"))


PAGES = """\
form: wishes
title: Ønsker
review: true
sections:
  - title: En
    page: Først
    fields:
      - {name: wish, label: Hva ønsker du?, type: text, wanted: Du har ikke svart på hva du ønsker.}
  - title: To
    page: Så
    fields:
      - {name: more, label: Mer?, type: text, wanted: Er det ikke mer?}
"""


def test_each_page_asks_for_its_own_and_the_last_look_for_nothing(author: FlaskClient, tmp_path: Path):
    (tmp_path / "workflows" / "forms" / "wishes.yaml").write_text(PAGES, encoding="utf-8")
    first = send(author, opened(author), _do="next").get_data(as_text=True)
    assert WORDS in html.unescape(first)
    assert "Er det ikke mer?</a>" not in html.unescape(first)
    second = send(author, first, _do="next").get_data(as_text=True)
    assert "Steg 2" in second
    assert "form-nudge" not in second
    asked = send(author, second, _do="next").get_data(as_text=True)
    assert "Er det ikke mer?</a>" in html.unescape(asked)
    look = send(author, asked, _do="next").get_data(as_text=True)
    assert "Se over svarene" in look
    assert was_taken(send(author, look))


SHORTER = """\
form: wishes
title: Ønsker
sections:
  - title: En
    page: Først
    fields:
      - {name: wish, label: Ønsker du noe?, type: yes_no, required: Svar}
  - title: To
    page: Så
    fields:
      - {name: more, label: Hva?, type: text, show_when: wish != "no"}
"""


def test_whoever_goes_on_and_has_nothing_more_to_answer_is_told(author: FlaskClient, tmp_path: Path):
    (tmp_path / "workflows" / "forms" / "wishes.yaml").write_text(SHORTER, encoding="utf-8")
    page = html.unescape(send(author, opened(author), wish="no", _do="next").get_data(as_text=True))
    assert "Det er ingen flere spørsmål" in page
    assert was_taken(send(author, page, wish="no"))
