"""Questions that name a metric and one of its methods are read as that metric by that method."""

from __future__ import annotations

import pytest

from bot.answer import Bot
from bot.model import Request
from bot.reading import read
from tests.coach import ask
from tests.reading.labelled import AS_OF, CALENDAR, GROUPS, catalog

METHODS = [(metric, one) for metric in catalog().metrics.values() for one in metric.variants]
OTHERWISE = {
    "compa_ratio.of_sums": '"over all" is read as "overall"',
    "revenue_run_rate.annualised": '"a year" may be any year; it is read by its id',
}
"""Methods that are not read by their names, and why."""


def asked(text: str) -> Request:
    return read(text, catalog=catalog(), calendar=CALENDAR, as_of=AS_OF, groups=lambda: GROUPS)


@pytest.mark.parametrize(
    ("form", "otherwise"),
    [
        ("what is our {metric} {name}?", {"compa_ratio.of_sums"}),
        ("{name} {metric}", {"compa_ratio.of_sums", "revenue_run_rate.annualised"}),
        ("{metric} ({name}) by month", {"compa_ratio.of_sums"}),
        ("{id}", set[str]()),
    ],
)
def test_every_method_is_read_by_its_name_and_by_its_id(form: str, otherwise: set[str]) -> None:
    assert otherwise <= OTHERWISE.keys()
    wrong = []
    for metric, one in METHODS:
        method = f"{metric.id}.{one.id}"
        got = asked(form.format(metric=metric.name, name=one.name, id=method))
        if (got.metrics, dict(got.methods)) != ((metric.id,), {metric.id: one.id}) or got.filters:
            wrong.append(method)
    assert set(wrong) == otherwise


@pytest.mark.parametrize(
    ("text", "metric", "method"),
    [
        ("what is our weighted pipeline?", "pipeline_value", "weighted"),
        ("weighted pipeline coverage", "pipeline_coverage", "weighted"),
        ("turnover with starting headcount", "employee_turnover_rate", "of_start"),
        ("win rate of all opportunities", "win_rate", "of_all"),
        ("win rate of closed deals", "win_rate", "of_closed"),
        ("day 7 retention", "user_retention_rate", "day_7"),
        ("magic number by net new ARR", "magic_number", "net_new_arr"),
        ("annualised run rate", "revenue_run_rate", "annualised"),
        ("GRR at constant currency", "gross_revenue_retention", "constant_currency"),
        ("median sales cycle", "sales_cycle_length", "median"),
        ("logo churn of average customers", "customer_churn_rate", "of_average"),
        ("forecast accuracy in total", "forecast_accuracy", "of_total"),
        ("mean ramp time", "ramp_time", "mean"),
        ("CAC on ad spend only", "cac", "paid"),
        ("conversion rate by visitor", "web_conversion_rate", "visitors"),
        ("involuntary turnover", "employee_turnover_rate", "involuntary"),
        ("DSO by the countback method", "dso", "countback"),
        ("net new ARR", "arr", "net_new"),
        ("gross profit", "gross_margin", "gross_profit"),
        ("what was our EBITDA last quarter?", "ebitda_margin", "ebitda"),
        ("net profit margin", "ebitda_margin", "net"),
        ("operating margin", "ebitda_margin", "operating"),
        ("what's our burn rate?", "runway_months", "net_burn"),
        ("marketing efficiency ratio", "roas", "blended"),
        ("ACOS", "roas", "acos"),
        ("cost per MQL", "cost_per_lead", "qualified"),
        ("repeat purchase rate", "customer_retention_rate", "repeat_buyers"),
        ("average sale price", "arpa", "new_accounts"),
        ("dollar-based net expansion rate", "net_revenue_retention", "dollar_based"),
        ("forecast bias", "forecast_accuracy", "bias"),
        ("MAPE", "forecast_accuracy", "mape"),
        ("WAU/MAU", "stickiness", "wau_mau"),
        ("what is our CMGR?", "revenue_growth_rate", "cmgr"),
        ("first-year attrition", "new_hire_turnover_rate", "within_365_days"),
        ("30-day attrition", "new_hire_turnover_rate", "within_30_days"),
        ("time to hire", "time_to_fill", "from_application"),
        ("YoY revenue growth", "revenue_growth_rate", "year_on_year"),
        ("what is our year-over-year growth?", "revenue_growth_rate", "year_on_year"),
        ("MQL count", "lead_volume", "qualified"),
        ("number of MQLs", "lead_volume", "qualified"),
        ("sales qualified leads", "lead_volume", "accepted"),
        ("new MRR", "mrr", "new"),
        ("expansion MRR", "mrr", "added"),
        ("churned MRR", "mrr", "gone"),
        ("MRR growth rate", "revenue_growth_rate", "mrr"),
        ("operating profit", "ebitda_margin", "operating_profit"),
        ("net income", "ebitda_margin", "net_profit"),
        ("free cash flow", "runway_months", "free_cash_flow"),
        ("free cash flow margin", "ebitda_margin", "free_cash_flow"),
        ("monthly active users", "stickiness", "mau"),
        ("DAU", "stickiness", "dau"),
        ("net FCR", "first_contact_resolution", "not_escalated"),
        ("group compa-ratio", "compa_ratio", "of_sums"),
        ("dollar win rate", "win_rate", "by_value"),
        ("sick days per employee", "absence_rate", "days_per_employee"),
        ("LTIFR last year", "recordable_incident_rate", "lost_time_per_million"),
        ("stickiness by WAU/MAU", "stickiness", "wau_mau"),
        ("compounded monthly revenue growth", "revenue_growth_rate", "cmgr"),
        ("revenue growth rate by CMGR", "revenue_growth_rate", "cmgr"),
    ],
)
def test_people_s_own_words_name_a_method(text: str, metric: str, method: str) -> None:
    got = asked(text)
    assert (got.kind, got.metrics, got.methods) == ("value", (metric,), {metric: method})
    assert (got.dimension, dict(got.filters), got.assumed, got.alternatives) == (None, {}, (), ())


