"""What every answer carries so that a browser does nothing we have not asked for, and keeps nothing."""

from __future__ import annotations

from flask import Flask, Response, abort, request
from werkzeug.middleware.proxy_fix import ProxyFix

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}
NOBODYS = frozenset({"static", "look.colours", "look.logo"})
"""Files that are the same for everybody, and may be kept."""
HALF_A_MEGABYTE = 512 * 1024


def secure(app: Flask, base_url: str) -> None:
    """Cookies, headers and the largest form that is accepted."""
    app.config.update(
        MAX_CONTENT_LENGTH=HALF_A_MEGABYTE,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=base_url.startswith("https://"),
        WTF_CSRF_TIME_LIMIT=None,  # a form may lie open over lunch without losing what was typed
        WTF_CSRF_SSL_STRICT=False,  # it asks for a Referer, which our own policy forbids; the token remains
    )
    app.before_request(_refuse_what_no_address_holds)
    app.after_request(_with_headers)


def _refuse_what_no_address_holds() -> None:
    """PostgreSQL has no text with a zero byte, and no place of ours has one in its name."""
    if "\0" in request.path:
        abort(404)


def behind(app: Flask, proxies: int) -> None:
    """Believe so many reverse proxies whom a request comes from; everybody else may write there what they like."""
    if proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=0)  # type: ignore[method-assign]


def _with_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint not in NOBODYS:
        response.headers["Cache-Control"] = "no-store"
    return response
