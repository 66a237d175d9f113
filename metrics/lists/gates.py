"""A company's own values -> the gates that change an order (R19, R24). A value that is missing opens none.

Only a company's declared targets make a gate: `[targets]` of company.toml, for the metrics that the rules watch.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from metrics.balance import Gates, parameters
from metrics.balance.parameters import Leaky, Primary
from metrics.engine import Ask, Engine
from metrics.lists.holding import holds
from metrics.model import Catalog
from metrics.privacy import INSIDE
from metrics.standing import reaches, stands
from metrics.values import Status, Value

BACK = 2
"""Quarters that are looked at for a leak: the last one, or where its cohorts are too young the one before."""


def gates_of(engine: Engine, as_of: date, *, today: date | None = None) -> Gates:
    """The gates of a company as of a day, from the newest quarters that are over: the same for whoever asks.

    Raises:
        CompanyError: the warehouse refuses a query.
    """
    held, watched = _watched(engine)
    periods = max([*held.values(), BACK if watched else 0])
    last = engine.company.calendar.last_complete("quarter", as_of)
    names = [*dict.fromkeys([*held, *watched])]
    asks = [Ask(name, last.shifted(-back), usual_window=True) for name in names for back in range(periods)]
    if not asks:
        return Gates()
    found: dict[str, list[bool | None]] = {name: [] for name in names}
    for values in engine.compute(asks, as_of, today=today, reader=INSIDE):
        found[values[0].metric].append(_reached(engine, values[0]))
    leaks = tuple(name for name in watched if _newest(found[name][:BACK]) is False)
    engaged = bool(held) and all(_all(found[name][:least]) for name, least in held.items())
    return Gates(engaged=engaged, leaks=leaks)


def _newest(reaches: Sequence[bool | None]) -> bool | None:
    """The newest judgement there is: the cohorts of the last quarter may still be too young for one."""
    return next((one for one in reaches if one is not None), None)


def watching(catalog: Catalog, targets: Collection[str]) -> list[str]:
    """The rules by which a company with targets for these metrics gets an order that its values change."""
    return [
        rule.id
        for rule in catalog.rules.values()
        if isinstance(read := parameters(rule), Primary | Leaky) and not set(read.watched).isdisjoint(targets)
    ]


def _watched(engine: Engine) -> tuple[dict[str, int], list[str]]:
    """The metrics with a target that open the gate of a stage, each with its periods, and those that leak."""
    held: dict[str, int] = {}
    watched: list[str] = []
    targets = engine.company.file.targets
    for rule in engine.catalog.rules.values():
        match parameters(rule):
            case Primary(watched=names, periods=periods):
                held |= {name: periods for name in names if name in targets}
            case Leaky(watched=names):
                watched += [name for name in names if name in targets]
    return held, watched


def _reached(engine: Engine, value: Value) -> bool | None:
    """Whether a value reaches its target; None where there is none to judge by, or it tells nothing."""
    if value.value is None or value.status is not Status.OK:
        return None
    metric, setting = engine.catalog.metric(value.metric), engine.company.file.targets[value.metric]
    if not holds(setting, metric, value.period, engine.catalog):
        return None
    return reaches(stands(value.value, setting), setting, metric.direction)


def _all(reaches: Sequence[bool | None]) -> bool:
    return bool(reaches) and all(one is True for one in reaches)
