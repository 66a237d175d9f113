"""Why a metric changed: what each group did to it, computed, never guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial

from bot.model import Request
from bot.replies.against import other
from bot.replies.by_method import asked_as, wanted
from bot.replies.draft import Draft, Place, refuse_persons
from bot.replies.leaving_out import said_of, without
from bot.replies.origin import came_from
from bot.replies.splits import names_of, splits
from metrics.advice.words import spoken
from metrics.display import change_words, shown, value_words
from metrics.engine import Ask
from metrics.engine.changes.contribution import Contributions, UnsplitError, contributions
from metrics.engine.changes.split import Effect
from metrics.engine.changes.telling import most_telling
from metrics.engine.evaluation.receipt import decimal
from metrics.lists.growing import beside_all, is_part
from metrics.lists.wanted import default_period
from metrics.model import Metric
from metrics.values import Value

MOVED = (
    r"f[ae]ll\w*|drop\w*|r[io]s(?:e|en|ing)|ros\w+|gr[eo]w\w*|increas\w*|decreas\w*|declin\w*|chang\w*|mov(?:e|ed)|"
    r"jump\w*|dip\w*|spik\w*|slump\w*|worse\w*|better|improv\w*|slip\w*|shr[aiu]nk\w*|down|up|lower|higher"
)
WHY = r"why|what (?:drove|caused|explains|explained|is behind|was behind|moved)|explain"
ASKS_WHY = re.compile(rf"\b(?:{WHY})\b.*\b(?:{MOVED})\b", re.IGNORECASE | re.DOTALL)
LARGEST = 5
"""How many groups are named one by one."""


def asks_why(request: Request, text: str) -> bool:
    """Whether a question about one metric asks for the reason of a change."""
    return len(request.metrics) == 1 and bool(ASKS_WHY.search(text))


def reply(request: Request, place: Place) -> Draft:
    """The change of a metric against the period before, or the one that was named, and what each group did to it.

    Raises:
        UserError: the metric cannot be filtered as asked.
    """
    named, request = request.only, replace(request, only={})
    metric = wanted(request.metrics[0], request, place)
    period = request.period or default_period(place.engine, place.as_of)
    filters = place.engine.resolved(metric.id, {name: [value] for name, value in request.filters.items()})
    ask = Ask(asked_as(metric, place), period, filters=filters, usual_window=request.period is None)
    ask = without(ask, request, place)
    before = other(ask, request, place)
    found, why_not = _split(ask, before, request.dimension, place)
    if found is not None and is_part(found.now, place.engine.catalog):
        found, why_not = None, f"{period} is not over, and part of it beside all of {before.period} misleads"
    if found is None:
        return _unexplained(metric, [ask, before], why_not, request, place)
    body = "\n".join([_headline(metric, found, place), *_lines(metric, found, place)])
    names = {"ratio": "rate: the group itself changed; mix: it became a larger or smaller part of the whole."}
    return Draft(
        title=f"Why {spoken(metric.name)} changed: {place.engine.company.file.name}, {found.now.period}",
        body=body,
        values=found.values,
        notes=(
            *said_of([metric], request, place),
            f"{metric.name} = {metric.formula}.",
            f"Before they are rounded the effects add up to the change exactly; {names[found.kind]}"
            if found.kind in names
            else "Before they are rounded the effects add up to the change exactly.",
            "This says where it changed, not what caused it.",
            *filter(None, (beside_all(found.now, found.before),)),
            *(["All groups are shown: together they make up the change."] if named else []),
            *_not_further(request, place),
            place.when.note,
        ),
        suggestions=_suggestions(metric, found),
    )


def _not_further(request: Request, place: Place) -> list[str]:
    """Said where a change was to be split twice."""
    _, by = splits(request)
    if not by[1:]:
        return []
    first, second = (names_of((one,), place) for one in by)
    return [f"A change is split by one dimension: this is by {first}; ask for it by {second} as well."]


def _split(ask: Ask, before: Ask, dimension: str | None, place: Place) -> tuple[Contributions | None, str]:
    """The split by the dimension that was named, else by the one that says most."""
    engine, day = place.engine, place.as_of
    known = engine.catalog.dimensions
    split: Callable[..., Contributions | None] = partial(contributions, reader=place.reader)
    try:
        if dimension is None or dimension not in known:
            split = most_telling
        else:
            refuse_persons(known[dimension], place)
            ask = replace(ask, by=(dimension,))
        found = split(engine, ask, before, day, today=place.when.today)
    except UnsplitError as error:
        return None, str(error)
    return found, "no dimension splits its change exactly"


def _headline(metric: Metric, found: Contributions, place: Place) -> str:
    by = " and ".join(place.engine.catalog.dimensions[name].name.lower() for name in found.by)
    return f"{_moving(metric, found, place.engine.company.file.currency)}\n\nBy {by}:"


def _moving(metric: Metric, found: Contributions, currency: str) -> str:
    """How the metric moved and where that came from; a change that is none as it is shown is told as that."""
    change = change_words(decimal(found.change), found.before.value, metric.unit, currency)
    now, then = (value_words(value, metric.unit, currency) for value in (found.now, found.before))
    if not any(digit in change for digit in "123456789"):
        said = "did not change" if found.change == 0 else f"hardly changed ({change})"
        return f"{metric.name} {said}: {then} in {found.before.period}, {now} in {found.now.period}."
    moved = "rose" if found.change > 0 else "fell"
    return (
        f"{metric.name} {moved} from {then} in {found.before.period} to {now} in {found.now.period} ({change}). "
        f"{came_from(found)}"
    )


def _lines(metric: Metric, found: Contributions, place: Place) -> list[str]:
    """The largest effects one by one, the others together."""
    values = {tuple(value.group.values()): value for value in found.groups_now}
    old = {tuple(value.group.values()): value for value in found.groups_before}
    lines = []
    for effect in found.effects[:LARGEST]:
        key = tuple(effect.group.values())
        words = _effect(metric, found, effect, place) + _moved(metric, old.get(key), values.get(key), place)
        lines.append(f"  {' / '.join(key)}: {words}")
    rest = found.effects[LARGEST:]
    if rest:
        total = sum((effect.total for effect in rest[1:]), rest[0].total)
        lines.append(f"  the other {len(rest)} together: {_shown(metric, total, place)}")
    return lines


def _effect(metric: Metric, found: Contributions, effect: Effect, place: Place) -> str:
    total = _shown(metric, effect.total, place)
    if found.kind == "sum":
        return total
    return f"{total} (rate {_shown(metric, effect.rate, place)}, mix {_shown(metric, effect.mix, place)})"


def _moved(metric: Metric, then: Value | None, now: Value | None, place: Place) -> str:
    """The group's own values, where both may be shown."""
    currency = place.engine.company.file.currency
    if then is None or now is None or then.value is None or now.value is None:
        return ""
    before, after = shown(then.value, metric.unit, currency), value_words(now, metric.unit, currency)
    return f"; its own value went from {before} to {after}"


