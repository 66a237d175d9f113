"""A recorded answer -> its numbers, each with its receipt in plain words, as somebody may read them. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bot.terminal import brief
from metrics.display import shown
from metrics.model import Catalog
from metrics.privacy import Reader, level_of_recorded, may_see
from metrics.privacy.withhold import WITHHELD

BEFORE, BESIDE = "The period before", "What stands beside them"
NOT_SAID = "not shown in this answer"
Receipt = Mapping[str, Any]


@dataclass(frozen=True)
class Reading:
    """An answer as it was recorded (``contract``), and with whose eyes it is read now (``seen``)."""

    contract: Mapping[str, Any]
    answer: str
    seen: Reader
    catalog: Catalog
    currency: str

    def may(self, receipt: Receipt) -> bool:
        """Whether who reads may see the numbers of this receipt."""
        scope = receipt.get("scope") or {}
        names = (*scope.get("by", ()), *scope.get("filters", {}), *scope.get("beside", ()))
        metric = str(receipt["metric"])
        if metric not in self.catalog.metrics:
            return False
        level = level_of_recorded(self.catalog, f"{metric}.{receipt.get('method', '')}", names)
        return may_see(self.seen, level, metric)


@dataclass(frozen=True)
class Cited:
    """One number of an answer: where it says it, the name of its receipt, what it is, whether it is withheld."""

    place: str
    key: str
    value: str | None = None
    under: str = ""
    withheld: bool = False


def cited(contract: Mapping[str, Any]) -> list[Cited]:
    """What the answer says, in its order; then what that is held against; then what else has a receipt."""
    found: dict[str, Cited] = {}
    for one in (*_said(contract), *_before(contract)):
        found.setdefault(one.key, one)
    receipts = contract.get("citations", {})
    rest = [Cited("", key, under=BESIDE) for key in receipts if key not in found]
    return [one for one in (*found.values(), *rest) if one.key in receipts]


def all_seen(reading: Reading) -> bool:
    """Whether who reads may see every number of an answer, and what stands beside them."""
    receipts = reading.contract.get("citations", {})
    told = (one for one in cited(reading.contract) if one.value is not None or one.under == BESIDE)
    return all(reading.may(receipts[one.key]) for one in told)


def called(one: Cited, receipt: Receipt, reading: Reading) -> str:
    """The number's place and its metric's name."""
    metric = reading.catalog.metrics.get(receipt["metric"])
    return f"{one.place}{metric.name if metric else one.key}"


def figured(one: Cited, receipt: Receipt, reading: Reading) -> str:
    """What stands behind the name: of which group it is, and the figure."""
    group = group_of(receipt)
    if one.withheld:
        return f"{group}: {NOT_SAID}"
    if one.value is None:
        return group
    unit = reading.catalog.metric(receipt["metric"]).unit
    return f"{group}: {shown(Decimal(one.value), unit, reading.currency)}"


def group_of(receipt: Receipt) -> str:
    """Of which group a number is, in brackets; empty where it is of the whole."""
    group = ", ".join(str(part) for part in (receipt.get("scope") or {}).get("group", ()) if part)
    return f" ({group})" if group else ""


def when(receipt: Receipt) -> str:
    """The period with its days."""
    period = receipt["period"]
    return f"{period['label']}: {period['start']} to {period['end']}"


def facts(receipt: Receipt) -> str:
    """What the number was computed from, in one line."""
    found = []
    if receipt["numerator"] is not None and receipt["denominator"] is not None:
        found.append(f"{brief(Decimal(receipt['numerator']))} / {brief(Decimal(receipt['denominator']))}")
    found.append(when(receipt))
    if receipt["n"] is not None:
        found.append(f"n = {receipt['n']:,}")
    found += [f"{name}: {kept}" for name, kept in receipt["filters"].items()]
    found += [f"as of {receipt['as_of']}"]
    if receipt["data_through"]:
        found.append(f"data to {receipt['data_through']}")
    found += [f"tables {', '.join(receipt['tables'])}", f"version {receipt['version']}"]
    if not receipt.get("usual_method", True):
        found.append(f"method {receipt['method'].replace('_', ' ')}")
    return " · ".join(found)


def _said(contract: Mapping[str, Any]) -> Iterator[Cited]:
    for row in contract.get("metrics", ()):
        yield _one(row, row["rank"])
    for place, value in enumerate(contract.get("values", ()), start=1):
        yield _one(value, place)


def _one(value: Mapping[str, Any], place: int) -> Cited:
    number = f"[{place}] " if value["value"] is not None else ""
    withheld = WITHHELD in value.get("flags", ())
    return Cited(number, value["citation"], value["value"], withheld=withheld)


def _before(contract: Mapping[str, Any]) -> Iterator[Cited]:
    for row in contract.get("metrics", ()):
        if row.get("previous_citation"):
            yield Cited(f"[{row['rank']}] ", row["previous_citation"], row.get("previous"), BEFORE)
