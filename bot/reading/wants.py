"""What a question wants: its kind, told by the words around the names."""

from __future__ import annotations

from bot.model import Kind
from bot.reading.context.pointing import Thread, points_at_lists
from bot.reading.conversation.measurable import asks_what_is_measurable
from bot.reading.conversation.talk import off_topic
from bot.reading.seen import Seen
from bot.reading.words import cues

SETTLED: frozenset[Kind] = frozenset({"refusal", "coaching", "help", "explanation", "advice", "definition"})
"""Kinds that never mean the last question again with something changed."""


def kind_of(seen: Seen, thread: Thread, metrics: tuple[str, ...]) -> Kind | None:
    """The kind that the words ask for, or None where only the thread can tell."""
    text = seen.text
    if seen.person:
        return "refusal"
    if cues.TEACHES.search(text):
        return "coaching"
    if asks_what_is_measurable(text) and not seen.named.places:
        return "help"
    if asks_why(seen, thread, metrics):
        return "explanation"
    if (
        (seen.elsewhere and not metrics)
        or (off_topic(text) and not (metrics or cues.OF_METRICS.search(text)))
        or cues.HELP.search(text)
        or (
            cues.TELLS_ME_WHAT_TO_DO.search(seen.bare)
            and not (cues.OF_METRICS.search(text) or cues.ADVICE.search(text))
        )
    ):
        return "help"
    return _of_lists(seen, thread, metrics) or (_of_metrics(seen, metrics) if metrics else None)


def course_of(seen: Seen) -> Kind | None:
    """Comparison or trend, where the words beside the names ask for one."""
    if cues.COMPARE.search(seen.bare) or cues.WHY_MOVED.search(seen.text):
        return "comparison"
    stretch = None if seen.dimension else cues.STRETCH.search(seen.bare)
    if seen.grain:
        return "trend"
    if seen.against:
        return "comparison"
    return "trend" if stretch or cues.TREND.search(seen.bare) else None


def asks_why(seen: Seen, thread: Thread, metrics: tuple[str, ...]) -> bool:
    """Whether it asks why something is on the list, or is not.

    Why a value moved is a comparison: causes are not known here.
    """
    if cues.WHY.search(seen.text):
        if cues.WHY_THERE.search(seen.text) and set(metrics) & set(thread.newest):
            return True
        moved = metrics and cues.WHY_MOVED.search(seen.text)
        return not moved and bool(
            metrics or seen.unclear or seen.about or seen.role.role or thread.newest or thread.last_metrics
        )
    listed = thread.last is None or thread.last.kind in ("recommendation", "explanation")
    asked = cues.WHAT_ABOUT.search(seen.text) and (seen.about or seen.metrics)
    return bool(listed and thread.newest and asked)


def _of_lists(seen: Seen, thread: Thread, metrics: tuple[str, ...]) -> Kind | None:
    """A list of metrics, or advice about choosing them."""
    role = seen.role.role or seen.role.others
    of_metrics = cues.OF_METRICS.search(seen.rest)
    if cues.RULES_OFF.search(seen.text) or (points_at_lists(seen.text) and seen.count):
        return "recommendation"
    if cues.ADVICE.search(seen.text) and (metrics or seen.unclear or not of_metrics):
        return "advice"
    asks = of_metrics and (cues.ASKS_FOR_LIST.search(seen.rest) or seen.side or seen.count)
    if metrics:
        wanted = asks or (role and cues.LISTS.search(seen.rest) and not seen.period)
        return "recommendation" if wanted and (role or seen.count) and not seen.dimension else None
    near = seen.nearly or seen.named.lacking
    return "recommendation" if role or asks or (seen.side and (thread.newest or not near)) else None


def _of_metrics(seen: Seen, metrics: tuple[str, ...]) -> Kind:
    if len(metrics) > 1 and not seen.period and not seen.against and cues.DIFFERENCE.search(seen.text):
        return "definition"
    if course := course_of(seen):
        return course
    what_is = cues.WHAT_IS if seen.metrics else cues.WHAT_IS_THAT
    plain = not (seen.period or seen.dimension or seen.filters or seen.besides or len(metrics) > 1)
    by_name = bool(seen.named.places) or not seen.metrics
    asked = (what_is.search(seen.text) and not cues.AT_PRESENT.search(seen.text)) or cues.WHAT_IS_IT.search(
        seen.text
    )
    if cues.DEFINE.search(seen.text) or (plain and by_name and asked):
        return "definition"
    return "value"
