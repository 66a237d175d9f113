"""Everyday words that stand for a metric in a question for advice ("more leads", "does engagement drive ...")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from metrics.model import Catalog, Side

WORDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        r"escalat\w+|without (?:passing|handing)[\w ]*|pass(?:ing)? (?:it|them|the call)? ?on",
        ("escalation_rate",),
    ),
    (r"(?:handle|handling|resolution|call) times?|tickets? closed|closed tickets?", ("resolution_time",)),
    (r"support costs?|costs? (?:of|per) (?:support|calls?)", ("cost_per_ticket",)),
    (r"mqls?|sqls?|qualified leads?", ("lead_qualification_rate",)),
    (r"leads?", ("lead_volume",)),
    (r"clicks?", ("click_through_rate",)),
    (r"bounces?", ("bounce_rate",)),
    (r"hiring costs?|recruiting costs?", ("cost_per_hire",)),
    (r"acquisition costs?", ("cac",)),
    (r"costs?|spend(?:ing)?|expenses?", ("opex",)),
    (r"(?:top[- ]line|revenues?|sales growth|bookings?|growth)", ("revenue_growth_rate",)),
    (r"profit\w*|bottom line|margins?", ("ebitda_margin",)),
    (r"retention|loyalty|customers? stay(?:ing)?", ("customer_retention_rate", "employee_retention_rate")),
    (r"churn", ("customer_churn_rate",)),
    (r"turnover|people leaving|resignations?", ("employee_turnover_rate",)),
    (r"engagement|engaged|morale|motivation", ("engagement_index",)),
    (r"productivity|productive|output", ("revenue_per_employee", "rep_productivity")),
    (r"satisf\w+|happy customers|customer happiness", ("csat", "engagement_index")),
    (r"coaching", ("coaching_coverage",)),
    (r"training", ("training_hours_per_employee",)),
    (r"one-on-ones?|1:1s?|1-1s?", ("one_on_one_completion",)),
    (r"burn-?out|stress", ("burnout_risk_rate",)),
    (r"overtime", ("overtime_rate",)),
    (r"absen\w+|sick(?:ness| days| leave)", ("absence_rate",)),
    (r"(?:hiring|recruiting) speed|time to hire|speed of hiring", ("time_to_fill",)),
    (r"pipeline", ("pipeline_value",)),
    (r"quotas?", ("quota_attainment",)),
    (r"discount(?:s|ing)?", ("discount_rate",)),
    (r"deal sizes?|bigger deals|larger deals", ("average_deal_size",)),
    (r"forecasts?|forecasting", ("forecast_accuracy",)),
    (r"conversions?", ("web_conversion_rate",)),
    (r"activation", ("product_activation_rate",)),
    (r"adoption", ("feature_adoption_rate", "adoption_rate")),
    (r"(?:product )?usage|use of the product", ("engagement_depth",)),
    (r"onboarding", ("time_to_value", "ramp_time")),
    (r"response times?|speed to lead|faster response", ("lead_response_time",)),
    (r"trust", ("leadership_trust",)),
    (r"managers?", ("manager_effectiveness",)),
    (r"diversity", ("representation_rate",)),
    (r"page speed|load times?", ("page_load_time",)),
    (r"deployments?|releases? (?:count|frequency)", ("deployment_frequency",)),
)
"""A pattern and the metrics it stands for, the likelier first; longer expressions stand before the words in them."""


def everyday(text: str, catalog: Catalog, side: Side | None = None) -> Iterator[tuple[int, int, str]]:
    """The metrics that everyday words stand for, each with its place; of several the one on that side."""
    taken: list[tuple[int, int]] = []
    for pattern, ids in WORDS:
        known = [one for one in ids if one in catalog.metrics]
        fit = [one for one in known if side is None or catalog.metrics[one].side == side] or known
        for found in re.finditer(rf"(?<![\w-])(?:{pattern})(?![\w-])", text):
            if fit and not any(found.start() < end and start < found.end() for start, end in taken):
                taken.append(found.span())
                yield (*found.span(), fit[0])
