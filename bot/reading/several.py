"""Several questions in one message: which is answered first, and which are offered next."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from bot.model import Request
from bot.reading.words.cues import COMPARE, FOLLOWS, OF_METRICS

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

_THERE = re.compile(r"\b(?:there|in the same|for the same|as well|too|then)\b")
"""Points at the group or the period of the question before."""

_TELLS = re.compile(
    r"(?:and |so |but )*(?:we|i|they|he|she|it|there|(?:our|my|the|this|that) \w+|somebody|someone|everybody|everyone)"
    r"(?:'(?:ve|re|s|m|d))? (?!want|need|would|wanna|wish|like|must|have to|am looking|am after|d like)[a-z]"
)
"""How a sentence begins that tells something: "We lost a deal yesterday." """

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
                besides=request.besides or whole.besides,
                only=request.only if request.dimension else whole.only,
                dimension=request.dimension or whole.dimension,
                then_by=request.then_by if request.dimension else whole.then_by,
                count=request.count or whole.count,
            )
    return None


def first_of(whole: Request, text: str, read: Callable[[str], Request]) -> Request | None:
    """The first question and the others, as asked; None where the message is one question."""
    parts = questions_in(text)
    if len(parts) < TWO or whole.kind in ("coaching", "explanation") or _wants_names(whole, text):
        return None
    requests = [(part, read(part)) for part in parts]
    asking = [(part, request) for part, request in requests if _complete(part, request)]
    told = [(part, request) for part, request in asking if not _tells(part)]
    asking = told or asking
    if len(asking) == 1:
        return _asked_beside_talk(whole, asking[0][0], asking[0][1], parts)
    if not asking or _go_on(asking) or not _apart([request for _, request in asking]):
        return None
    (_, first), *others = asking
    return _with(first, tuple(part for part, _ in others))


def _asked_beside_talk(whole: Request, part: str, request: Request, parts: list[str]) -> Request | None:
    """The one question, where the other sentences only tell of another time: "We lost two deals this week. ..."."""
    others = [other.lower() for other in parts if other != part]
    goes_on = any(COMPARE.search(other) or FOLLOWS.search(other) for other in others)
    if goes_on or not request.period or request.period == whole.period or request.metrics != whole.metrics:
        return None
    return replace(
        request, filters=request.filters or whole.filters, besides=request.besides or whole.besides
    )


def _go_on(asking: list[tuple[str, Request]]) -> bool:
    """Whether they share what only one of them says: "A and what's our B this year", "A in X? Also B there?"."""
    requests = [request for _, request in asking]
    if {one.kind for one in requests} != {"value"} or any(one.role for one in requests):
        return False
    said = [
        (one.period, one.dimension, tuple(sorted({**one.filters, **one.besides}.items()))) for one in requests
    ]
    if any(len({one for one in field if one}) > 1 for field in zip(*said, strict=True)):
        return False
    back = all(_THERE.search(part.lower()) for part, _ in asking[1:])
    open_ = not any(part.endswith(("?", "!", ";", ".")) for part, _ in asking[:-1])
    return back or (open_ and not any(any(one) for one in said[:-1]))


def _wants_names(whole: Request, text: str) -> bool:
    """Whether one part says that the other is about persons ("Is anybody about to leave? I need names.")."""
    return whole.kind == "refusal" and re.search(r"\bnames\b", text.lower()) is not None


def _tells(part: str) -> bool:
    return "?" not in part and _TELLS.match(part.lower()) is not None


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
        (
            one.kind,
            one.role,
            one.dimension,
            str(one.period),
            tuple(sorted(one.filters.items())),
            tuple(sorted(one.besides.items())),
        )
        for one in requests
    }
    return len(shared) > 1


def _with(first: Request, more: tuple[str, ...]) -> Request:
    rest = "the other question is" if len(more) == 1 else f"the other {len(more)} questions are"
    said = f"This answers the first question; {rest} offered below."
    return replace(first, more=more, assumed=(*first.assumed, said))
