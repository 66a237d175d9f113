"""What a rule would change, before it is confirmed: what a list gains and loses, or the value by either method."""

from __future__ import annotations

from dataclasses import dataclass

from bot.coaching.force import InForce
from bot.coaching.rules import MONTHS, Alias, Exclude, FiscalYear, Include, Method, Rule, Share
from bot.coaching.shown_on import first_listed
from bot.memory.coached import Kept
from bot.reading.words.lexicon import lexicon
from bot.reading.words.text import key
from bot.replies.draft import Place
from metrics.balance.facts import Gates
from metrics.calendar.periods import Calendar
from metrics.display import value_words
from metrics.engine import Ask
from metrics.lists.wanted import default_period
from metrics.values import Value


@dataclass(frozen=True)
class Preview:
    """What changes, in lines; the values in them, with their receipts."""

    lines: tuple[str, ...]
    values: tuple[Value, ...] = ()


def preview(
    rule: Rule, new: Kept, replaced: tuple[str, ...], place: Place, role: str, gates: Gates
) -> Preview:
    """What a rule would change for whoever asks, without the rules it takes the place of; in the list of a role."""
    match rule:
        case Include() | Exclude() | Share():
            held = tuple(kept for kept in place.in_force.kept if kept.id not in replaced)
            then = InForce((*held, new), place.question.user, place.question.channel)
            return _lists(place, then, role, gates)
        case Method():
            return _values(rule, place)
        case Alias():
            return Preview((_reading(rule, place),))
        case FiscalYear():
            return Preview((_year(rule, place),))


def _lists(place: Place, then: InForce, role: str, gates: Gates) -> Preview:
    catalog = place.engine.catalog
    before = first_listed(role, place, place.taught, gates)
    after = first_listed(role, place, then.taught(catalog), gates)
    name = catalog.roles[role].name
    if before == after:
        return Preview((f"The first {len(after)} for the {name} stay as they are: it holds there already.",))
    comes = [
        f"{catalog.metric(one).name} (place {after.index(one) + 1})" for one in after if one not in before
    ]
    goes = [f"{catalog.metric(one).name} (was {before.index(one) + 1})" for one in before if one not in after]
    moves = [
        f"{catalog.metric(one).name} from {before.index(one) + 1} to {after.index(one) + 1}"
        for one in after
        if one in before and abs(before.index(one) - after.index(one)) > 1
    ]
    changes = [
        f"Comes in: {', '.join(comes)}." if comes else "",
        f"Goes out: {', '.join(goes)}." if goes else "",
        f"Moves: {', '.join(moves)}." if moves else "",
    ]
    told = [one for one in changes if one] or ["Neighbours change places, nothing else."]
    return Preview((f"Among the first {len(after)} for the {name}:", *(f"• {one}" for one in told)))


def _values(rule: Method, place: Place) -> Preview:
    """The value by the method used now, and by the one that was taught."""
    metric, period = place.engine.catalog.metrics[rule.metric], default_period(place.engine, place.as_of)
    asks = [Ask(name, period, usual_window=True) for name in (rule.metric, f"{rule.metric}.{rule.variant}")]
    now, then = (table[0] for table in place.compute(asks))
    unit = place.engine.catalog.metric(f"{rule.metric}.{rule.variant}").unit
    currency = place.engine.company.file.currency
    line = (
        f"{metric.name}, {now.period}: {value_words(now, metric.unit, currency)} as it is computed now, "
        f"{value_words(then, unit, currency)} with it."
    )
    return Preview((line, *_also(rule, place)), (now, then))


def _also(rule: Method, place: Place) -> list[str]:
    """The company's own file may say something else."""
    own = place.engine.company.file.variants.get(rule.metric)
    return [f"company.toml says {own}; the coached rule would stand above it."] if own else []


def _reading(rule: Alias, place: Place) -> str:
    """How the words are understood now."""
    owners = lexicon(place.engine.catalog).metrics.get(key(rule.words), ())
    names = [place.engine.catalog.metrics[one].name for one in owners]
    now = f"could mean {' or '.join(names)}" if names else "means no metric exactly, so I ask back"
    return f"Until now “{rule.words}” {now}; then it means {place.engine.catalog.metrics[rule.metric].name}."


def _year(rule: FiscalYear, place: Place) -> str:
    """Which days the fiscal year of the day has, by either calendar."""
    calendars = (place.engine.company.calendar, Calendar(rule.month))
    days = []
    for calendar in calendars:
        years = (calendar.year(place.as_of.year + more, fiscal=True) for more in (0, 1))
        year = next(year for year in years if year.start <= place.as_of < year.end)
        days.append(f"{year.label} is {year.start.isoformat()} to {year.last_day.isoformat()}")
    start = MONTHS[place.engine.company.file.fiscal_year_start - 1]
    return f"Now (from {start}) {days[0]}; then {days[1]}. Lists and calendar quarters stay as they are."
