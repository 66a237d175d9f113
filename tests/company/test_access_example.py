"""The example that the README points to for `access.yaml` is one: it is read as it stands."""

from __future__ import annotations

import textwrap
from pathlib import Path

from bot.audience import policy
from metrics.load import load_catalog


def test_the_example_of_a_policy_can_be_copied(tmp_path: Path) -> None:
    lines = [line for line in (policy.__doc__ or "").splitlines() if line.startswith("    ")]
    (tmp_path / "access.yaml").write_text(textwrap.dedent("\n".join(lines)), encoding="utf-8")
    [rule] = policy.read_policy(tmp_path, load_catalog()).rules
    assert (rule.where, rule.show, rule.see) == (["C0123456789"], "open", "people")
