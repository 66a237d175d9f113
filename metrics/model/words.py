"""The closed lists of words that catalog files choose from."""

from __future__ import annotations

from typing import Literal

Side = Literal["business", "people"]
Timing = Literal["leading", "lagging"]
Kind = Literal["outcome", "driver", "guardrail"]
"""Whether a metric is what is wanted, what moves it, or what must not suffer for it."""
Direction = Literal["up", "down", "band"]
Sensitivity = Literal["open", "person", "people", "restricted"]
Severity = Literal["block", "warn", "info"]
Stage = Literal["pre_pmf", "growth", "scale"]
NotIf = Literal["negative_denominator", "nonpositive_denominator", ""]
"""Where a metric means nothing, although there is something to divide by."""
BusinessModel = Literal["saas", "ecommerce", "services", "marketplace"]
GoalType = Literal["growth", "loyalty", "satisfaction", "efficiency", "engagement", "people"]
Trait = Literal["product_led", "ai"]
"""What a company may say of how it sells and what it sells; rules ask for it."""
RuleStatus = Literal["active", "needs_judgement"]
RuleScope = Literal["prefix", "answer", "question"]
QuestionKind = Literal[
    "programme", "pilot", "kpi", "driver", "pricing", "automation", "product_performance", "compensation"
]
"""Kinds of questions that have rules of their own: what a programme aims at, how a pilot went, what makes a
metric a KPI, what drives what, a change of price, an automation, how a product does, what pay hangs on."""
