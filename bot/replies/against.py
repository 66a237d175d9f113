"""What values are held against: the period before, the same a year before, a period that was named, the target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.model import Request
from bot.replies.draft import Place
from bot.wording import is_final
from metrics.calendar.periods import Period
from metrics.display import change_words, shown, target_words, value_words
from metrics.engine import Ask
from metrics.engine.changes.compare import Comparison, earlier, with_earlier, with_target
from metrics.lists.growing import is_part, is_share
from metrics.lists.holding import target_for
from metrics.model import Catalog, Metric
from metrics.privacy import of_metric
from metrics.values import Status, Value


def other(ask: Ask, request: Request, place: Place) -> Ask:
    """The same ask for what it is held against; for a target, the period before is looked at as well.

    A period is never held against itself: where both words mean the same one, the one before it is meant. What has come
    of a period by the day that it is asked on ("this quarter so far") is held against as much of the other, as of its
    last day: what became of deals and leads since then had not come at this point of it either.
    """
    if isinstance(request.against, Period) and not _same(request.against, ask.period):
        part = request.against.as_far_as(ask.period)
        if ask.period.last_day == place.as_of and not _same(part, request.against):
            return replace(ask, period=part, as_of=part.last_day)
        return replace(ask, period=request.against)
    return earlier(ask, "last-year" if request.against == "last-year" else "previous")


def against_itself(period: Period, request: Request, place: Place) -> tuple[str, ...]:
    """Said where a period was to be compared with itself: `this quarter` and `last quarter` on the last day of one."""
    if not isinstance(request.against, Period) or not _same(request.against, period):
        return ()
    day = place.as_of.isoformat()
    return (f"As of {day} both periods that were named are {period}; compared with {period.previous()}.",)


def not_yet(values: Sequence[Value], request: Request, place: Place) -> tuple[str, ...]:
    """Said where values were to be held against an earlier period and are not, for they are not what they will be."""
    if request.kind == "trend" or request.against in (None, "target"):
        return ()
    early = [value for value in values if value.value is not None and not is_final(value)]
    if not early:
        return ()
    period = request.period or early[0].period
    if all("partial_period" not in value.flags for value in early):
        return (f"The cohort of {period} may still change, so it is held against nothing.",)
    said = f"{period} is not over, so it is held against nothing"
    guarded = any(of_metric(place.engine.catalog, value.metric) != "open" for value in early)
    if guarded or period.grain in ("day", "custom"):
        return (f"{said}.",)
    name = f"fiscal {period.grain}" if period.label.startswith("FY") else period.grain
    return (f'{said}: "this {name} so far" takes as many days of both.',)


def _same(one: Period, other: Period) -> bool:
    return (one.start, one.end) == (other.start, other.end)


def compared(
    metric: Metric, now: Sequence[Value], then: Sequence[Value], request: Request, place: Place
) -> list[Comparison]:
    """The values beside what they are held against."""
    if request.against == "target":
        file, catalog = place.engine.company.file, place.engine.catalog
        return [
            one
            for value in now
            for one in with_target([value], target_for(metric, value, file, catalog), metric.direction)
        ]
    return with_earlier(now, then)


def words(metric: Metric, one: Comparison, request: Request, place: Place) -> str:
    """How a value stands to what it is held against.

    Nothing for a running period and for a cohort that may still change: part of one against a whole one would mislead.
    """
    currency = place.engine.company.file.currency
    if request.against == "target":
        engine = place.engine
        return _to_target(
            metric, one, currency, engine.catalog, declared=metric.id in engine.company.file.targets
        )
    if one.change is None or one.other is None or not is_final(one.value):
        return _beside(metric, one, request, currency) if request.against is not None else ""
    beside = f" ({value_words(one.other, metric.unit, currency)})" if _is_named(one.other, request) else ""
    return f", {change_words(one.change, one.other.value, metric.unit, currency)} against {one.other.period}{beside}"


def _is_named(other: Value, request: Request) -> bool:
    """Whether a value is of the other of two periods that were named: it is told with its figure."""
    return isinstance(request.against, Period) and request.against == other.period


def _beside(metric: Metric, one: Comparison, request: Request, currency: str) -> str:
    """The value of the other period where nothing can be told between the two: named, or asked for and without one."""
    if one.other is None:
        return ""
    lacking = one.other.value is None and one.value.value is not None and is_final(one.value)
    told = lacking or _is_named(one.other, request)
    return f"; {one.other.period}: {value_words(one.other, metric.unit, currency)}" if told else ""


def rests_on(one: Comparison, request: Request) -> tuple[Value, ...]:
    """The value that a change is counted from, or that stands beside, where one is shown: it has a receipt too."""
    if one.other is None or one.other.value is None:
        return ()
    counted_from = one.change is not None and is_final(one.value)
    return (one.other,) if counted_from or _is_named(one.other, request) else ()


def _to_target(metric: Metric, one: Comparison, currency: str, catalog: Catalog, *, declared: bool) -> str:
    if one.value.status is Status.SUPPRESSED:
        return ""
    if one.target is None:
        if not declared:
            return "; company.toml declares no target for it"
        if is_part(one.value, catalog):
            return f"; {one.value.period} is not over, so its target is not held against it"
        share = is_share(metric, one.value, catalog)
        return f"; its target is for {'the whole company' if share else 'periods of another length'}"
    if one.verdict is None:
        return ""
    return f", target {target_words(one.target, metric.unit, currency)}: {_verdict(metric, one, currency)}"


def _verdict(metric: Metric, one: Comparison, currency: str) -> str:
    """Whether a target is met, judged on what is shown, as in lists: what looks equal is."""
    target, words = one.target, {"met": "reached", "missed": "missed"}
    if target is None or one.verdict is None:
        return ""
    bounds = [bound for bound in (target.value, target.low, target.high) if bound is not None]
    same = shown(one.value.value, metric.unit, currency) in {shown(b, metric.unit, currency) for b in bounds}
    if target.value is not None:
        return "reached" if same else words.get(one.verdict, f"{one.verdict} it")
    inside = same or one.verdict == "within"
    if target.low is None or target.high is None:
        return "reached" if inside else "missed"
    return "within the band" if inside else f"{one.verdict} the band"
