"""Values of named metrics in words: the lines of an answer, and what stands around them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.model import Request
from bot.replies.against import against_itself, not_yet
from bot.replies.asked import told_for_all
from bot.replies.choices import choices
from bot.replies.draft import Draft, Place, looking_closer
from bot.replies.leaving_out import said_of
from metrics.advice.words import joined, spoken
from metrics.display import unit_words, value_words
from metrics.model import Metric
from metrics.privacy.withhold import is_withheld
from metrics.values import Status, Value


def leading(sentences: Sequence[str]) -> list[str]:
    """What is said first, apart from the lines below it."""
    told = " ".join(filter(None, sentences))
    return [told, ""] if told else []


def words_of(metric: Metric, value: Value, number: int, place: Place, *, counted: bool = False) -> str:
    """A value with the number of its receipt, or why there is none."""
    words_of_it = value_words(value, metric.unit, place.engine.company.file.currency, counted=counted)
    return words_of_it if value.value is None else f"{words_of_it} [{number}]"


def _to_come(values: Sequence[Value], request: Request, place: Place) -> list[str]:
    """Said of a period that has not begun and has no value."""
    period = request.period
    if period is None or period.start <= place.as_of or any(value.value is not None for value in values):
        return []
    return [f"{period} is still to come as of {place.as_of.isoformat()}, and nothing is forecast here."]


def _lacking(metrics: Sequence[Metric], values: Sequence[Value]) -> list[str]:
    """What metrics need that cannot be computed at all, where the lines name only the first of it."""
    needs = {metric.id: dict[str, None]() for metric in metrics}
    for value in values:
        if value.status is Status.NOT_MEASURED and not is_withheld(value):
            needs.get(value.metric, {}).update(dict.fromkeys(value.needs))
    return [
        f"{metric.name} needs {joined(list(needs[metric.id]))}."
        for metric in metrics
        if len(needs[metric.id]) > 1
    ]


def drafted(
    metrics: Sequence[Metric],
    when: str,
    lines: Sequence[str],
    values: Sequence[Value],
    request: Request,
    place: Place,
) -> Draft:
    """The answer around its lines: title, remarks, formulas, and what can be asked next."""
    names = ", ".join(metric.name for metric in metrics)
    formulas = [f"{metric.name} = {metric.formula}." for metric in metrics]
    first = spoken(metrics[0].name)
    periods = {value.period for value in values} if request.kind != "trend" else ()
    coarser = {"month": "quarter"}.get(
        request.dimension or ("month" if request.kind == "trend" else ""), "month"
    )
    return Draft(
        title=f"{names}: {place.engine.company.file.name}, {when}",
        body="\n".join(lines),
        values=tuple(values),
        notes=(
            *said_of(metrics, request, place),
            *_to_come(values, request, place),
            *(note for period in periods for note in against_itself(period, request, place)),
            *not_yet(values, request, place),
            *_lacking(metrics, values),
            *formulas,
            *told_for_all(metrics, request, place),
            place.when.note,
        ),
        suggestions=(f"{first} by {coarser}", f"What is {first}?", "Top 15 metrics for a CRO"),
        asides=(place.when.note,),
        units={metric.id: unit_words(metric.unit, place.engine.company.file.currency) for metric in metrics},
        actions=(*looking_closer(metrics[0], place, request), *choices(request, place)),
    )
