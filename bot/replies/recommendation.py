"""A list of metrics for a role: ranked, computed, balanced."""

from __future__ import annotations

from typing import TypeVar, get_args

from bot.model import DEFAULT_COUNT, DEFAULT_ROLE, Request
from bot.replies.choices import choices
from bot.replies.draft import Draft, Place, explained, looking_closer
from bot.replies.one_side import one_side
from metrics.advice.words import spoken
from metrics.errors import UserError
from metrics.lists.build import build, order
from metrics.lists.wanted import Wanted, default_period
from metrics.model import BusinessModel, Stage
from metrics.scorecard import Scorecard
from metrics.values import Status

MANY = 50
"""From here on it is looked up how many metrics can be ranked at all."""
FEWER, MORE = 10, 5


def reply(request: Request, place: Place) -> Draft:
    """The scorecard of a role.

    Raises:
        UserError: it cannot be ranked as asked, or the company's data cannot be read.
    """
    role = request.role or DEFAULT_ROLE
    stage, business_model = context(place)
    wanted = Wanted(
        role=role,
        count=_count(request, role, place),
        period=request.period or default_period(place.engine, place.as_of),
        as_of=place.as_of,
        today=place.when.today,
        stage=stage,
        business_model=business_model,
        within=request.within or None,
        filters=_groups(request, place),
        besides=_left_out(request, place),
        taught=place.taught,
        again=request.again,
    )
    card = build(place.engine, wanted)
    group = f" in {' and '.join(request.filters.values())}" if request.filters else ""
    left_out = [value for values in request.besides.values() for value in values]
    group += f" without {' and '.join(left_out)}" if left_out else ""
    assumed = () if request.role else (f"No role was named, so this is for the {card.role_name}.",)
    return Draft(
        title=f"{_top(len(card.rows))} for the {card.role_name}{group}: {card.company}, {card.period}",
        first=one_side(request.side, card),
        scorecard=card,
        rules=card.rules,
        notes=(
            _mix(card),
            *assumed,
            *_fewer(request, card),
            *_whole(request, place),
            *card.notes,
            *_running(card),
            *_needs(card),
            *_parts(card, place),
            place.when.note,
        ),
        suggestions=_suggestions(card, place),
        asides=(_mix(card), *_parts(card, place), place.when.note),
        actions=(*_actions(card, request, place), *choices(request, place)),
        elapsed_ms=card.elapsed_ms,
    )


def _groups(request: Request, place: Place) -> dict[str, list[str]] | None:
    """The groups that the list is narrowed to. What names persons is left alone: it is asked of one metric."""
    known = place.engine.catalog.dimensions
    named = {name: [value] for name, value in request.filters.items() if name in known}
    return named or None


def _left_out(request: Request, place: Place) -> dict[str, tuple[str, ...]] | None:
    """The groups that the list leaves out."""
    known = place.engine.catalog.dimensions
    return {name: values for name, values in request.besides.items() if name in known} or None


def _top(count: int) -> str:
    return "Top metric" if count == 1 else f"Top {count} metrics"


def _parts(card: Scorecard, place: Place) -> tuple[str, ...]:
    """The rules that had a part in the order, with the places they had it in."""
    places: dict[str, list[str]] = {}
    for row in card.rows:
        for rule in row.rules:
            places.setdefault(rule, []).append(str(row.rank))
    told = [f"{rule} at {', '.join(ranks)}" for rule, ranks in sorted(places.items())]
    if not told:
        return ()
    return (f"Rules that had a part in the order: {'; '.join(told)}. {explained(sorted(places), place)}",)


def _running(card: Scorecard) -> tuple[str, ...]:
    """Said where the changes of a list are those of a period that is not over."""
    changed = any(row.change is not None and "partial_period" in row.value.flags for row in card.rows)
    said = "what adds up over its days shows no change, and other changes are against a whole period"
    return (f"{card.period} is not over: {said}.",) if changed else ()


