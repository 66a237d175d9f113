"""Several questions in one message: which is answered first, and which are offered next."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from bot.model import Request
from bot.reading.cues import OF_METRICS

_ENDS = re.compile(
    r"(?<=[?!;\n])\s+|\n+|(?<=\w\.)\s+(?=[A-Za-z])"
    r"|\s+(?:and|also|and also|plus) (?=(?:what|who|how|which|why|top|show|give|list)\b)",
    re.IGNORECASE,
)
_CLAUSES = re.compile(r"(?<=\w)\s*[,;:.?!]+\s+|\s+[-–—]+\s+|\n+|\s+but\s+")
NOT_UNDERSTOOD = ("help", "clarification")
UNDERSTOOD_ALONE = frozenset(
    {"recommendation", "value", "trend", "comparison", "definition", "advice", "refusal"}
)
_ONLY_COUNT = re.compile(r"(?:just |only |the )*top \d+(?: of them| please| metrics)?\W*")
"""How many are wanted, said behind the question."""

MOST = 5
TWO = 2
ANSWERED = frozenset({"recommendation", "value", "trend", "comparison", "definition", "advice", "refusal"})


def questions_in(text: str) -> list[str]:
    """The parts of a message that end as questions do."""
    parts = (part.strip() for part in _ENDS.split(text))
    return [part for part in parts if re.search(r"\w", part)][: MOST + 1]


def clause_of(whole: Request, text: str, read: Callable[[str], Request]) -> Request | None:
    """What a part of a message asks for, where the message as a whole was not understood.

    The rest of it is talk: "be honest with me, do our people like it here?". Its period and groups count.
    """
    if whole.kind not in NOT_UNDERSTOOD:
        return None
    parts = [part for part in _CLAUSES.split(text) if re.search(r"\w{2}", part)]
    if len(parts) < TWO:
        return None
    tails = (text[text.rindex(parts[-n]) :] for n in range(len(parts) - 1, 0, -1))
    for part in dict.fromkeys((*tails, *parts)):
        request = read(part)
        if request.kind in UNDERSTOOD_ALONE and (
            request.metrics or request.role or request.kind == "refusal"
        ):
            return replace(
                request,
                period=request.period or whole.period,
                filters=request.filters or whole.filters,
                dimension=request.dimension or whole.dimension,
                count=request.count or whole.count,
            )
    return None


def first_of(whole: Request, text: str, read: Callable[[str], Request]) -> Request | None:
    """The first question and the others, as asked; None where the message is one question."""
    parts = questions_in(text)
    if len(parts) < TWO or whole.kind in ("coaching", "explanation"):
        return None
    requests = [(part, read(part)) for part in parts]
    asking = [(part, request) for part, request in requests if _complete(part, request)]
    if len(asking) < TWO or not _apart([request for _, request in asking]):
        return None
    (_, first), *others = asking
    return _with(first, tuple(part for part, _ in others))


def _complete(part: str, request: Request) -> bool:
    """Whether it is a question of its own, and neither the end of another nor what is said of oneself."""
    if request.kind == "recommendation":
        if request.side and not request.role and "?" not in part:
            return False
        asks = request.role or request.metrics or not _ONLY_COUNT.fullmatch(part.lower())
        return bool(asks) and ("?" in part or bool(OF_METRICS.search(part.lower())))
    guessed = request.metrics and "metrics" not in request.sure and "?" not in part
    return request.kind in ANSWERED and not guessed and bool(request.metrics or request.kind == "refusal")


def _apart(requests: list[Request]) -> bool:
    """Whether one answer cannot hold them all: metrics of one kind, for one period, go together."""
    if len({one.metrics for one in requests}) == 1 and requests[0].metrics:
        return False
    shared = {
        (one.kind, one.role, one.dimension, str(one.period), tuple(sorted(one.filters.items())))
        for one in requests
    }
    return len(shared) > 1


def _with(first: Request, more: tuple[str, ...]) -> Request:
    rest = "the other question is" if len(more) == 1 else f"the other {len(more)} questions are"
    said = f"This answers the first question; {rest} offered below."
    return replace(first, more=more, assumed=(*first.assumed, said))
