"""A metric as a question wants it computed: the usual way, or by a method that it names."""

from __future__ import annotations

from bot.model import Request
from bot.replies.draft import Place
from metrics.model import Metric


def wanted(metric_id: str, request: Request, place: Place) -> Metric:
    """The metric. By a method that was named it goes by that name too, so that nobody takes it for the usual one."""
    usual = place.engine.catalog.metric(metric_id)
    variant = request.methods.get(metric_id, usual.method)
    if variant == usual.method:
        return usual
    metric = place.engine.catalog.metric(f"{metric_id}.{variant}")
    return metric.model_copy(update={"name": metric.by_method})


def asked_as(metric: Metric, place: Place) -> str:
    """What the engine calls it: `sales_cycle_length.median` where that is not how it is usually computed."""
    usual = place.engine.catalog.metric(metric.id).method
    return metric.id if metric.method == usual else f"{metric.id}.{metric.method}"
