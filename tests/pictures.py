"""Takes the README's pictures of the playground: ``python -m tests.pictures`` writes them where they are kept."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.app import build_bot
from bot.settings import Settings
from tests.browser import ask, chromium, opened, playground

FOLDER = Path(__file__).parents[1] / "bot" / "playground" / "pictures"
QUESTION = "What are the top 15 metrics CROs should be tracking?"


async def take(settings: Settings, folder: Path) -> None:
    """One picture in light, one in dark: a question and its answer."""
    async with chromium() as tab:
        for name in ("light", "dark"):
            bot = build_bot(replace(settings, state_url=f"{settings.state_url}-{name}"))
            async with (
                playground(bot) as address,
                opened(tab, address, width=1360, height=1410, dark=name == "dark") as page,
            ):
                await ask(page, QUESTION)
                await page.screenshot(path=folder / f"answer_{name}.png")


def main(company: str | None) -> None:
    """Take them of the demo company, or of another company folder."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as kept:
        state = Settings(company=company or "", state_url=f"sqlite:///{kept}/memory.sqlite3")
        asyncio.run(take(state, FOLDER))


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
