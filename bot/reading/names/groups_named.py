"""Which of the company's groups a question names beside metrics and roles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.reading.context.around import Around
from bot.reading.names.filters import Filtered, filtered
from bot.reading.names.group_words import may_be_little
from bot.reading.names.metrics_named import (
    MetricsRead,
)
from bot.reading.names.roles import led
from bot.reading.words.cues import OF_METRICS
from bot.reading.words.lexicon import Lexicon
from bot.reading.words.mentions import Mention
from bot.reading.words.spelling import UNDERSTOOD
from bot.reading.words.text import Word, key
from metrics.definition import Entities, Expression, Measure, MetricValue, parts
from metrics.model import Catalog

NEW = re.compile(
    r"\bnew (?:business|deals?|logos?|opportunit(?:y|ies)|vs\.?|versus)\b|\b(?:vs\.?|versus) new\b"
)
"""An ordinary word that is a group's name where it stands like one."""

ABOUT_VALUES = frozenset({"value", "trend", "comparison"})


def groups_named(
    asked: str,
    spelt: list[Word],
    metrics: list[Mention],
    roles: list[Mention],
    named: MetricsRead,
    names: Lexicon,
    catalog: Catalog,
    around: Around,
    typed: str,
) -> Filtered:
    """The groups that are named. What is also a role's name is a group where values are asked for."""
    last = around.thread.last
    of_values = bool(named.ids or named.unclear or (last and last.kind in ABOUT_VALUES))
    of_values = of_values and not OF_METRICS.search(asked)
    taken = [*metrics, *([] if of_values else roles)]
    left = [word for word in spelt if not any(m.start <= word.start < m.end for m in taken)]
    led_by_somebody = not roles and OF_METRICS.search(asked) and not of_values and led(asked, names)
    if led_by_somebody or (
        not NEW.search(asked)
        and not may_be_little(typed)
        and all(word.text in UNDERSTOOD or not word.text.isalpha() for word in left)
    ):
        return Filtered()
    found = filtered(
        asked,
        spelt,
        taken,
        around.groups(),
        names=names,
        catalog=catalog,
        of_values=of_values,
        own=_own(named, catalog),
        typed=typed,
        of_people=any(catalog.metrics[one].side == "people" for one in named.ids),
        tables=_counted(named.ids or (last.metrics if last else ()), catalog),
    )
    return replace(found, several=None) if roles and not of_values else found


def _counted(ids: Iterable[str], catalog: Catalog) -> frozenset[str]:
    """The tables of which the metrics count rows."""
    metrics = [catalog.metrics[one] for one in ids if one in catalog.metrics]
    rows = [part for metric in metrics for part in (metric.numerator, metric.denominator) if part is not None]
    return frozenset(table for part in rows for table in _tables(part, catalog))


def _tables(expression: Expression, catalog: Catalog) -> Iterator[str]:
    match expression:
        case Measure():
            yield expression.table
        case Entities():
            yield from (one.table for one in expression.inputs.values())
        case MetricValue():
            yield from _tables(catalog.metric(expression.metric).numerator, catalog)
        case _:
            for part in parts(expression):
                yield from _tables(part, catalog)


def _own(named: MetricsRead, catalog: Catalog) -> frozenset[str]:
    """The words of all names of the metrics."""
    metrics = [catalog.metrics[one] for one in named.ids]
    return frozenset(
        word for m in metrics for name in (m.name, *m.synonyms, m.id.replace("_", " ")) for word in key(name)
    )
