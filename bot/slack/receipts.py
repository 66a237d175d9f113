"""An answer's contract -> its receipts as blocks, numbered as the answer numbers them. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bot.slack.blocks import sections, small
from bot.slack.buttons import SQL, button
from bot.slack.limits import Block
from bot.slack.text import mrkdwn, plain, split
from bot.terminal import brief
from metrics.display import shown
from metrics.model import Catalog
from metrics.privacy import Reader, level_of, may_see

MOST = 40
"""Receipts in one modal, of whose blocks Slack takes 100."""
CODE = 2_800
BEFORE, BESIDE = "The period before", "What stands beside them"
GONE = "This answer is not kept any more: ask again."
HIDDEN = "not shown to you"
VERIFY = (
    "Run it again with `counterpoise verify {answer}` where I run: it says what is the same and what changed."
)
COPY = "Point at a block of code to copy it."


@dataclass(frozen=True)
class Reading:
    """An answer as it was recorded (``contract``), and with whose eyes it is read now (``seen``)."""

    contract: Mapping[str, Any]
    answer: str
    seen: Reader
    catalog: Catalog
    currency: str

    def may(self, receipt: Mapping[str, Any]) -> bool:
        """Whether who reads may see the numbers of this receipt."""
        scope = receipt.get("scope") or {}
        names = (*scope.get("by", ()), *scope.get("filters", {}), *scope.get("beside", ()))
        metric = str(receipt["metric"])
        known = metric in self.catalog.metrics
        return known and may_see(self.seen, level_of(self.catalog, metric, names), metric)


def all_seen(reading: Reading) -> bool:
    """Whether who reads may see every number of an answer, and what stands beside them."""
    cited = reading.contract.get("citations", {})
    told = (one for one in _cited(reading.contract) if one.value is not None or one.under == BESIDE)
    return all(reading.may(cited[one.key]) for one in told)


@dataclass(frozen=True)
class Cited:
    """One number of an answer: where the answer says it, the name of its receipt, what it is."""

    place: str
    key: str
    value: str | None = None
    under: str = ""


def receipts(reading: Reading) -> list[Block]:
    """Each number's receipt, without SQL; those that the reader may not see without any number."""
    blocks: list[Block] = []
    cited: Mapping[str, Any] = reading.contract.get("citations", {})
    under = ""
    for number, one in enumerate(_cited(reading.contract)):
        if number == MOST:
            blocks += small(
                [f"{len(cited) - MOST} more receipts are in `counterpoise verify {reading.answer}`."]
            )
            break
        if one.under != under:
            under = one.under
            blocks.append({"type": "header", "text": {"type": "plain_text", "text": under}})
        blocks += _blocks(one, cited[one.key], reading)
    return (
        [*blocks, *small([VERIFY.format(answer=reading.answer)])]
        if blocks
        else small(["There is no number in it."])
    )


def statements(reading: Reading, key: str) -> list[Block]:
    """The SQL of one receipt, each statement with its parameters."""
    receipt = reading.contract.get("citations", {}).get(key)
    if receipt is None or not reading.may(receipt):
        return small([GONE if receipt is None else f"This receipt is {HIDDEN}."])
    blocks: list[Block] = []
    for sql, bound in zip(receipt["sql"], receipt["parameters"], strict=False):
        for part in split(mrkdwn(sql.replace("```", "'''")), CODE):
            blocks += [_code(part)]
        if bound:
            blocks += [_code(part) for part in split(mrkdwn(json.dumps(bound, ensure_ascii=False)), CODE)]
    return [*blocks[: 2 * MOST], *small([COPY, VERIFY.format(answer=reading.answer)])]


def _cited(contract: Mapping[str, Any]) -> list[Cited]:
    """What the answer says, in its order; then what that is held against; then what else has a receipt."""
    found: dict[str, Cited] = {}
    for one in (*_said(contract), *_before(contract)):
        found.setdefault(one.key, one)
    cited = contract.get("citations", {})
    rest = [Cited("", key, under=BESIDE) for key in cited if key not in found]
    return [one for one in (*found.values(), *rest) if one.key in cited]


def _said(contract: Mapping[str, Any]) -> Iterator[Cited]:
    for row in contract.get("metrics", ()):
        yield Cited(f"[{row['rank']}] " if row["value"] is not None else "", row["citation"], row["value"])
    for place, value in enumerate(contract.get("values", ()), start=1):
        yield Cited(f"[{place}] " if value["value"] is not None else "", value["citation"], value["value"])


def _before(contract: Mapping[str, Any]) -> Iterator[Cited]:
    for row in contract.get("metrics", ()):
        if row.get("previous_citation"):
            yield Cited(f"[{row['rank']}] ", row["previous_citation"], row.get("previous"), BEFORE)


def _blocks(one: Cited, receipt: Mapping[str, Any], reading: Reading) -> list[Block]:
    seen = reading.may(receipt)
    [section, *more] = sections(_receipt(one, receipt, reading) if seen else _hidden(one, receipt, reading))
    if seen and receipt.get("sql") and len(_key(one.key)) <= CODE // 2:
        section = {**section, "accessory": button(SQL, "SQL", _key(one.key))}
    return [section, *more]


def _hidden(one: Cited, receipt: Mapping[str, Any], reading: Reading) -> str:
    return "\n".join(
        [_name(one, receipt, reading), f"= {mrkdwn(receipt['formula'])}", f"{_when(receipt)} · {HIDDEN}"]
    )


def _receipt(one: Cited, receipt: Mapping[str, Any], reading: Reading) -> str:
    """The name with the figure; the formula in words; what it was computed from."""
    head = _name(one, receipt, reading)
    if one.value is not None:
        unit = reading.catalog.metric(receipt["metric"]).unit
        head += f": {mrkdwn(shown(Decimal(one.value), unit, reading.currency))}"
    facts = []
    if receipt["numerator"] is not None and receipt["denominator"] is not None:
        facts.append(f"{brief(Decimal(receipt['numerator']))} / {brief(Decimal(receipt['denominator']))}")
    facts.append(_when(receipt))
    if receipt["n"] is not None:
        facts.append(f"n = {receipt['n']:,}")
    facts += [f"{name}: {kept}" for name, kept in receipt["filters"].items()]
    facts += [f"as of {receipt['as_of']}", f"data to {receipt['data_through'] or 'unknown'}"]
    facts += [f"tables {', '.join(receipt['tables'])}", f"version {receipt['version']}"]
    if not receipt.get("usual_method", True):
        facts.append(f"method {receipt['method'].replace('_', ' ')}")
    return "\n".join([head, f"= {mrkdwn(receipt['formula'])}", mrkdwn(" · ".join(facts))])


def _name(one: Cited, receipt: Mapping[str, Any], reading: Reading) -> str:
    metric = reading.catalog.metrics.get(receipt["metric"])
    group = ", ".join(str(part) for part in (receipt.get("scope") or {}).get("group", ()) if part)
    words = mrkdwn(f"{one.place}{metric.name if metric else one.key}")
    return f"*{words}*{mrkdwn(f' ({group})') if group else ''}"


def _when(receipt: Mapping[str, Any]) -> str:
    period = receipt["period"]
    return f"{period['label']}: {period['start']} to {period['end']}"


def _code(text: str) -> Block:
    return {"type": "section", "text": {"type": "mrkdwn", "verbatim": True, "text": f"```{plain(text)}```"}}


def _key(key: str) -> str:
    return json.dumps({"key": key})
