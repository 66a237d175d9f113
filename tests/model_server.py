"""A language model's server on loopback: speaks Chat Completions over real HTTP, and misbehaves on request.

Replies are queued with ``say`` or ``reply``; when the queue is empty the last reply is given again. The
requests that came in are kept, to be looked at.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self


@dataclass(frozen=True)
class Reply:
    """One answer of the server: a body with a status, how long it takes, how much of it is sent."""

    body: bytes
    status: int = 200
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    cut_after: int | None = None
    trickle: float = 0.0
    """Seconds between the events of a stream."""


def completion(text: str | None, *, finish: str | None = "stop", **message: object) -> Reply:
    """A proper completion with that text."""
    choice = {
        "index": 0,
        "finish_reason": finish,
        "message": {"role": "assistant", "content": text, **message},
    }
    return raw(
        {"choices": [choice], "usage": {"prompt_tokens": 120, "completion_tokens": 30, "total_tokens": 150}}
    )


def raw(fields: Mapping[str, object]) -> Reply:
    """A completion object with these fields."""
    return Reply(
        json.dumps(
            {"id": "c-1", "object": "chat.completion", "created": 1, "model": "fake", **fields}
        ).encode()
    )


def prose(*sentences: str) -> Reply:
    """A completion as the wording call wants it."""
    return completion(json.dumps({"sentences": sentences}))


def slow(reply: Reply, seconds: float) -> Reply:
    """The same reply, later."""
    return Reply(reply.body, reply.status, reply.content_type, reply.headers, seconds)


def error(status: int, *, retry_after: str | None = None) -> Reply:
    """An error of the endpoint."""
    body = json.dumps({"error": {"message": "secret detail sk-123", "type": "server_error"}}).encode()
    return Reply(body, status, headers={"Retry-After": retry_after} if retry_after else {})


def cut(reply: Reply) -> Reply:
    """The first half of a reply, then a dead connection."""
    return Reply(reply.body, cut_after=len(reply.body) // 2)


def streamed(
    text: str, *, size: int = 7, finish: str | None = "stop", ending: bytes = b"", usage: bool = True
) -> Reply:
    """A completion as a stream of small pieces; ``ending`` stands in the place of what would come after them."""
    pieces = [text[at : at + size] for at in range(0, len(text), size)]
    chunks = [_chunk({"content": piece}) for piece in pieces]
    if not ending:
        chunks.append(_chunk({}, finish))
    if usage and not ending:
        chunks.append(_event({"choices": [], "usage": {"prompt_tokens": 120, "completion_tokens": 30}}))
    body = b"".join(chunks) + (ending or b"data: [DONE]\n\n")
    return Reply(body, content_type="text/event-stream")


def _chunk(delta: Mapping[str, object], finish: str | None = None) -> bytes:
    return _event({"choices": [{"index": 0, "delta": delta, "finish_reason": finish}]})


def _event(fields: Mapping[str, object]) -> bytes:
    whole = {"id": "c-1", "object": "chat.completion.chunk", "created": 1, "model": "fake", **fields}
    return b"data: " + json.dumps(whole).encode() + b"\n\n"


INVENTED = prose(
    "Win rate is 73 %, up twelve percent.", "Revenue doubled to $4.2M because turnover fell by a third."
)
BUSINESS_ONLY = prose("Win rate is at [win_rate.value].")
BROKEN_JSON = completion('{"sentences": ["Win rate is at [win_rate.val')
BROKEN_BODY = Reply(b'{"id": "c-1", "choices": [{"ind')
EMPTY_BODY = Reply(b"")
HTML = Reply(b"<html><body>Sign in to the guest network</body></html>", content_type="text/html")
NO_CHOICES = raw({"choices": []})
NULL_CHOICES = raw({"choices": None})
EMPTY_OBJECT = Reply(b"{}")
NULL_CONTENT = completion(None)
REFUSAL = completion(None, refusal="I cannot help with that.")
CUT_BY_LENGTH = completion('{"sentences": ["Win', finish="length")
FILTERED = completion("", finish="content_filter")
UNFINISHED = completion('{"sentences": []}', finish=None)
STREAM_CUT = Reply(
    b'data: {"id":"c-1","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"Win"}}]}\n\n',
    content_type="text/event-stream",
)


class ModelServer:
    """The server; use it as a context manager. ``url`` is what OPENAI_BASE_URL wants."""

    def __init__(self) -> None:
        self.requests: list[dict[str, Any]] = []
        self._replies: deque[Reply] = deque([prose()])
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._http.daemon_threads = True
        self._thread = threading.Thread(
            target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}/v1"

    def say(self, *texts: str) -> None:
        """Queue completions with these texts."""
        self.reply(*(completion(text) for text in texts))

    def reply(self, *replies: Reply) -> None:
        """Queue replies. They replace what was queued before."""
        self._replies = deque(replies)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.shutdown()
        self._http.server_close()

    def _next(self) -> Reply:
        return self._replies.popleft() if len(self._replies) > 1 else self._replies[0]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                server.requests.append(
                    {"path": self.path, "key": self.headers.get("Authorization"), **json.loads(body)}
                )
                _send(self, server._next())

            def log_message(self, *args: object) -> None:
                """Keep the tests' output clean."""

        return Handler


def _send(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
    time.sleep(reply.delay)
    try:
        handler.send_response(reply.status)
        handler.send_header("Content-Type", reply.content_type)
        handler.send_header("Content-Length", str(len(reply.body)))
        for name, value in reply.headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        for event in re.split(rb"(?<=\n\n)", reply.body[: reply.cut_after]):
            handler.wfile.write(event)
            time.sleep(reply.trickle)
    except (BrokenPipeError, ConnectionResetError):
        pass  # the client stopped waiting
    handler.close_connection = True
