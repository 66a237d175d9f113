"""What a company says in `company.toml` that a value rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from metrics.company_file import CompanyFile, ExternalFigure
from metrics.definition import Declared, Test
from metrics.engine.leaves import Frame, Leaf
from metrics.engine.needs import figures
from metrics.model import Catalog, Metric

DIMENSIONS = "dimensions."
"""How the place of a dimension in `company.toml` begins."""


def declared(
    metric: Metric, frame: Frame, leaves: Sequence[Leaf], settings: Mapping[str, Any]
) -> dict[str, str]:
    """Settings and figures from outside that a value rests on, as text by their place in `company.toml`.

    ``leaves`` are all that the value is computed from.
    """
    names = dict.fromkeys(_settings(frame.catalog, leaves)) if settings else ()
    outside = dict.fromkeys(figures(metric, frame)) if frame.external else ()
    return {f"settings.{name}": _text(settings[name]) for name in names if name in settings} | {
        f"external.{name}": _figure(frame.external[name]) for name in outside if name in frame.external
    }


def own_dimensions(company: CompanyFile, names: Iterable[str]) -> dict[str, str]:
    """The columns of those dimensions that are a company's own, as text by their place in `company.toml`."""
    own = {name: company.dimensions[name].places for name in names if name in company.dimensions}
    return {
        f"{DIMENSIONS}{name}": ", ".join(f"{table}.{column}" for table, column in places)
        for name, places in own.items()
    }


def _settings(catalog: Catalog, leaves: Sequence[Leaf]) -> Iterator[str]:
    for measure in (measure for leaf in leaves for measure in leaf.measures):
        yield from catalog.tables[measure.table].settings_of(measure)
        tests = [test for where in (measure.where, *measure.any_of) for test in where.values()]
        lengths = [measure.mature_days, *(test.within_days for test in tests if isinstance(test, Test))]
        yield from (length.setting for length in lengths if isinstance(length, Declared))


def _figure(figure: ExternalFigure) -> str:
    return f"{figure.value:f} a {figure.per}" if figure.per else f"{figure.value:f}"


def _text(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
