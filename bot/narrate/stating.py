"""One row -> a clause with marks: where its metric stands against its target, or how it moved."""

from __future__ import annotations

from bot import wording
from metrics.scorecard import Row, Scorecard
from metrics.values import Status

ROSE = {"up": "rose", "down": "fell"}
ABSENT = {Status.NOT_MEASURED: "is not measured", Status.SUPPRESSED: "is withheld"}


def state(row: Row, scorecard: Scorecard, turn: int) -> str:
    """Where a metric is, to stand within a sentence. ``turn`` chooses among ways to say the same."""
    name, mark, met = named(row), row.metric.id, wording.meets(row)
    if met is False:
        ways = (
            f"{name} is {at(row, scorecard)}, {wording.place(row)} its target of [{mark}.target]",
            f"{name} misses its target of [{mark}.target] {at(row, scorecard)}",
            f"{name} stands {at(row, scorecard)} against a target of [{mark}.target]",
        )
        return ways[turn % len(ways)]
    moved = wording.moved(row)
    if moved in ROSE:
        target = f" and meets its target of [{mark}.target]" if met else ""
        return f"{name} {_moved(row, ROSE[moved], turn)}{target}"
    return f"{name} {'is unchanged' if moved == 'flat' else 'is'} {at(row, scorecard)}"


def sayable(row: Row) -> tuple[str, ...]:
    """What may be said of a metric after its name, alone or joined by "and": all of it passes the checks."""
    mark, moved, met = row.metric.id, wording.moved(row), wording.meets(row)
    if row.value.value is None:
        return (ABSENT.get(row.value.status, "has no value"),)
    if moved in ROSE:
        said = _moved(row, ROSE[moved], row.rank)
    else:
        said = f"{'is unchanged' if moved == 'flat' else 'is'} at [{mark}.value]"
    return (said,) if met is None else (said, f"{'meets' if met else 'misses'} its target of [{mark}.target]")


def at(row: Row, scorecard: Scorecard) -> str:
    """The value, with its period where that is not the scorecard's."""
    period = row.value.period
    if period == scorecard.period:
        return f"at [{row.metric.id}.value]"
    the = "the " if "months to" in period.label else ""
    return f"at [{row.metric.id}.value] for {the}[{row.metric.id}.period]"


def named(row: Row) -> str:
    """The metric's name within a sentence: an acronym or a name with digits keeps its capitals."""
    name = row.metric.name
    plain = name[1:2].islower() and not any(letter.isdigit() for letter in name)
    return name[0].lower() + name[1:] if plain else name


def _moved(row: Row, way: str, turn: int) -> str:
    """How it moved: from where, by how much, or for better or worse."""
    mark, better = row.metric.id, wording.improved(row)
    judged = way if better is None else "improved" if better else "worsened"
    ways = (
        f"{judged} from [{mark}.previous] to [{mark}.value]",
        f"{way} by [{mark}.change] to [{mark}.value]",
        f"{way} from [{mark}.previous] to [{mark}.value]",
    )
    return ways[turn % len(ways)]