@pytest.mark.parametrize(
    ("text", "kind", "dimension", "methods"),
    [
        ("trend of the median sales cycle by month", "trend", "month", {"sales_cycle_length": "median"}),
        ("weighted pipeline by segment", "value", "segment", {"pipeline_value": "weighted"}),
        ("win rate by value by segment", "value", "segment", {"win_rate": "by_value"}),
        ("why did win rate by value change?", "comparison", None, {"win_rate": "by_value"}),
        (
            "weighted pipeline and involuntary turnover by month",
            "trend",
            "month",
            {"pipeline_value": "weighted", "employee_turnover_rate": "involuntary"},
        ),
        ("how is win rate of all opportunities defined?", "definition", None, {"win_rate": "of_all"}),
        ("what does ramp time mean?", "definition", None, {}),
        ("overtime by employee", "refusal", None, {}),
    ],
)
def test_a_method_stands_in_every_kind_of_question(
    text: str, kind: str, dimension: str | None, methods: dict[str, str]
) -> None:
    got = asked(text)
    assert (got.kind, got.dimension, got.methods) == (kind, dimension, methods)


@pytest.mark.parametrize(
    "tail",
    [
        "",
        "by segment",
        "of all reps",
        "at the start of the year",
        "at the end of March",
        "in the previous period",
        "over the last twelve months",
        "in the last 7 days",
        "as of today",
        "by visitor type",
        "by value segment",
        "for mid-market in total",
        "compared with the year before",
    ],
)
def test_a_question_about_the_metric_alone_names_no_method(tail: str) -> None:
    wrong = []
    for metric in catalog().metrics.values():
        got = asked(f"what is our {metric.name} {tail}?")
        wrong += [one for one, method in got.methods.items() if method != catalog().metrics[one].method]
    assert wrong == []


@pytest.mark.parametrize("head", ["average", "total", "current"])
def test_a_word_for_any_figure_names_no_method(head: str) -> None:
    read_so = [asked(f"{head} {metric.name}").methods for metric, _ in METHODS]
    assert [found for found in read_so if found] == []


async def test_two_methods_are_asked_back_and_either_can_be_pressed(demo_bot: Bot) -> None:
    back = await ask(demo_bot, "weighted pipeline of all open deals by segment in Q3 2025")
    assert back.kind == "clarification"
    assert back.request.alternatives == ("pipeline_value.weighted", "pipeline_value.all_open")
    found = await ask(demo_bot, back.actions[0][1], thread="t2")
    assert (found.request.dimension, found.request.methods) == ("segment", {"pipeline_value": "weighted"})


@pytest.mark.parametrize("answer", ["the first one", "weighted by the chance of the stage they are in"])
async def test_the_choice_between_methods_can_be_made_in_words(demo_bot: Bot, answer: str) -> None:
    await ask(demo_bot, "weighted pipeline of all open deals by segment in Q3 2025")
    found = await ask(demo_bot, answer)
    assert (found.kind, found.request.dimension) == ("value", "segment")
    assert {value.citation.method for value in found.values} == {"weighted"}


async def test_two_methods_of_one_metric_are_not_answered_by_one_of_them(demo_bot: Bot) -> None:
    back = await ask(demo_bot, "win rate by value vs win rate of all opportunities")
    assert set(back.request.alternatives) == {"win_rate.by_value", "win_rate.of_all"}


@pytest.mark.parametrize(
    "text", ["weighted pipeline", "weighted pipeline by month", "why did the weighted pipeline fall?"]
)
async def test_the_answer_says_which_method_it_used(demo_bot: Bot, text: str) -> None:
    found = await ask(demo_bot, text)
    assert "weighted by the chance" in found.body
    assert {value.citation.method for value in (*found.values, *found.behind)} == {"weighted"}


async def test_a_period_is_no_method_of_the_metric_of_the_question_before(demo_bot: Bot) -> None:
    await ask(demo_bot, "what is our CAC?")
    found = await ask(demo_bot, "and in the previous period?")
    assert found.request.methods == {}


def test_a_name_of_a_method_is_no_name_of_another_metric_or_method() -> None:
    metrics = [
        (n.casefold(), one.id) for one in catalog().metrics.values() for n in (one.name, *one.synonyms)
    ]
    own = [(name.casefold(), metric.id) for metric, one in METHODS for name in one.synonyms]
    assert len({name for name, _ in own}) == len(own)
    owners = dict(own)
    assert [name for name, metric in metrics if owners.get(name, metric) != metric] == []


def test_two_methods_of_a_metric_by_their_own_names_are_asked_back() -> None:
    got = asked("compare EBITDA and net margin")
    assert got.kind == "clarification"
    assert set(got.alternatives) == {"ebitda_margin.ebitda", "ebitda_margin.net"}


@pytest.mark.parametrize(
    ("text", "metric"),
    [
        ("EBITDA margin", "ebitda_margin"),
        ("gross profit margin", "gross_margin"),
        ("what is our ARR?", "arr"),
    ],
)
def test_a_metric_whose_name_holds_that_of_a_method_is_asked_for_as_usual(text: str, metric: str) -> None:
    got = asked(text)
    assert (got.metrics, dict(got.methods)) == ((metric,), {})
