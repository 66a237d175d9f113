"""Why a list is as it is: what it holds of each side, which rule asks for that, why a metric is on it."""

from __future__ import annotations

from bot.model import Request
from bot.replies import contribution
from bot.replies.draft import Draft, Place
from bot.replies.recommendation import DEFAULT_ROLE, context
from metrics.balance import apply
from metrics.balance.context import Context
from metrics.build import order
from metrics.gates import gates_of
from metrics.model import Catalog
from metrics.ranking import Ranking


def reply(request: Request, place: Place) -> Draft:
    """The reasons behind the list shown before, behind the role's list where none was shown, or behind a change."""
    if contribution.asks_why(request, place.question.text):
        return contribution.reply(request, place)
    ranking = _ranking(request, place)
    shown = list(request.within) or list(ranking.ids[:15])
    body = (
        _about_metrics(request, ranking, shown, place)
        if request.metrics
        else _about_sides(request, shown, place)
    )
    fewer = (f"Only {min(10, max(2, len(shown) - 1))} of those",) if place.question.thread else ()
    return Draft(
        title="Why the list is as it is", body=body, suggestions=(*fewer, "Top 15 metrics for a CRO")
    )


def _ranking(request: Request, place: Place) -> Ranking:
    stage, business_model = context(place)
    role = request.role or DEFAULT_ROLE
    gates = gates_of(place.engine, place.as_of, today=place.when.today)
    return order(
        place.engine,
        role,
        place.as_of,
        stage=stage,
        business_model=business_model,
        gates=gates,
        taught=place.taught,
    )


def _about_sides(request: Request, shown: list[str], place: Place) -> str:
    """What the list holds of the side that was asked about, and the rule that keeps it there."""
    catalog, side = place.engine.catalog, request.side or "people"
    role = catalog.role(request.role or DEFAULT_ROLE)
    metrics = [catalog.metric(metric_id) for metric_id in shown]
    held = [(number, metric.name) for number, metric in enumerate(metrics, 1) if metric.side == side]
    if not held:
        return f"A single metric cannot hold both sides, so {side} metrics are missing: ask for two or more."
    names = ", ".join(f"{name} (place {number})" for number, name in held)
    rule = catalog.rules["R01"]
    verdict = apply(catalog, rule, shown, Context(role=role.id))
    floors = f" {verdict.note}" if verdict else ""
    return (
        f"The list for the {role.name} does hold {side} metrics, {len(held)} of {len(shown)}: {names}.\n"
        f"Rule R01 ({rule.title.lower()}) holds in every list, for everyone who asks.{floors} "
        f"{rule.why.rstrip('.')}. So the list stays as it is, instead of changing one side for the other."
    )


def _about_metrics(request: Request, ranking: Ranking, shown: list[str], place: Place) -> str:
    catalog = place.engine.catalog
    lines = []
    for metric_id in request.metrics:
        metric = catalog.metric(metric_id)
        found = next((one for one in ranking.places if one.metric == metric_id), None)
        if metric_id in shown and found is not None:
            rules = f" Rules that had a part: {', '.join(found.rules)}." if found.rules else ""
            lines.append(
                f"{metric.name} is on the list at place {shown.index(metric_id) + 1}: {found.why}.{rules}"
            )
        elif found is not None:
            lines.append(
                f"{metric.name} is not among these {len(shown)}: it ranks {found.rank} for this role ({found.why})."
            )
        else:
            coached = [one.id for one in place.taught.applied(ranking.role) if metric_id in one.exclude]
            why = f"coached rule {', '.join(coached)} says so" if coached else _barred(metric_id, catalog)
            lines.append(f"{metric.name} is never ranked for this role: {why}.")
    return "\n".join(lines)


def _barred(metric_id: str, catalog: Catalog) -> str:
    metric = catalog.metric(metric_id)
    if "vanity" in metric.tags:
        return "it is a vanity metric, fit for diagnosis only (rule R20)"
    if "individual_level" in metric.tags:
        return "it looks at single persons"
    return "it duplicates or complements a metric that is ranked"
