"""What an endpoint may send: no compression, no more bytes than an answer can need, and nobody else's address."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ssl import SSLContext

    from httpx2 import AsyncClient, Response

MOST = 4_000_000
"""Bytes of one response, of which the longest answer takes a twentieth, its stream's wrapping included."""
PLAIN = {"Accept-Encoding": "identity"}
"""Asks for what :func:`bounded_client` insists on: a few bytes can unpack to gigabytes."""


class TooMuchError(Exception):
    """A response is compressed, or does not come to an end."""


def bounded_client() -> AsyncClient:
    """OpenAI's own client of HTTP, proxies of the environment and all, with bounds.

    It follows no redirect: the question would go to a host that the operator never named.
    """
    from openai import DefaultAsyncHttpxClient

    # it would log each address in full, with whatever is secret in OPENAI_BASE_URL
    logging.getLogger("httpx2").setLevel(logging.WARNING)
    return DefaultAsyncHttpxClient(
        follow_redirects=False, verify=_trusted(), event_hooks={"response": [_bound]}
    )


@cache
def _trusted() -> SSLContext:
    """Whose certificates are trusted, as the client itself would have it, but read once and not for each proxy too."""
    from httpx2 import create_ssl_context

    return create_ssl_context()


async def _bound(response: Response) -> None:
    """Look at each response before its body is read."""
    from httpx2 import AsyncByteStream

    if not isinstance(response.stream, AsyncByteStream):  # it is read already
        return
    inner: AsyncByteStream = response.stream
    encoding = response.headers.get("Content-Encoding", "identity")

    class Bounded(AsyncByteStream):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            if encoding.strip().lower() not in {"", "identity"}:
                raise TooMuchError
            read = 0
            async for part in inner:
                read += len(part)
                if read > MOST:
                    raise TooMuchError
                yield part

        async def aclose(self) -> None:
            await inner.aclose()

    response.stream = Bounded()
