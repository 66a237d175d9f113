"""What this company's data can compute, area by area, what is missing, and what would open most of it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.model import Request
from bot.replies.draft import Draft, Place
from metrics.advice.words import joined
from metrics.check.coverage import Area, Coverage, coverage
from metrics.check.next_steps import Step
from metrics.model import Side

SIDES: tuple[Side, ...] = ("business", "people")
ASKS = ("What are the top 15 metrics a CRO should track?", "Win rate last quarter by segment")
CHECK = "`counterpoise check --all` names each metric with what it needs."
HIDDEN = "Whether {hidden} others can be computed is not shown here: their values are not, either."


def reply(request: Request, place: Place) -> Draft:
    """What can be computed, for whoever reads it; of one side where that was asked for."""
    engine = place.engine
    found = coverage(engine, request.side)
    parts = [_whole(found, engine.company.file.name, request.side)]
    parts += [_side(side, areas) for side in SIDES if (areas := found.of(side))]
    parts += _missing(found)
    broken = sorted(engine.unreadable)
    parts += [f"Tables that cannot be read: {', '.join(broken)}."] if broken else []
    parts += [HIDDEN.format(hidden=found.hidden)] if found.hidden else []
    notes = (CHECK,) if place.question.operator else ()
    return Draft(title="What the data can give", body="\n\n".join(parts), suggestions=ASKS, notes=notes)


def _whole(found: Coverage, company: str, side: Side | None) -> str:
    of = f" {side}" if side else ""
    return f"From the data of {company} I can compute {_counted(found.areas)}{of} metrics."


def _side(side: Side, areas: Sequence[Area]) -> str:
    """One side, area by area."""
    told = ", ".join(
        f"{area.name} {len(area.computable)} of {area.size}" for area in areas if area.computable
    )
    none = [area.name for area in areas if not area.computable]
    nothing = f"{'; nothing' if told else 'nothing'} yet in {joined(none, 'or')}" if none else ""
    return f"{side.capitalize()} ({_counted(areas)}): {told}{nothing}."


def _missing(found: Coverage) -> list[str]:
    """What would open most of the rest."""
    lacking = sum(len(area.lacking) for area in found.areas)
    if not lacking:
        return ["Nothing is missing."]
    if not found.steps:
        return [f"The other {lacking} each lack several tables or columns."]
    first, *others = (_opens(step) for step in found.steps)
    then = "".join(f", then {other}" for other in others)
    return [f"Of the other {lacking}, adding {first} would open most{then}."]


def _opens(step: Step) -> str:
    return f"{step.what} ({len(step.opens)})"


def _counted(areas: Sequence[Area]) -> str:
    return f"{sum(len(area.computable) for area in areas)} of {sum(area.size for area in areas)}"
