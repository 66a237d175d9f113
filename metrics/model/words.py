"""The closed lists of words that catalog files choose from."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator

_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""Line breaks, control characters, and those that turn the direction of what follows."""


def in_one_line(text: str) -> str:
    """A name as it is shown, if it is one line of plain characters.

    Raises:
        ValueError: it is not.
    """
    if found := _BREAKS.search(text):
        raise ValueError(
            f"this holds a line break or a control character (U+{ord(found[0]):04X}): write it in one line"
        )
    return text


Line = Annotated[str, AfterValidator(in_one_line)]
"""A name or a label: it stands within sentences, tables and buttons."""
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
