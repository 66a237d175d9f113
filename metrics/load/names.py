"""Whether everything that entries of the catalog call by name exists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from metrics.balance import Shares, clash
from metrics.definition import MetricValue
from metrics.load.columns import Problem, check_dimension, check_table
from metrics.load.measures import check_expressions, computed, expressions
from metrics.load.mistakes import nearest
from metrics.load.rules import check_rule
from metrics.model import Adjustment, Dimension, Goal, Metric, Role, Rule, Substitution, Table

Shelved = Mapping[str, Mapping[str, Any]]
"""Kind -> name -> entry's content."""


def problems(item: Any, catalog: Shelved) -> Iterator[Problem]:
    """What one entry says that the rest of the catalog does not bear out."""
    if isinstance(item, Table):
        yield from check_table(catalog["table"], item)
    elif isinstance(item, Dimension):
        yield from check_dimension(catalog["table"], item)
    elif isinstance(item, Metric):
        yield from check_expressions(catalog["table"], item)
        yield from _metric(item, catalog)
    elif isinstance(item, Role):
        yield from _role(item, catalog)
    elif isinstance(item, Rule):
        yield from _known("source", catalog, _listed(("source",), item.source))
        yield from check_rule(item, catalog["metric"], catalog["role"])
    elif isinstance(item, Adjustment):
        yield from _known("metric", catalog, ((("metrics", name), name) for name in item.metrics))
        yield from _known("metric", catalog, _listed(("not_primary",), item.not_primary))
    elif isinstance(item, Goal):
        yield from _known("metric", catalog, ((("metrics", name), name) for name in item.metrics))
        yield from _known("metric", catalog, _listed(("primary",), item.primary))
        yield from _known("metric", catalog, _listed(("not_primary",), item.not_primary))
        yield from _weighed(item.dimensions, catalog)
    elif isinstance(item, Substitution):
        yield from _substitution(item, catalog)


def pairs(found: Any, catalog: Shelved) -> Iterator[Problem]:
    """Complements are two different metrics of the catalog."""
    for position, pair in enumerate(found):
        yield from _known("metric", catalog, _listed(("complements", position), [str(name) for name in pair]))
        if pair[0] == pair[1]:
            yield ("complements", position), f"{pair[0]!r} is paired with itself"


def _listed(loc: tuple[str | int, ...], names: Iterable[str]) -> Iterator[Problem]:
    return (((*loc, position), name) for position, name in enumerate(names))


def _known(kind: str, catalog: Shelved, named: Iterable[Problem]) -> Iterator[Problem]:
    """Those of the named things that there are not."""
    for loc, name in named:
        if name not in catalog[kind]:
            yield loc, f"unknown {kind} {name!r}{nearest(name, catalog[kind])}"


def _metric(metric: Metric, catalog: Shelved) -> Iterator[Problem]:
    yield from _known("source", catalog, _listed(("sources",), metric.sources))
    for key in ("required", "companions"):
        names = getattr(metric.counters, key)
        yield from _known("metric", catalog, _listed(("counters", key), names))
        if metric.id in names:
            yield ("counters", key), "a metric is not its own counter"
    weighed = _weighed_dimensions(catalog)
    if weighed and metric.dimension not in weighed:
        yield ("dimension",), f"unknown dimension {metric.dimension!r}{nearest(metric.dimension, weighed)}"
    for start, expression in computed(metric):
        for loc, inner in expressions(expression, start):
            if isinstance(inner, MetricValue):
                yield from _measured((*loc, "metric"), inner.metric, catalog)
    yield from _variants(metric, catalog)
    if circle := _circle(metric.id, catalog["metric"], ()):
        yield ("numerator",), f"it is computed from itself: {' > '.join(circle)}"


def _measured(loc: tuple[str | int, ...], name: str, catalog: Shelved) -> Iterator[Problem]:
    """A metric, or one of its variants as ``metric.variant``, that another one takes the value of."""
    whole, dot, variant = name.partition(".")
    yield from _known("metric", catalog, [(loc, whole)])
    if dot and whole in catalog["metric"]:
        ids = [one.id for one in catalog["metric"][whole].variants]
        if variant not in ids:
            yield loc, f"unknown variant {variant!r} of {whole}{nearest(variant, ids)}"


def _weighed_dimensions(catalog: Shelved) -> set[str]:
    return {name for stage in catalog["stage"].values() for name in stage.dimensions}


def _weighed(dimensions: Iterable[str], catalog: Shelved) -> Iterator[Problem]:
    known = _weighed_dimensions(catalog)
    for name in dimensions:
        if known and name not in known:
            yield ("dimensions", name), f"unknown dimension {name!r}{nearest(name, known)}"


def _variants(metric: Metric, catalog: Shelved) -> Iterator[Problem]:
    ids = [metric.method, *(variant.id for variant in metric.variants)]
    for position, variant in enumerate(metric.variants):
        sources = _listed(("variants", position, "sources"), variant.sources)
        yield from _known("source", catalog, sources)
        if ids.index(variant.id) != position + 1:
            yield ("variants", position), f"the variant {variant.id!r} stands twice"
    for position, name in enumerate(metric.beside):
        if name not in ids[1:]:
            yield ("beside", position), f"unknown variant {name!r}{nearest(name, ids)}"


def _circle(name: str, metrics: Mapping[str, Metric], above: tuple[str, ...]) -> tuple[str, ...]:
    """The way from a metric back to itself through those it is computed from, if there is one.

    Of what it takes a variant of, every variant is looked into.
    """
    name, _, variant = name.partition(".")
    if name in above:
        return (*above, name) if name == above[0] else ()
    for loc, expression in computed(metrics[name]) if name in metrics else ():
        for _, inner in expressions(expression) if variant or loc[0] != "variants" else ():
            if isinstance(inner, MetricValue) and (found := _circle(inner.metric, metrics, (*above, name))):
                return found
    return ()


def _role(role: Role, catalog: Shelved) -> Iterator[Problem]:
    names = [place.metric for place in role.ranked]
    yield from _known("metric", catalog, ((("ranked", i, "metric"), name) for i, name in enumerate(names)))
    yield from _known("metric", catalog, _listed(("diagnostics",), role.diagnostics))
    for position, name in enumerate(names):
        if names.index(name) != position:
            yield ("ranked", position), f"{name!r} stands twice in the list"
        elif name in role.diagnostics:
            yield ("ranked", position), f"{name!r} is a diagnostic of this role and cannot be ranked"
    if n := clash(Shares(role.people_share, role.business_share)):
        shares = f"{role.people_share} % people and {role.business_share} % business"
        yield ("people_share",), f"{shares} do not fit in {n} places"


def _substitution(item: Substitution, catalog: Shelved) -> Iterator[Problem]:
    metrics = catalog["metric"]
    yield from _known("metric", catalog, _listed(("add",), item.add))
    for old, new in item.replace.items():
        missing = [*_known("metric", catalog, [(("replace", old), old), (("replace", old), new)])]
        yield from missing
        if not missing and metrics[old].side != metrics[new].side:
            yield ("replace", old), f"{old} is {metrics[old].side}, {new} is {metrics[new].side}"
