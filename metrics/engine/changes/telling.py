"""Which split of a change says most: one dimension after the other is tried."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from metrics.engine.asking.ask import Ask
from metrics.engine.changes.contribution import Contributions, NoChangeError, UnsplitError, contributions
from metrics.engine.compute import Engine
from metrics.engine.queries.rows import NoPathError
from metrics.errors import GuardedError
from metrics.privacy import OffLatticeError

EXPLAINING = (
    "segment",
    "department",
    "channel",
    "product",
    "opp_type",
    "revenue_type",
    "cost_line",
    "movement_type",
)
"""The dimensions that are tried, in this order, where none is named."""
MOST_GROUPS = 12


def most_telling(
    engine: Engine,
    ask: Ask,
    before: Ask,
    as_of: date,
    *,
    today: date | None = None,
) -> Contributions | None:
    """The split of a change that says most, among the dimensions that a metric knows; None if there is none.

    That is the one in which a single group did most to it beyond its own share of the whole.

    Raises:
        NoChangeError: a value is missing.
        CompanyError: the warehouse refuses a query, or took too long.
    """
    best: tuple[Fraction, Contributions] | None = None
    for dimension in EXPLAINING:
        if dimension not in engine.catalog.dimensions or not engine.reaches(ask.metric, dimension):
            continue
        try:
            found = contributions(engine, replace(ask, by=(dimension,)), before, as_of, today=today)
        except NoChangeError:
            raise
        except (UnsplitError, OffLatticeError, GuardedError, NoPathError):
            continue
        if not 1 < sum(effect.share != 0 for effect in found.effects) <= MOST_GROUPS:
            continue
        way = 1 if found.change >= 0 else -1
        telling = max(way * (effect.total - effect.share * found.change) for effect in found.effects)
        if best is None or telling > best[0]:
            best = (telling, found)
    return best[1] if best else None
