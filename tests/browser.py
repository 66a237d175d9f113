"""The playground in a real browser: the demo company's bot, its page, headless Chromium."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Collection, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from urllib.parse import urljoin

import pytest
from playwright.async_api import ConsoleMessage, Error, Page, async_playwright, expect

from bot.answer import Bot, answer
from bot.audience.policy import read_policy
from bot.playground.run import play
from bot.slack.serve import serve

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
"""Headless, as root in a container, and without a word to anybody outside."""
WITHIN = 45_000
"""Milliseconds that an answer may take on a busy machine."""

in_chromium = pytest.mark.skipif(
    CHROMIUM is None,
    reason="no Chromium on this machine: install Debian's `chromium` to run the page's tests",
)


@asynccontextmanager
async def playground(bot: Bot, lacking: Collection[str] = ()) -> AsyncIterator[str]:
    """Run the playground with this bot; gives the page's address. ``lacking``: kinds of blocks it does not take."""
    stop = asyncio.Event()
    address: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    engine = bot.open(None)
    policy = read_policy(engine.company.folder, engine.catalog)
    asked = partial(answer, bot=bot)
    connect = partial(serve, answer=asked, memory=bot.memory, open_=lambda: engine, policy=policy)
    task = asyncio.create_task(play(connect, opened=address.set_result, stop=stop, lacking=lacking))
    try:
        yield await asyncio.wait_for(address, 10)
    finally:
        stop.set()
        await asyncio.wait_for(task, 20)


@asynccontextmanager
async def chromium() -> AsyncIterator[Page]:
    """Headless Chromium with one tab: to open another takes longer than most that is done in it."""
    expect.set_options(timeout=WITHIN)
    async with async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        tab = await browser.new_page(locale="en-GB")
        tab.set_default_timeout(WITHIN)
        yield tab
        await browser.close()


@asynccontextmanager
async def opened(
    tab: Page, address: str, *, width: int = 1280, height: int = 800, dark: bool = False
) -> AsyncIterator[Page]:
    """The page, as in a browser that was never there: nothing is stored for its address, which is new each time.

    At the end, it must have met no error.
    """
    errors: list[str] = []
    with hearing(tab, errors):
        await tab.set_viewport_size({"width": width, "height": height})
        await tab.emulate_media(color_scheme="dark" if dark else "light")
        await tab.mouse.move(0, 0)
        await tab.goto(address)
        await expect(tab.get_by_role("heading", name="Counterpoise", level=2)).to_be_visible()
        try:
            yield tab
        finally:
            await tab.unroute_all()
            await tab.context.clear_permissions()
            await tab.goto(urljoin(address, "/assets/icon.svg"))  # away from the page, in the same process
    assert not errors, errors


@contextmanager
def hearing(tab: Page, errors: list[str]) -> Iterator[None]:
    """Keep what goes wrong on the page meanwhile."""

    def failed(error: Error) -> None:
        errors.append(str(error))

    def said(message: ConsoleMessage) -> None:
        if message.type == "error":
            errors.append(message.text)

    tab.on("pageerror", failed)
    tab.on("console", said)
    try:
        yield
    finally:
        tab.remove_listener("pageerror", failed)
        tab.remove_listener("console", said)


async def ask(page: Page, question: str) -> None:
    """Write in the channel that is open, and wait for an answer in the thread that opens."""
    await page.locator("#composer").fill(question)
    await page.locator("#composer").press("Enter")
    await answered(page, 1)


async def answered(page: Page, number: int) -> None:
    """Wait until the thread holds so many messages of the app."""
    await expect(page.locator("#thread-log .message:has(.badge)")).to_have_count(number)
