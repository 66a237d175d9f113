"""Advice as text: the verdict first, then the reasons with their rules, then the metrics with their values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.model import DEFAULT_ROLE, Request
from bot.replies.draft import Draft, Place, explained
from metrics.advice import Advice, Inquiry, Listing, Use, advise, settled
from metrics.display import change_words, target_words, value_words
from metrics.errors import UserError
from metrics.scorecard import Row
from metrics.values import Value

MOST = 7
"""Metrics of one list that are named; the JSON has all of them."""


def reply(request: Request, place: Place) -> Draft:
    """What the rules and the company's values say to a question about metrics.

    Raises:
        UserError: no metric was named that is known, and the question needs one.
    """
    inquiry = inquiry_of(request)
    if inquiry.topic == "primary" and not (inquiry.metrics or inquiry.unknown):
        raise UserError("Name the metric, for example: is bounce rate a good primary metric?")
    found = advise(place.engine, inquiry, place.as_of, today=place.when.today, taught=place.taught)
    values = _values(found)
    nearest = tuple(place.engine.catalog.metric(one).name for one in request.alternatives)
    near = (f"Nearest that I know: {', '.join(nearest)}.",) if nearest and not inquiry.metrics else ()
    return Draft(
        title=_title(found, inquiry, place),
        body="\n".join(_lines(found, values, place)),
        values=values,
        behind=_behind(found.rows),
        advice=found,
        rules=found.rules,
        notes=(*near, *found.notes, *_explains(found, place), place.when.note),
        suggestions=_next(found, inquiry, place, nearest),
    )


def inquiry_of(request: Request) -> Inquiry:
    """A request as the engine understands it; without a topic it asks whether the metric is a good one."""
    return Inquiry(
        topic=request.topic or "primary",
        metrics=request.metrics,
        role=request.role or (None if request.metrics or request.goal or request.matter else DEFAULT_ROLE),
        other_role=request.other_role,
        matter=request.matter,
        goal=request.goal,
        stage=request.stage,
        business_model=request.business_model,
        percent=request.percent,
        period=request.period,
        unknown=request.unknown,
    )


def _values(found: Advice) -> tuple[Value, ...]:
    """The values shown, in the order of the rows, then the history behind a target."""
    history = found.kpi.history if found.kpi and found.kpi.proposed else ()
    rows = tuple(row.value for row in found.rows)
    return (*rows, *(value for value in history if value not in rows))


def _behind(rows: tuple[Row, ...]) -> tuple[Value, ...]:
    """What the figures beside the values rest on: earlier values, and the response rates of surveys."""
    known = [row for row in rows if row.value.value is not None]
    earlier = [row.previous for row in known if row.previous is not None and settled(row.value)]
    rates = [row.response for row in known if row.response is not None and row.response.value is not None]
    return (*earlier, *rates)


TITLES = {
    "primary": "a metric to steer by?",
    "reward": "a metric to judge people by?",
    "promise": "is that good news?",
    "programme": "does the programme work?",
    "measure": "what to measure",
    "tiers": "owned and impacted",
    "single": "the one metric",
    "drives": "does one drive the other?",
    "kpi": "KPI and OKR",
    "guards": "what keeps it honest",
    "record": "what to record",
    "shared": "side by side",
    "change": "what would change",
}


def _title(found: Advice, inquiry: Inquiry, place: Place) -> str:
    names = ", ".join(place.engine.catalog.metric(one).name for one in inquiry.metrics)
    names = names or (repr(inquiry.unknown) if inquiry.unknown and found.topic != "programme" else "")
    return f"{names}: {TITLES[found.topic]}" if names else _capital(TITLES[found.topic])


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lines(found: Advice, values: tuple[Value, ...], place: Place) -> Iterator[str]:
    yield found.headline
    for reason in found.reasons:
        yield f"• {reason.words}{f' ({reason.rule})' if reason.rule else ''}"
    numbered = {value.metric: number for number, value in reversed([*enumerate(values, 1)])}
    rows = {row.metric.id: row for row in found.rows}
    for listing in found.listings:
        if listing.uses:
            yield ""
            yield f"{listing.heading}:"
            yield from (_line(use, rows, numbered, place) for use in listing.uses[:MOST])
            yield from _more(listing)
    if found.kpi and found.kpi.levers:
        levers = " and ".join(place.engine.catalog.metric(one).name for one in found.kpi.levers)
        yield ""
        yield f"OKR: move {levers}; its key result is the KPI above."


def _more(listing: Listing) -> Iterator[str]:
    if len(listing.uses) > MOST:
        yield f"  and {len(listing.uses) - MOST} more"


def _line(use: Use, rows: Mapping[str, Row], numbered: Mapping[str, int], place: Place) -> str:
    """One metric: its value with the number of its receipt, how it moved, its target, and what it is named for."""
    name = place.engine.catalog.metric(use.metric).name
    why = f"; {use.why}" if use.why else ""
    rule = f" ({use.rule})" if use.rule else ""
    row = rows.get(use.metric)
    if row is None:
        return f"  {name}{why}{rule}"
    return f"  {name}: {_figures(row, numbered, place)}{why}{rule}"


def _figures(row: Row, numbered: Mapping[str, int], place: Place) -> str:
    currency = place.engine.company.file.currency
    words = value_words(row.value, row.metric.unit, currency)
    if row.value.value is None:
        return words
    previous = row.previous.value if row.previous else None
    change = (
        change_words(row.change, previous, row.metric.unit, currency)
        if previous is not None and settled(row.value)
        else ""
    )
    moved = f", {change} against {row.previous.period}" if change and row.previous else ""
    aim = f", target {target_words(row.target, row.metric.unit, currency)}" if row.target else ""
    return f"{words} in {row.value.period} [{numbered[row.metric.id]}]{moved}{aim}"


def _explains(found: Advice, place: Place) -> tuple[str, ...]:
    """Which rules had a part, and where one can be read in full."""
    told = [reason.rule for reason in found.reasons] + [u.rule for one in found.listings for u in one.uses]
    rules = list(dict.fromkeys(rule for rule in told if rule))
    if not rules:
        return ()
    return (f"Rules that had a part: {', '.join(rules)}; {explained(rules, place)}",)


def _next(found: Advice, inquiry: Inquiry, place: Place, nearest: tuple[str, ...]) -> tuple[str, ...]:
    """What to ask next: only what is understood."""
    catalog = place.engine.catalog
    names = [catalog.metric(one).name for one in (*found.steer, *found.named)] or ["Win rate"]
    first = next((name for name in names), "Win rate")
    asked = [catalog.metric(one).name for one in inquiry.metrics]
    about = {
        "kpi": (f"{(asked or names)[0]} by quarter", f"What guards {(asked or names)[0]}?"),
        "guards": (
            f"Turn {(asked or names)[0]} into a KPI",
            f"Is {(asked or names)[0]} a good primary metric?",
        ),
        "record": (f"{(asked or names)[0]} by quarter", f"What guards {(asked or names)[0]}?"),
        "drives": tuple(f"{name} by quarter" for name in asked[:2]),
        "shared": (f"Top 15 metrics for the {catalog.role(found.role).name}",),
        "tiers": (f"Turn {first} into a KPI", f"What guards {first}?"),
        "change": (f"Top 15 metrics for the {catalog.role(found.role).name}",),
    }.get(found.topic, (f"{first} by quarter", f"Turn {first} into a KPI for next quarter"))
    near = tuple(f"Is {name} a good primary metric?" for name in nearest[:1]) if inquiry.unknown else ()
    return (*near, *about)
