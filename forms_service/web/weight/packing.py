"""Text is packed before it is sent; a packed page never weighs the same twice, so that its weight tells nothing."""

from __future__ import annotations

import gzip
import io
import secrets
from functools import lru_cache

import brotli  # type: ignore[import-untyped]
from flask import Response, request

SMALL = 1000
"""Bytes; below it packing saves nothing."""
KINDS = frozenset(
    {"text/html", "text/css", "text/javascript", "application/javascript", "image/svg+xml", "application/json"}
)
MOST_NOISE = 100
"""Bytes of a random name in the packed page: a length that tells what is in it tells of its token too (BREACH)."""


def pack(response: Response) -> Response:
    """The same answer in fewer bytes, for a browser that says it can read them."""
    if response.mimetype not in KINDS or response.status_code in {204, 206, 304} or response.content_encoding:
        return response
    response.vary.add("Accept-Encoding")
    wanted = "br" if request.endpoint == "static" and _takes("br") else "gzip" if _takes("gzip") else ""
    if not wanted or (response.is_streamed and not response.direct_passthrough):
        return response
    return _packed(response, wanted)


def _packed(response: Response, wanted: str) -> Response:
    response.direct_passthrough = False
    content = response.get_data()
    if len(content) < SMALL:
        return response
    response.set_data(_file(content, wanted) if request.endpoint == "static" else _page(content))
    response.content_encoding = wanted
    tag, _ = response.get_etag()
    if tag:
        response.set_etag(tag, weak=True)  # other bytes, the same content
    return response


def _takes(encoding: str) -> bool:
    return request.accept_encodings.quality(encoding) > 0


@lru_cache(maxsize=64)
def _file(content: bytes, wanted: str) -> bytes:
    """Once in each process: packing well takes longer than reading."""
    packed: bytes = brotli.compress(content) if wanted == "br" else gzip.compress(content, mtime=0)
    return packed


def _page(content: bytes) -> bytes:
    noise = secrets.token_hex(secrets.randbelow(MOST_NOISE // 2))
    out = io.BytesIO()
    with gzip.GzipFile(filename=noise, mode="wb", compresslevel=6, fileobj=out, mtime=0) as file:
        file.write(content)
    return out.getvalue()
