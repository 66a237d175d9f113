"""What of a period a metric looks at: what happens in it, what stands at its end, who was there at its start."""

from __future__ import annotations

from collections.abc import Iterator

from metrics.definition import Entities, Expression, Instant, Length, Measure, MetricValue, Window, parts
from metrics.model import Metric

STANDING: dict[Instant, str] = {
    "start": "what stood at its start",
    "end": "what stands at its end",
    "known": "what stands at its end",
    "average": "the average of its month ends, the opening one included",
    "two_point": "the mean of its start and its end",
    "mid_month": "the average of the 15th of its months",
    "twelfth": "the average of the 12th of its months",
    "every_day": "the average of all its days",
}
STRETCHES: dict[Window, str] = {
    "previous": "the period before it",
    "year_before": "the same period a year before",
    "next": "the period after it",
    "month_before": "the month before it",
    "trailing_1_month": "the month to its end",
    "since_start": "everything until its end",
    "twelve_months_a_year_ago": "twelve months a year ago",
}


def looks_at(metric: Metric) -> str:
    """In words, from its definition: which stretch is asked for, and what of it counts."""
    usual = "" if metric.window == "period" else f"; a scorecard asks for {_stretch(metric.window)}"
    ahead = "; a scorecard asks for the running one" if metric.looks_ahead else ""
    seen = dict.fromkeys(one for part in metric.parts for one in _told(part))
    return (
        f"the period asked for: {'; '.join(seen)}{usual}{ahead}"
        if seen
        else f"the period asked for{usual}{ahead}"
    )


def _told(expression: Expression) -> Iterator[str]:
    match expression:
        case Measure() | Entities():
            yield from map(_of, expression.measures)
        case MetricValue():
            yield (
                f"{expression.metric}"
                if expression.over == "period"
                else f"{expression.metric} of {_stretch(expression.over)}"
            )
        case Length():
            return
        case _:
            for part in parts(expression):
                yield from _told(part)


def _of(measure: Measure) -> str:
    if measure.at is not None:
        standing = STANDING[measure.at]
        return standing if measure.over == "period" else f"{standing} ({_stretch(measure.over)})"
    by = measure.date if isinstance(measure.date, str) else measure.date[0]
    stretch = "it" if measure.over == "period" else _stretch(measure.over)
    return f"what happens in {stretch}, by {by}"


def _stretch(window: Window) -> str:
    if window in STRETCHES:
        return STRETCHES[window]
    return f"the {window.removeprefix('trailing_').replace('_', ' ')} to its end"
