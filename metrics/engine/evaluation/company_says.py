"""What a company says in `company.toml` that a value rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from metrics.definition import Declared, Test, column_paths
from metrics.engine.asking.kept import way
from metrics.engine.asking.leaves import Frame, Leaf
from metrics.engine.asking.needs import figures
from metrics.folder.company_file import CompanyFile, ExternalFigure
from metrics.model import Catalog, Metric

DIMENSIONS, VALUES = "dimensions.", "values."
"""How the place of a dimension, and of a column's words, in `company.toml` begins."""


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


def own_words(
    company: CompanyFile, catalog: Catalog, leaves: Sequence[Leaf], names: Sequence[str]
) -> dict[str, str]:
    """The company's own words in columns that a value looks at, as text by their place in `company.toml`.

    ``names`` are those of the dimensions that it is split or filtered by.
    """
    if not company.values:
        return {}
    looked = dict.fromkeys(_looked_at(catalog, leaves, names))
    words = {path: company.meant(*path.split(".")) for path in looked}
    return {
        f"{VALUES}{path}": ", ".join(f"{own} = {known}" for own, known in sorted(meant.items()))
        for path, meant in words.items()
        if meant
    }


def _looked_at(catalog: Catalog, leaves: Sequence[Leaf], names: Sequence[str]) -> Iterator[str]:
    """The columns that the parts of a value look at, each with its table."""
    for measure in (measure for leaf in leaves for measure in leaf.measures):
        yield from catalog.tables[measure.table].reads
        ways = (way(catalog, measure.table, name) for name in names)
        for path in (*filter(None, ways), *(path for paths in column_paths(measure) for path in paths)):
            last = path.rpartition(">")[2]
            yield last if "." in last else f"{measure.table}.{last}"


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
