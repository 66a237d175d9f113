"""Advice about another stage or business model: what it would change in a role's list, and why."""

from __future__ import annotations

from dataclasses import replace

from metrics.advice.brief import LIST, Brief
from metrics.advice.finish import finish
from metrics.advice.lists import NAMED
from metrics.advice.model import Advice, Listing, Reason, Use
from metrics.advice.words import joined

STAGES = {"pre_pmf": "before product-market fit", "growth": "in growth", "scale": "at scale"}
MODELS = {"saas": "SaaS", "ecommerce": "e-commerce"}
"""How stages and business models stand in a sentence; those without an entry stand as they are."""


def change(brief: Brief) -> Advice:
    """What another stage or business model would change in a role's list."""
    company = brief.engine.company.file
    today = replace(
        brief, inquiry=replace(brief.inquiry, stage=None, business_model=None, role=brief.role.id)
    )
    now = {place.metric: place for place in today.order.places[:LIST]}
    then = {place.metric: place for place in brief.order.places[:LIST]}
    enters = [place for name, place in then.items() if name not in now]
    leaves = [place for name, place in now.items() if name not in then]
    moved = [place for name, place in then.items() if name in now and now[name].rank != place.rank]
    moved.sort(key=lambda place: (-abs(now[place.metric].rank - place.rank), place.rank))
    was, would = _where(company.stage, company.business_model), _where(brief.stage, brief.business_model)
    headline = f"From {was} to {would}, {len(enters) or 'none'} of the first {LIST} metrics of the "
    headline += f"{brief.role.name} would be replaced."
    if was == would:
        headline = f"Nothing: {company.name} is {was} already, as company.toml says."
    listings = (
        Listing(
            "First five then", tuple(Use(p.metric, p.why) for p in brief.order.places[:NAMED]), steer=True
        ),
        Listing("New", tuple(Use(p.metric, f"place {p.rank}: {p.why}") for p in enters)),
        Listing("Gone", tuple(Use(p.metric, _gone(brief, p.metric)) for p in leaves)),
        Listing(
            "Moved most" if len(moved) > NAMED else "Moved",
            tuple(Use(p.metric, f"from {now[p.metric].rank} to {p.rank}") for p in moved[:NAMED]),
        ),
    )
    advice = Advice(
        brief.inquiry.topic, "open", headline, brief.role.id, tuple(_why_changed(brief)), listings
    )
    return finish(brief, advice)


def _where(stage: str, model: str) -> str:
    return f"{MODELS.get(model, model)} {STAGES.get(stage, stage)}"


def _gone(brief: Brief, metric_id: str) -> str:
    instead = brief.catalog.business_models[brief.business_model].replace.get(metric_id)
    return f"{brief.name(instead)} takes its place" if instead else "weighs less"


def _why_changed(brief: Brief) -> list[Reason]:
    stage = brief.catalog.stages[brief.stage]
    found = []
    if brief.inquiry.stage:
        heavy = sorted(stage.dimensions, key=lambda name: -stage.dimensions[name])[:3]
        names = joined([name.replace("_", " ") for name in heavy])
        found.append(
            Reason(f"At this stage {names} weigh most; the weights are judgement, meant to be edited.")
        )
        if stage.not_primary and not brief.gates.engaged:
            rule = brief.rule_of("primary")
            found += [Reason(rule.why, rule.id)] if rule else []
    if brief.inquiry.business_model:
        found.append(Reason("A business model replaces what it has no use for, always on the same side."))
    return [
        *found,
        Reason("Either list holds both sides, from the first two metrics on.", brief.rule_id("mix")),
    ]