def _shown(metric: Metric, part: Fraction, place: Place) -> str:
    points = "pp" if metric.unit == "percent" else metric.unit
    return shown(decimal(part), points, place.engine.company.file.currency, signed=True)


def _unexplained(metric: Metric, asks: Sequence[Ask], why_not: str, request: Request, place: Place) -> Draft:
    """Both values, and why their difference has no split."""
    [now], [then] = place.compute(asks)
    currency = place.engine.company.file.currency
    lines = [f"{value.period}: {value_words(value, metric.unit, currency)}" for value in (then, now)]
    unmoved = now.value is not None and now.value == then.value
    reason = "It did not change." if unmoved else f"Why it changed cannot be computed: {why_not.rstrip('.')}."
    comparable = now.value is not None and then.value is not None
    running = beside_all(now, then) if comparable and "is not over" not in reason else ""
    return Draft(
        title=f"{metric.name}: {place.engine.company.file.name}, {now.period}",
        body=f"{metric.name}, {'; '.join(lines)}.\n{reason}",
        values=(now, then),
        notes=(
            *said_of([metric], request, place),
            f"{metric.name} = {metric.formula}.",
            *filter(None, (running,)),
            place.when.note,
        ),
        suggestions=(f"{spoken(metric.name)} by month", f"What is {spoken(metric.name)}?"),
    )


def _suggestions(metric: Metric, found: Contributions) -> tuple[str, ...]:
    name = spoken(metric.name)
    return (f"{name} by {found.by[0].replace('_', ' ')}", f"{name} by month", f"What is {name}?")
