"""The first visit of a page weighs little, the second almost nothing, and nothing personal is kept on the way."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest
from flask import Flask, url_for
from fontTools.ttLib import TTFont
from werkzeug.test import TestResponse

from tests.integration.desk.office import Office
from tests.integration.desk.test_limits import way_in  # noqa: F401 - a participant's link
from tests.integration.desk.test_safety import pages_from
from tests.integration.desk.visitor import SignIn, Visitor
from tools.setup.trim import UNUSED, trimmed

BROWSER = {"Accept-Encoding": "gzip, deflate, br"}
HUNDRED_KILOBYTES = 100 * 1000
LOADED = re.compile(r'<(?:link rel="(?:stylesheet|icon|preload)"[^>]*?|script[^>]*?) ?(?:href|src)="([^"]+)"')
LATIN = "/static/vendor/inter-latin.woff2"
FONTS = (LATIN, "/static/vendor/inter-latin-ext.woff2")
"""The second is asked for only where a Sámi letter stands: in a name, or in what a language calls itself."""


def fetched(visitor: Visitor, address: str) -> TestResponse:
    return visitor.client.get(address.replace("&amp;", "&"), headers=BROWSER)


def weight_of(visitor: Visitor, address: str, known: dict[str, int]) -> int:
    """Bytes of bodies, as they come over the wire, of a page and of everything that it loads.

    ``known`` are the weights of files so far; they are the same for every page.
    """
    page = fetched(visitor, address)
    text = gzip.decompress(page.data).decode() if page.content_encoding == "gzip" else page.text
    loaded = [*FONTS, *re.findall(r'(?:href|src)="(/static/[^"]+)"', text)]
    for each in {*loaded} - {*known}:
        known[each] = _of(fetched(visitor, each))
    return len(page.data) + sum(known[each] for each in {*loaded})


def _of(answer: TestResponse) -> int:
    assert answer.status_code == 200, answer.request.path
    with answer:
        return len(answer.data)


@pytest.mark.parametrize("who", ["solveig", "nora", "berit", "astrid"])
def test_the_first_visit_of_any_page_is_at_most_a_hundred_kilobytes(
    signed_in_as: SignIn, office: Office, who: str
) -> None:
    office.match()
    office.pass_days(190)
    visitor = signed_in_as(who)
    pages = [each for each, text in pages_from(visitor).items() if text]
    known: dict[str, int] = {}
    weights = {weight_of(visitor, each, known): each for each in pages}
    assert max(weights) <= HUNDRED_KILOBYTES, sorted(weights.items())[-3:]


def test_the_first_visit_of_a_participant_is_at_most_a_hundred_kilobytes(nobody: Visitor, way_in: str) -> None:  # noqa: F811
    assert weight_of(nobody, way_in, {}) <= HUNDRED_KILOBYTES
    assert weight_of(nobody, "/inn", {}) <= HUNDRED_KILOBYTES


def test_a_page_comes_packed_and_says_the_same(signed_in_as: SignIn) -> None:
    solveig = signed_in_as("solveig")
    answer = fetched(solveig, "/drift/maskinen")
    assert (answer.content_encoding, answer.headers["Vary"]) == ("gzip", "Accept-Encoding, Cookie")
    assert "<h1" in gzip.decompress(answer.data).decode()
    assert "<h1" in solveig.read("/drift/maskinen")
    assert solveig.get("/drift/maskinen").content_encoding is None


def test_the_same_page_never_weighs_the_same_for_long(nobody: Visitor) -> None:
    assert len({len(fetched(nobody, "/not-there").data) for _ in range(20)}) > 5


def test_a_file_comes_packed_as_well_as_it_can_be(nobody: Visitor) -> None:
    with fetched(nobody, "/static/site.css") as packed, nobody.get("/static/site.css") as plain:
        assert packed.content_encoding == "br"
        assert brotli.decompress(packed.data) == plain.data
        assert "Accept-Encoding" in packed.headers["Vary"]
    with nobody.client.get("/static/site.css", headers={"Accept-Encoding": "gzip"}) as other:
        assert gzip.decompress(other.data) == plain.data


def test_every_file_of_a_page_is_kept_for_ever_under_its_content(nobody: Visitor) -> None:
    for address in LOADED.findall(nobody.read("/inn")):
        assert "?v=" in address, address
        with fetched(nobody, address) as answer:
            assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_under_another_mark_a_file_is_asked_about_each_time(nobody: Visitor) -> None:
    for address in ("/static/site.css?v=000000000000", "/static/site.css"):
        with fetched(nobody, address) as answer:
            assert answer.headers["Cache-Control"] == "no-cache"
    with fetched(nobody, LATIN) as font:
        assert font.headers["Cache-Control"] == "public, max-age=604800"


def test_a_file_that_has_not_changed_is_not_sent_again(nobody: Visitor) -> None:
    with fetched(nobody, "/static/site.css") as first:
        tag = first.headers["ETag"]
    with nobody.client.get("/static/site.css", headers={**BROWSER, "If-None-Match": tag}) as again:
        assert (again.status_code, again.data) == (304, b"")


def test_a_changed_file_has_another_address(app: Flask, tmp_path: Path) -> None:
    app.static_folder = str(tmp_path)
    (tmp_path / "a.css").write_text("a {}", encoding="ascii")
    with app.test_request_context():
        first = url_for("static", filename="a.css")
        (tmp_path / "a.css").write_text("a { color: red }", encoding="ascii")
        assert url_for("static", filename="a.css") != first
        assert url_for("static", filename="none.css") == "/static/none.css"


def test_a_path_out_of_the_folder_has_no_mark(nobody: Visitor) -> None:
    assert nobody.get("/static/../security.py?v=1").status_code == 404
    assert nobody.get("/static/%2e%2e/security.py?v=1").status_code == 404


@pytest.mark.parametrize("who", ["solveig", "nora", "astrid"])
def test_script_is_loaded_only_where_it_is_used(signed_in_as: SignIn, office: Office, who: str) -> None:
    office.match()
    for address, page in pages_from(signed_in_as(who)).items():
        assert bool(re.search(r" hx-(get|post)=", page)) <= ("vendor/htmx.js" in page), address
        assert ("vendor/htmx.js" in page) <= ("<main" in page and ("hx-" in page or "/kvittering/" in address)), address


def test_no_page_uses_a_component_whose_style_stays_away(app: Flask) -> None:
    folder = Path(app.root_path) / "templates"
    sources = "".join(each.read_text(encoding="utf-8") for each in folder.rglob("*.html"))
    used = set(re.findall(r"\bds-([a-z-]+)", sources))
    assert used
    assert used & UNUSED == set()


def test_what_is_left_of_the_style_is_what_came() -> None:
    layers, label = "@layer a, b;", "@layer ds.base{.ds-label{a:b}}"
    search, tag = "@layer ds.components{.ds-search{c:d}}", "@layer ds.components{.ds-tag{e:f}}"
    assert trimmed(layers + label + search + tag) == layers + label + tag
    assert trimmed("nothing of the kind") == "nothing of the kind"


def test_a_file_is_the_same_for_whoever_asks_for_it(signed_in_as: SignIn, nobody: Visitor) -> None:
    for visitor in (signed_in_as("solveig"), nobody):
        with fetched(visitor, "/static/site.css") as answer:
            assert answer.headers["Vary"] == "Accept-Encoding"
            assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("letter", "aåÅøæéáčđŋšŧžÁČĐŊŠŦŽïöäüñçßłőșțǩǥʒ«»–’…€")
def test_every_letter_that_a_name_here_may_have_is_in_the_slim_fonts(app: Flask, letter: str) -> None:
    folder = Path(app.static_folder or "") / "vendor"
    known = {code for font in FONTS for code in TTFont(folder / Path(font).name).getBestCmap()}
    assert ord(letter) in known
