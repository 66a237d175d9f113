"""Who may talk to the playground: this browser with its key, on this machine, and no page from elsewhere."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Middleware

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

APP_SIDE = ("/api/", "/link", "/commands/", "/upload/")
"""Where the app comes in; it has tokens and unguessable addresses of its own."""
NAMES = {"127.0.0.1", "localhost"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
STRANGER = "Open the address that `counterpoise playground` printed: it holds a key."


def guard(key: str) -> Middleware:
    """A middleware that lets in who has the key, by a name of this machine, and from no other site.

    A foreign page that resolves its own name to 127.0.0.1 (DNS rebinding) has its name in ``Host``; one that
    sends requests across sites has its own in ``Origin`` or ``Sec-Fetch-Site``. Both are turned away.
    """

    @web.middleware
    async def checked(request: web.Request, handler: Handler) -> web.StreamResponse:
        if not _at_home(request):
            return web.Response(status=403, text="This address answers only to pages of its own.")
        if request.path.startswith(APP_SIDE):
            return await handler(request)
        cookie = f"playground-{_port(request)}"
        given = request.query.get("key") or request.cookies.get(cookie, "")
        if not hmac.compare_digest(given.encode(), key.encode()):
            return web.Response(status=403, text=STRANGER)
        if request.method == "POST" and request.content_type != "application/json":
            return web.Response(status=415, text="Send JSON.")
        response = await handler(request)
        if not response.prepared:
            response.headers.update(HEADERS)
            response.set_cookie(cookie, key, httponly=True, samesite="Strict")
        return response

    return checked


def _at_home(request: web.Request) -> bool:
    """Whether the request names this machine, and comes from no other site."""
    host = urlsplit(f"//{request.headers.get('Host', '')}")
    if host.hostname not in NAMES or host.port != _port(request):
        return False
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"http://{host.netloc}":
        return False
    return request.headers.get("Sec-Fetch-Site", "none") in {"same-origin", "none"} or _navigates(request)


def _navigates(request: web.Request) -> bool:
    """Somebody followed a link to the page: harmless, as the key has to be in it."""
    return (
        request.method == "GET"
        and request.path == "/"
        and request.headers.get("Sec-Fetch-Mode") == "navigate"
    )


def _port(request: web.Request) -> int | None:
    transport = request.transport
    return transport.get_extra_info("sockname")[1] if transport else None
