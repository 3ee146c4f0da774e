"""What every answer carries so that a browser does nothing we have not asked for, and keeps nothing."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from flask import Flask, Response, abort, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from werkzeug.middleware.proxy_fix import ProxyFix

from forms_service.web.weight.files import kept_for, mark_files
from forms_service.web.weight.packing import pack

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
NOTHING_OF_THE_DEVICE = ", ".join(
    f"{each}=()"
    for each in (
        *("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer"),
        *("microphone", "midi", "payment", "usb"),
    )
)
"""Only what every browser knows by name: it complains of all others, on each page."""
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": NOTHING_OF_THE_DEVICE,
}
NOBODYS = frozenset({"static", "look.colours", "look.logo"})
"""Files that are the same for everybody, and may be kept."""
A_YEAR_OF_TLS = {"Strict-Transport-Security": "max-age=31536000"}
"""Where the address is https no browser that has been here goes back to http; other hosts are not ours to decide."""
HALF_A_MEGABYTE = 512 * 1024


class Sessions(SecureCookieSessionInterface):
    """No file that is the same for everybody depends on who asks: a browser that kept it would ask for it again."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if request.endpoint not in NOBODYS:
            super().save_session(app, session, response)


def secure(app: Flask, base_url: str) -> None:
    """Cookies, headers and the largest form that is accepted.

    A cookie whose name begins with ``__Host-`` is taken by a browser only from this very host, over TLS.
    """
    is_secure = base_url.startswith("https://")
    app.config.update(
        MAX_CONTENT_LENGTH=HALF_A_MEGABYTE,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=is_secure,
        SESSION_COOKIE_NAME="__Host-session" if is_secure else "session",
        WTF_CSRF_TIME_LIMIT=None,  # a form may lie open over lunch without losing what was typed
        WTF_CSRF_SSL_STRICT=False,  # it asks for a Referer, which our own policy forbids; the token remains
    )
    app.session_interface = Sessions()
    app.before_request(_refuse_what_no_address_holds)
    app.after_request(partial(_with_headers, {**HEADERS, **(A_YEAR_OF_TLS if is_secure else {})}))
    app.after_request(pack)  # runs before the one above, as Flask has it
    mark_files(app)


def _refuse_what_no_address_holds() -> None:
    """PostgreSQL has no text with a zero byte, and no place of ours has one in its name."""
    if "\0" in request.path:
        abort(404)


def behind(app: Flask, proxies: int) -> None:
    """Believe so many reverse proxies whom a request comes from; everybody else may write there what they like."""
    if proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=0)  # type: ignore[method-assign]


def _with_headers(headers: Mapping[str, str], response: Response) -> Response:
    for name, value in headers.items():
        response.headers.setdefault(name, value)
    if request.endpoint == "static":
        response.headers["Cache-Control"] = kept_for(response)
    elif request.endpoint not in NOBODYS:
        response.headers["Cache-Control"] = "no-store"
    return response