def _needs(card: Scorecard) -> tuple[str, ...]:
    """All that each metric without a value needs: the table has room for the first of it only."""
    unmeasured = [row for row in card.rows if row.value.needs]
    lacking = [row for row in unmeasured if len(row.value.needs) > 1]
    told = [f"{row.metric.name} needs {', '.join(row.value.needs)}." for row in lacking]
    if 2 * len(unmeasured) <= len(card.rows):
        return tuple(told)
    share = f"{len(unmeasured)} of {len(card.rows)}"
    return (
        f"{share} are not measured in this company's data: they keep their places, for what they tell.",
        *told,
    )


def context(place: Place) -> tuple[Stage, BusinessModel]:
    """The stage and the business model that a list is for: those asked for, else the company's own.

    Raises:
        UserError: there is no such stage or business model.
    """
    company = place.engine.company.file
    stage = _one_of(place.question.stage, get_args(Stage), "stage")
    business_model = _one_of(place.question.business_model, get_args(BusinessModel), "business model")
    return stage or company.stage, business_model or company.business_model


Word = TypeVar("Word", bound=str)


def _one_of(word: str | None, known: tuple[Word, ...], what: str) -> Word | None:
    if word is None:
        return None
    for one in known:
        if one == word:
            return one
    raise UserError(f"Unknown {what} {word!r}: use one of {', '.join(known)}.")


def _mix(card: Scorecard) -> str:
    mix = f"{card.business} business, {card.people} people"
    asked = next((rule.note for rule in card.rules if rule.rule == "R01" and len(card.rows) > 1), "")
    return f"Mix: {asked.rstrip('.')} (rule R01)." if asked else f"{mix}."


def _count(request: Request, role: str, place: Place) -> int:
    """How many are listed: as many as were asked for, as far as there are so many."""
    if request.count is None:
        return min(DEFAULT_COUNT, len(request.within)) if request.within else DEFAULT_COUNT
    if request.within or request.count <= MANY:
        return request.count
    stage, business_model = context(place)
    ranking = order(place.engine, role, place.as_of, stage=stage, business_model=business_model)
    return min(request.count, len(ranking.ids))


def _whole(request: Request, place: Place) -> tuple[str, ...]:
    """A list compares metrics that cannot all be split into the same groups."""
    if not request.dimension:
        return ()
    known = place.engine.catalog.dimensions.get(request.dimension)
    name = known.name.lower() if known else request.dimension
    return (f"A list is not split by {name}; ask for one of its metrics by {name}.",)


def _fewer(request: Request, card: Scorecard) -> tuple[str, ...]:
    """Who asks for more than there are gets all there are, and is told."""
    if request.count is None or request.within or request.count <= len(card.rows):
        return ()
    return (
        f"You asked for {request.count}; these {len(card.rows)} are all that can be ranked for this role.",
    )


def _actions(card: Scorecard, request: Request, place: Place) -> tuple[tuple[str, str], ...]:
    """What to do with the list: fewer of it, its first metric over time and by a dimension."""
    fewer = (("Only 10", "Only 10 of those"),) if len(card.rows) > FEWER and place.question.thread else ()
    measured = [row.metric for row in card.rows if row.value.value is not None]
    return (*fewer, *looking_closer(measured[0], place, request)) if measured else fewer


def _suggestions(card: Scorecard, place: Place) -> tuple[str, ...]:
    """What to ask next. Only in a thread can a question point at this list."""
    measured = [row for row in card.rows if row.value.value is not None]
    unmeasured = [row for row in card.rows if row.value.status is Status.NOT_MEASURED]
    first = spoken((measured or unmeasured or card.rows)[0].metric.name)
    lacking = f"What would I have to record to see {first}?" if unmeasured else f"What is {first}?"
    closer = f"{first} by month" if measured else lacking
    fewer, last = max(2, len(card.rows) * 2 // 3), spoken(card.rows[-1].metric.name)
    if place.question.thread and len(card.rows) > fewer:
        return (f"Only {fewer} of those", f"Why is {last} on the list?", closer)
    return (
        f"Top {fewer if len(card.rows) > fewer else MORE} metrics for the {card.role_name}",
        f"Why is {last} on the list of the {card.role_name}?",
        closer,
    )
