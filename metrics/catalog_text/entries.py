"""One metric, role or rule in full, as plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import fill

from metrics.catalog_text.declared import all_needs, declarations
from metrics.catalog_text.lines import LABEL, WIDTH, facts, plain
from metrics.catalog_text.looks import looks_at
from metrics.catalog_text.reads import canonical, columns
from metrics.catalog_text.splits import dimensions
from metrics.errors import UnknownNameError
from metrics.model import Catalog, Metric, Rule, RuleExample
from metrics.privacy import INSIDE, of_metric
from metrics.privacy.thresholds import least

PHRASINGS = 5
"""So many of the ways to ask for a metric are shown."""
BETTER = {"up": "more is better", "down": "less is better", "band": "best inside a band"}


def metric_text(catalog: Catalog, metric_id: str) -> str:
    """Everything about one metric: what it means, how it is computed, what guards it, how far to trust it.

    Raises:
        UnknownNameError: there is no such metric.
    """
    metric = catalog.metric(metric_id)
    unit = f"{metric.unit}, {BETTER[metric.direction]}"
    head = [
        metric.side,
        metric.dimension.replace("_", " "),
        unit,
        f"{metric.timing} {metric.kind}",
        metric.tier,
    ]
    rows = [
        ("Formula", metric.formula),
        ("Method", f"{metric.method}: {metric.method_name}" if metric.method_name else ""),
        *_variants(catalog, metric),
        ("Shown with it", ", ".join(metric.beside)),
        ("Reads", "; ".join(f"{table}: {', '.join(n)}" for table, n in columns(catalog, metric).items())),
        ("company.toml", ", ".join(declarations(catalog, metric))),
        ("Tables", ", ".join(canonical(catalog, metric))),
        ("Split by", ", ".join(dimensions(catalog, metric))),
        ("Looks at", looks_at(metric)),
        ("Fewest people", _fewest(catalog, metric_id)),
        ("Needs first", " or ".join(metric.counters.required)),
        ("Guarded by", ", ".join(metric.counters.companions)),
        ("Caveat", metric.caveat),
        ("Also called", "; ".join(metric.synonyms)),
        ("Not to mix up", ", ".join(_namesakes(catalog, metric))),
        ("Asked as", _few(metric.phrasings)),
        ("Ranked by", ", ".join(_rankers(catalog, metric))),
        ("Tags", ", ".join(metric.tags)),
        ("Version", metric.version),
    ]
    title = [f"{metric.name} ({metric_id})", fill(" · ".join(head), WIDTH), ""]
    return "\n".join([*title, *facts(rows), *_sources(catalog, metric.sources)])


def role_text(catalog: Catalog, role_id: str) -> str:
    """What a role looks at, in order, with weights and reasons.

    Raises:
        UnknownNameError: there is no such role.
    """
    role = catalog.role(role_id)
    floors = f"at least {role.people_share} % people and {role.business_share} % business"
    lines = [
        f"{role.name} ({role.id})",
        fill(f"{'executive' if role.executive else 'functional'} · {role.scope} · {floors}", WIDTH),
        "",
    ]
    for rank, place in enumerate(role.ranked, start=1):
        side = catalog.metric(place.metric).side
        start = f"{rank:>2}  {place.metric:<28} {side:<8} {place.weight:>3}  "
        lines.append(fill(place.why, WIDTH, initial_indent=start, subsequent_indent=" " * len(start)))
    rows = [("Also called", "; ".join(role.synonyms)), ("Never ranked", ", ".join(role.diagnostics))]
    return "\n".join([*lines, "", *facts(rows)])


def rule_text(catalog: Catalog, rule_id: str) -> str:
    """What a rule asks for, why, and lists that pass and fail it.

    Raises:
        UnknownNameError: there is no such rule.
    """
    if rule_id not in catalog.rules:
        remedy = "`counterpoise catalog` lists all rules."
        raise UnknownNameError("rule", rule_id, catalog.rules, remedy=remedy)
    rule = catalog.rules[rule_id]
    rows = [
        ("Why", rule.why),
        ("Holds for", _holds(rule)),
        ("By judgement", rule.instead),
        *((key.replace("_", " ").capitalize(), plain(value)) for key, value in rule.parameters.items()),
        *(("Passes" if example.passes else "Fails", _example(example)) for example in rule.examples),
    ]
    title = [f"{rule.title} ({rule.id})", f"{rule.severity} · {rule.kind}", ""]
    return "\n".join([*title, *facts(rows), *_sources(catalog, rule.source)])


def _holds(rule: Rule) -> str:
    """For what a rule holds, from which length on, and whether a companion line is enough."""
    scopes = {
        "prefix": "every beginning of a list",
        "answer": "the finished answer",
        "question": f"questions about {', '.join(rule.questions).replace('_', ' ')}",
    }
    length = f", from {rule.from_length} metrics on" if rule.from_length > 1 else ""
    beside = "; a companion line is enough" if rule.companion_line else ""
    return f"{scopes[rule.scope]}{length}{beside}"


def _sources(catalog: Catalog, names: list[str]) -> Iterator[str]:
    for position, name in enumerate(names):
        source = catalog.sources[name]
        grade = f" (grade {source.grade})" if source.grade != "none" else ""
        yield from facts([("Sources" if position == 0 else "", f"{name}: {source.what}{grade}")])
        if source.url:
            yield " " * LABEL + source.url


def _variants(catalog: Catalog, metric: Metric) -> Iterator[tuple[str, str]]:
    """The other ways to compute it, each with what it is called, how it goes, where it is from and what it needs."""
    usual = all_needs(catalog, metric)
    for position, variant in enumerate(metric.variants):
        name = f"{metric.id}.{variant.id}"
        sources = f" ({', '.join(variant.sources)})" if variant.sources else ""
        names = ", ".join(dict.fromkeys(filter(None, [variant.title, *variant.synonyms])))
        called = f", called {names}" if names else ""
        said = f"{name}: {variant.name}{called}; {variant.formula}{sources}"
        own = all_needs(catalog, catalog.metric(name))
        parts = [said, variant.caveat.rstrip("."), f"Needs {own}" if own != usual else ""]
        yield ("Other methods" if position == 0 else ""), ". ".join(filter(None, parts)) + "."


def _fewest(catalog: Catalog, metric_id: str) -> str:
    """How many people a value must be about; of an open metric nothing."""
    fewest = least(of_metric(catalog, metric_id), INSIDE)
    return f"{fewest}; a value about fewer is suppressed" if fewest else ""


def _few(phrasings: Sequence[str]) -> str:
    """Some of the ways in which a metric is asked for: whoever reads an entry needs no more."""
    more = f"; and {len(phrasings) - PHRASINGS} more" if len(phrasings) > PHRASINGS else ""
    return "; ".join(phrasings[:PHRASINGS]) + more


def _namesakes(catalog: Catalog, metric: Metric) -> list[str]:
    """Other metrics that go by one of this one's names."""
    names = {name.casefold() for name in (metric.name, *metric.synonyms)}
    others = (other for other in catalog.metrics.values() if other.id != metric.id)
    return [o.id for o in others if names & {name.casefold() for name in (o.name, *o.synonyms)}]


def _rankers(catalog: Catalog, metric: Metric) -> Iterator[str]:
    for role in catalog.roles.values():
        for rank, place in enumerate(role.ranked, start=1):
            if place.metric == metric.id:
                yield f"{role.id} ({rank})"


def _example(example: RuleExample) -> str:
    said = [", ".join(example.metrics), plain(example.context)]
    words = "; ".join(part for part in said if part)
    return f"{words}. {example.note}" if example.note else words
