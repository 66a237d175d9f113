"""What a metric means, how it is computed, what guards it and how far to trust it."""

from __future__ import annotations

from bot.model import Request
from bot.replies import rule
from bot.replies.by_method import wanted
from bot.replies.draft import Draft, Place
from metrics.advice.words import spoken
from metrics.errors import UserError
from metrics.model import Catalog, Metric


def reply(request: Request, place: Place) -> Draft:
    """The definition of each metric or rule that was named.

    Raises:
        UserError: none was.
    """
    if rules := rule.asked_for(place.question.text, place.engine.catalog):
        return rule.reply(rules, place)
    if not request.metrics:
        raise UserError("Name a metric, for example: what is net revenue retention?")
    catalog = place.engine.catalog
    metrics = [wanted(metric_id, request, place) for metric_id in request.metrics]
    first = spoken(metrics[0].name)
    return Draft(
        title=", ".join(metric.name for metric in metrics),
        body="\n\n".join(_about(metric, catalog) for metric in metrics),
        notes=(f"`counterpoise catalog {metrics[0].id}` prints all of it.",)
        if place.question.operator
        else (),
        suggestions=(f"{first} last quarter", f"{first} by month"),
    )


def _about(metric: Metric, catalog: Catalog) -> str:
    better = {"up": "higher is better", "down": "lower is better", "band": "best within a band"}[
        metric.direction
    ]
    lines = [
        f"{metric.name} = {metric.formula}.",
        f"A {metric.side} metric ({metric.dimension.replace('_', ' ')}), {metric.timing} {metric.kind}; {better}.",
    ]
    lines += _ways(metric)
    guards = [*metric.counters.required, *metric.counters.companions]
    if guards:
        lines.append(f"Guarded by {', '.join(catalog.metric(guard).name for guard in guards)}.")
    if metric.caveat:
        lines.append(f"Mind: {metric.caveat.rstrip('.')}.")
    sources = [catalog.sources[code].what for code in metric.sources if code in catalog.sources]
    if sources:
        lines.append(f"Sources: {'; '.join(sources)}.")
    return "\n".join(lines)


def _ways(metric: Metric) -> list[str]:
    """By which method it is computed, and what the others are called."""
    if not metric.variants:
        return []
    others = "; ".join(f"{one.name} (`{metric.id}.{one.id}`)" for one in metric.variants)
    return [
        f"Computed by the method “{metric.method_name}” (`{metric.id}.{metric.method}`). Others: {others}."
    ]
