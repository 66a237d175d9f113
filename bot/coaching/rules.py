"""The closed list of what can be taught, as data: stored as JSON, read back, and said in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter, ValidationError

from metrics.advice.words import joined
from metrics.balance.shares import HIGHEST, LOWEST
from metrics.definition import Frozen
from metrics.model import Catalog, Side

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


class Include(Frozen):
    """These metrics stand within the first ten, in every list or in those of one role."""

    kind: Literal["include"] = "include"
    metrics: tuple[str, ...] = Field(min_length=1)
    role: str | None = None


class Exclude(Frozen):
    """These metrics are never shown in a list."""

    kind: Literal["exclude"] = "exclude"
    metrics: tuple[str, ...] = Field(min_length=1)
    role: str | None = None


class Share(Frozen):
    """At least so many percent of a list are of one side."""

    kind: Literal["share"] = "share"
    side: Side
    percent: int = Field(ge=LOWEST, le=HIGHEST)
    role: str | None = None


class Method(Frozen):
    """A metric is computed by one of its published variants."""

    kind: Literal["method"] = "method"
    metric: str
    variant: str


class Alias(Frozen):
    """Words of the company's own that mean a metric."""

    kind: Literal["alias"] = "alias"
    words: str = Field(min_length=1)
    metric: str


class FiscalYear(Frozen):
    """The month in which the fiscal year starts."""

    kind: Literal["fiscal_year"] = "fiscal_year"
    month: int = Field(ge=1, le=12)


Rule = Include | Exclude | Share | Method | Alias | FiscalYear
_READ: TypeAdapter[Rule] = TypeAdapter(Annotated[Rule, Field(discriminator="kind")])


def rule_of(record: Mapping[str, Any]) -> Rule:
    """The rule that was recorded."""
    return _READ.validate_python(dict(record))


def readable(record: Mapping[str, Any]) -> bool:
    """Whether this version knows such a rule; one of another version rests."""
    try:
        rule_of(record)
    except ValidationError:
        return False
    return True


def record_of(rule: Rule) -> dict[str, Any]:
    """The rule as plain JSON values."""
    return rule.model_dump(mode="json")


def defines(rule: Rule) -> bool:
    """Whether it settles a definition or the calendar, which are the same for everyone in a workspace."""
    return isinstance(rule, Method | Alias | FiscalYear)


def role_of(rule: Rule) -> str | None:
    """The role whose lists it is about; None where it is about those of all."""
    return rule.role if isinstance(rule, Include | Exclude | Share) else None


def known(rule: Rule, catalog: Catalog) -> bool:
    """Whether a catalog has all that the rule names; another company's may not."""
    match rule:
        case Include(metrics=names, role=role) | Exclude(metrics=names, role=role):
            return set(names) <= catalog.metrics.keys() and (role is None or role in catalog.roles)
        case Share(role=role):
            return role is None or role in catalog.roles
        case Method(metric=name, variant=variant):
            return name in catalog.metrics and variant in catalog.metrics[name].methods
        case Alias(metric=name):
            return name in catalog.metrics
        case FiscalYear():
            return True


def said(rule: Rule, catalog: Catalog) -> str:
    """The rule in one sentence."""
    match rule:
        case Include(metrics=names, role=role):
            verb = "is" if len(names) == 1 else "are"
            return (
                f"{_names(names, catalog)} {verb} always included, within the first ten{_for(role, catalog)}."
            )
        case Exclude(metrics=names, role=role):
            return f"{_names(names, catalog)} {'is' if len(names) == 1 else 'are'} never listed{_for(role, catalog)}."
        case Share(side=side, percent=percent, role=role):
            return f"At least {percent} % of a list are {side} metrics{_for(role, catalog)}."
        case Method(metric=name, variant=variant):
            how = catalog.metrics[name].methods[variant]
            return f"{catalog.metrics[name].name} is computed {_by(how)}."
        case Alias(words=words, metric=name):
            return f"“{words}” means {catalog.metrics[name].name}."
        case FiscalYear(month=month):
            return f"The fiscal year starts on the first of {MONTHS[month - 1]}."


def _by(how: str) -> str:
    """How it is computed, as the end of a sentence."""
    return (
        how
        if how.startswith(("of ", "with", "by ", "from ", "to ", "out of", "against ", "after "))
        else f"as: {how}"
    )


def _names(names: tuple[str, ...], catalog: Catalog) -> str:
    return joined([catalog.metrics[name].name for name in names])


def _for(role: str | None, catalog: Catalog) -> str:
    return f", in lists for the {catalog.roles[role].name}" if role else ""
