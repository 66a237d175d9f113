"""What the house says of itself is true: README, .env.example, changelog, layout."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from bot.answer import answer
from bot.app import build_bot
from bot.cli import build_parser
from bot.model import Question
from bot.settings import Settings, names
from bot.terminal import as_text

ROOT = Path(__file__).parents[1]
TOP = {
    "pyproject.toml", "bot", "metrics", "prompts", "tests", "README.md", ".env.example",
    "LICENSE", "CHANGELOG.md", "Makefile", "constraints.txt", ".gitignore", ".ci",
}  # fmt: skip
MADE = {".git", ".venv", ".counterpoise", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis"}
LAST_RESORT = {"__pycache__", ".import_linter_cache", "counterpoise.egg-info", ".benchmarks", ".env"}
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_nothing_stands_at_the_top_but_what_belongs_there() -> None:
    assert {path.name for path in ROOT.iterdir()} - MADE - LAST_RESORT == TOP


def test_the_example_environment_names_exactly_the_settings_that_are_read() -> None:
    written = re.findall(
        r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    assert sorted(written) == sorted(names())


def test_the_example_environment_holds_no_value() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    assert not [line for line in lines if re.match(r"^[A-Z_]+=.", line)]


def commands() -> set[str]:
    """The subcommands that the parser really has."""
    actions = build_parser()._actions
    return {name for action in actions for name in (action.choices or {})}


def test_every_command_that_the_readme_shows_exists() -> None:
    shown = set(re.findall(r"counterpoise ([a-z]+)", README))
    assert shown
    assert shown <= commands()


def test_every_make_target_that_the_readme_shows_exists() -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    shown = re.findall(r"^make ([a-z]+)", README, flags=re.MULTILINE)
    assert shown
    assert set(shown) <= set(targets)


def test_every_path_that_the_readme_names_exists() -> None:
    named = re.findall(r"`((?:bot|metrics|tests|prompts)/[\w./-]+|\.env\.example)`", README)
    assert named
    assert not [path for path in named if not (ROOT / path).exists()]


def test_every_command_is_in_the_changelog() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert not [command for command in commands() if f"`{command}" not in changelog]


def test_every_dependency_is_pinned_without_hash_or_address() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pins = [
        line
        for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
        if line[:1] != "#"
    ]
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.]+", pin) for pin in pins)
    pinned = {re.sub(r"[-_.]+", "-", pin.split("==")[0]).lower() for pin in pins}
    asked = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names_asked = {re.sub(r"[-_.]+", "-", re.split(r"[><=\[]", one)[0]).lower() for one in asked}
    assert names_asked <= pinned


def test_no_file_names_a_path_of_this_machine() -> None:
    here = str(ROOT.parent) + "/"
    if len(ROOT.parts) < 3:
        pytest.skip("the checkout lies at the root of the file system: every path would match")
    guilty = [
        path.relative_to(ROOT)
        for folder in ("bot", "metrics", "prompts", "tests", ".ci")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".md", ".yaml", ".toml", ".sql", ".json", ""}
        and path.is_file()
        and here in path.read_text(encoding="utf-8", errors="ignore")
    ]
    assert not guilty


async def test_the_answer_that_the_readme_shows_is_the_one_that_make_demo_gives(
    demo_folder: Path, tmp_path: Path
) -> None:
    question = re.search(r"^QUESTION := (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert question
    settings = Settings(company=str(demo_folder), state_url=f"sqlite:///{tmp_path / 'memory.sqlite3'}")
    given = as_text(await answer(Question(question[1]), build_bot(settings)))
    shown = README.split("```\nTop 15", 1)[1].split("\n```", 1)[0]
    parts = [part.strip("\n") for part in re.split(r"^  \.\.\.$", f"Top 15{shown}", flags=re.MULTILINE)]
    assert given.startswith(parts[0])
    assert len([part for part in parts if part]) <= 2, "what is left out is left out at two places at most"
    places = [given.index(part) for part in parts]
    assert places[:2] == sorted(places[:2])
