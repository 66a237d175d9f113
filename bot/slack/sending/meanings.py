"""What Slack's errors mean for the message that met them: later, simpler, no more, or not at all."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookResponse

from bot.slack.sending.pace import TryLaterError

SERVER_ERROR_WAIT = 2.0
"""Seconds before a call is repeated that failed on Slack's side or on the way there."""
UNFIT = {
    "invalid_blocks",
    "invalid_blocks_format",
    "msg_blocks_too_long",
    "msg_too_long",
    "markdown_text_conflict",
    "only_one_table_allowed",
}
"""Slack's codes for a message it would take in a simpler form."""
UNSUPPORTED = re.compile(r"unsupported type: (\w+)")
UNREADY = "invalid slack file"
"""What Slack says of an uploaded file while it is not done with it, which takes some seconds."""
SPENT = {"used_url", "expired_url", "expired_trigger_id"}


class RejectedError(Exception):
    """Slack does not take this message as it is; a simpler form may do.

    ``why`` is what Slack says of its blocks, ``unsupported`` the kinds of blocks among that which it does not know.
    """

    def __init__(self, code: str, why: Sequence[str] = ()) -> None:
        self.why = tuple(why)
        self.unsupported = frozenset(kind for one in why for kind in UNSUPPORTED.findall(one))
        super().__init__("; ".join([code, *why]))


class UnreadyError(RejectedError):
    """A picture in the message is still being looked at by Slack: the same message will do in a moment."""


class SpentError(Exception):
    """A way that works no more: a ``response_url`` after five uses or half an hour, a place that is not theirs."""


def code_of(error: SlackApiError) -> str:
    """Slack's code of an error; empty where what answered is not Slack, or broke off, so that there is none."""
    code = str(_said(error).get("error", ""))
    return code if code.isidentifier() else ""


def _said(error: SlackApiError) -> Mapping[str, Any]:
    """What was answered. A body that is no JSON is no dict, and comes with a response of another library."""
    data = getattr(error.response, "data", None)
    return data if isinstance(data, dict) else {}


@contextmanager
def told_what_it_means() -> Iterator[None]:
    """Around a call of the Web API: what goes wrong comes out as what it means for the message that met it.

    Raises:
        TryLaterError: Slack wants the call again later, or cannot be reached.
        RejectedError, SlackApiError: it does not want it as it is.
    """
    try:
        yield
    except SlackApiError as error:
        raise reason(error) from error
    except (aiohttp.ClientError, TimeoutError) as error:
        raise TryLaterError(SERVER_ERROR_WAIT, type(error).__name__) from error


def reason(error: SlackApiError) -> Exception:
    """What an error of the Web API means for the message that met it."""
    response: Any = error.response
    status = getattr(response, "status_code", 0) or getattr(response, "status", 0)
    return _meaning(status, code_of(error), response.headers, _why(error)) or error


def is_busy(error: SlackApiError) -> bool:
    """Whether Slack only wants the same call again later."""
    return isinstance(reason(error), TryLaterError)


def _why(error: SlackApiError) -> list[str]:
    """What Slack says of the blocks that it refuses."""
    data = _said(error)
    found = data.get("errors") or (data.get("response_metadata") or {}).get("messages") or []
    return [str(one)[:200] for one in found] if isinstance(found, list) else []


def webhook_error(response: WebhookResponse) -> Exception | None:
    """The same for a ``response_url``, which answers with a word or with JSON, whatever its status."""
    try:
        body = json.loads(response.body)
    except ValueError:
        body = response.body
    code = str(body.get("error", "")) if isinstance(body, dict) else "" if body == "ok" else str(body)
    if code in SPENT:
        return SpentError(code)
    if meaning := _meaning(response.status_code, code, response.headers):
        return meaning
    if response.status_code == 200 and (not code or code == "ok"):  # noqa: PLR2004 - HTTP
        return None
    return RuntimeError(f"response_url answered {response.status_code} {code[:100]!r}")


def _meaning(status: int, code: str, headers: Mapping[str, str], why: Sequence[str] = ()) -> Exception | None:
    if status == 429 or code in ("ratelimited", "rate_limited"):  # noqa: PLR2004 - HTTP
        return TryLaterError(_retry_after(headers), "rate limit")
    if status >= 500:  # noqa: PLR2004 - HTTP
        return TryLaterError(SERVER_ERROR_WAIT, f"HTTP {status}")
    if code not in UNFIT:
        return None
    return UnreadyError(code, why) if any(UNREADY in one for one in why) else RejectedError(code, why)


def _retry_after(headers: Mapping[str, str]) -> float:
    """The seconds of ``Retry-After``, however the header is spelt; one where there is none."""
    for name, value in headers.items():
        if str(name).lower() == "retry-after" and str(value).isdigit():
            return float(value)
    return 1.0
