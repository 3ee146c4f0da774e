"""Links that are forged, cut, lengthened, too old, of another purpose, or of another key."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from itsdangerous import URLSafeSerializer

from forms_service.storage.runs import LinkRow
from tests.integration.access.attacks.siege import Siege

Forge = Callable[[Siege, str], str]
FORGED: dict[str, Forge] = {
    "another first letter": lambda siege, token: ("A" if token[0] != "A" else "B") + token[1:],
    "another letter of the seal": lambda siege, token: token[:-3] + ("A" if token[-3] != "A" else "B") + token[-2:],
    "cut": lambda siege, token: token[:-4],
    "without its seal": lambda siege, token: token.partition(".")[0],
    "with an empty seal": lambda siege, token: token.partition(".")[0] + ".",
    "lengthened": lambda siege, token: token + "A",
    "twice": lambda siege, token: f"{token}.{token}",
    "seal before": lambda siege, token: ".".join(reversed(token.split("."))),
    "of another key": lambda siege, token: URLSafeSerializer("guessed", salt="one-time link").dumps("1"),
    "without salt": lambda siege, token: str(URLSafeSerializer(siege.world.rt.settings.secret_key).dumps("1")),
    "of an id that is none": lambda siege, token: str(
        URLSafeSerializer(siege.world.rt.settings.secret_key, salt="one-time link").dumps("nothing")
    ),
    "only an id": lambda siege, token: siege.case("liv").participant_id,
    "nothing but dots": lambda siege, token: "...",
    "percent": lambda siege, token: token.replace(".", "%2e") + "%00"[:0] + "x",
    "unicode": lambda siege, token: "lenke-ÆØÅ-\u202e",
    "very long": lambda siege, token: "A" * 4000,
    "quotes": lambda siege, token: "' OR 1=1 --",
    "markup": lambda siege, token: "<script>alert(1)<%2Fscript>",
}


@pytest.mark.parametrize("page", ["/l/{}", "/l/{}/dokument", "/konto/lenke/{}"])
@pytest.mark.parametrize("how", FORGED)
def test_a_forged_link_opens_nothing(siege: Siege, how: str, page: str) -> None:
    genuine = siege.world.account_token if "konto" in page else siege.case("liv").token
    attempt = siege.get("nobody", page.format(FORGED[how](siege, genuine)))
    attempt.must_fail("closed_link", "not_there")
    assert attempt.status in (404, 410)


@pytest.mark.parametrize("page", ["/l/{}", "/l/{}/takk", "/l/{}/dokument"])
def test_a_link_to_an_account_is_none_to_a_form(siege: Siege, page: str) -> None:
    siege.get("nobody", page.format(siege.world.account_token)).must_fail("closed_link")


def test_a_link_to_a_form_is_none_to_an_account(siege: Siege) -> None:
    siege.get("nobody", f"/konto/lenke/{siege.case('liv').token}").must_fail("closed_link")


@pytest.mark.parametrize("state", ["revoked_at", "expires_at"])
@pytest.mark.parametrize("page", ["/l/{}", "/l/{}/dokument"])
def test_a_link_that_is_over_opens_nothing(siege: Siege, state: str, page: str) -> None:
    token, now = siege.case("aud").token, siege.world.rt.clock.now()
    with siege.world.rt.database.writing() as db:
        link = next(each for each in db.query(LinkRow) if _is_of(siege, each, token))
        before = getattr(link, state)
        setattr(link, state, now.replace(year=2020) if state == "expires_at" else now)
    siege.last.clear()
    attempt = siege.get("nobody", page.format(token))
    with siege.world.rt.database.writing() as db:
        setattr(db.get_one(LinkRow, link.id), state, before)
    siege.last.clear()
    attempt.must_fail("closed_link")


def _is_of(siege: Siege, link: LinkRow, token: str) -> bool:
    signer = URLSafeSerializer(siege.world.rt.settings.secret_key, salt="one-time link")
    return bool(signer.dumps(link.id) == token)
