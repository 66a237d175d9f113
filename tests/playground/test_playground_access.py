"""The playground's page for who cannot see it well, or has no mouse: axe on each of its states, and the keyboard."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from bot.answer import Bot
from tests.browser import answered, ask, chromium, in_chromium, opened, playground

axe = pytest.importorskip(
    "axe_playwright_python.async_playwright", reason="axe-playwright-python is not installed"
)

pytestmark = [in_chromium, pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]

STOPS = """() => {
  const seen = (one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest("[inert]");
  const inside = document.querySelector("dialog[open]") ?? document;
  const all = inside.querySelectorAll("a[href], button, select, input, textarea, summary, [tabindex='0']");
  return [...all].filter((one) => seen(one) && !one.disabled).length;
}"""
"""How many places there are on the page (in the modal, if one is open) that one can do something at."""
NUMBERED = """() => {
  const one = document.activeElement;
  one.dataset.stop ??= String(window.stops = (window.stops ?? 0) + 1);
  return one === document.body ? "nowhere" : one.dataset.stop;
}"""
"""A number for the element that has the focus, the same each time."""
IN_MODAL = "() => Boolean(document.activeElement.closest('dialog[open]'))"


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def tab() -> AsyncIterator[Page]:
    async with chromium() as running:
        yield running


@pytest_asyncio.fixture(loop_scope="module")
async def page(tab: Page, demo_bot: Bot) -> AsyncIterator[Page]:
    async with playground(demo_bot) as address, opened(tab, address) as shown:
        yield shown


async def wrong(page: Page, state: str) -> list[str]:
    """What axe finds wrong with the page as it stands; its best practices count too. Darkness changes colours alone."""
    dark = await page.evaluate("() => matchMedia('(prefers-color-scheme: dark)').matches")
    rules = {"runOnly": ["color-contrast"]} if dark else {}
    found = await axe.Axe().run(page, options={"resultTypes": ["violations"], **rules})
    return [
        f"{state}: {rule['id']} ({rule['help']}): {node['html'][:160]}"
        for rule in found.response["violations"]
        for node in rule["nodes"]
    ]


async def stops(page: Page) -> list[str]:
    """Where the Tab key leads, once round."""
    found: list[str] = []
    while (here := await page.evaluate(NUMBERED)) not in found:
        found += [here]
        await page.keyboard.press("Tab")
        assert len(found) < 200
    return [one for one in found if one != "nowhere"]


async def in_channels(page: Page) -> list[str]:
    """A list, a trend with its figures open, a menu, what one person alone was shown, and "are you sure?"."""
    faults = await wrong(page, "empty")
    await ask(page, "top 5 metrics for a CRO")
    await page.get_by_label("Reply…").fill("win rate by month")
    await page.get_by_label("Reply…").press("Enter")
    await answered(page, 2)
    await page.locator("#thread-log").get_by_text("Figures").click()
    faults += await wrong(page, "thread")
    await page.locator("#thread-log .message").last.hover()
    await page.locator("#thread-log").get_by_label("More actions").last.click()
    faults += await wrong(page, "menu")
    await page.get_by_role("button", name="leadership").click()
    await ask(page, "@Counterpoise top 5 metrics for a CRO")
    await page.locator("#log .message.private").get_by_role("button", name="Share").click()
    faults += await wrong(page, "confirm")
    await page.keyboard.press("Escape")
    return faults + await wrong(page, "private")


async def in_modals(page: Page) -> list[str]:
    """The receipts, their SQL, a form with what is wrong with it, and the page of the app."""
    await page.get_by_role("navigation").get_by_role("button", name="Counterpoise").click()
    await page.get_by_role("button", name="3 replies").click()
    await page.locator("#thread-log").get_by_role("button", name="Sources").first.click()
    modal = page.get_by_role("dialog")
    await modal.get_by_role("button", name="SQL").first.wait_for()
    faults = await wrong(page, "sources")
    await modal.get_by_role("button", name="SQL").first.click()
    await modal.locator("pre").first.wait_for()
    faults += await wrong(page, "sql")
    await modal.get_by_label("Close").first.click()
    await page.get_by_label("Commands and shortcuts").click()
    await page.get_by_role("button", name="Ask for metrics A form").click()
    await modal.get_by_role("combobox").first.select_option(index=0)
    await modal.locator("button[type=submit]").click()
    await expect(modal.locator(".wrong").first).not_to_be_empty()
    faults += await wrong(page, "form")
    await page.keyboard.press("Escape")
    await page.get_by_role("tab", name="Home").click()
    await expect(page.get_by_role("tabpanel", name="Home")).to_contain_text("My scorecard")
    return faults + await wrong(page, "home")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
async def test_axe_finds_nothing_wrong_in_any_state_of_the_page(tab: Page, demo_bot: Bot, dark: bool) -> None:
    async with playground(demo_bot) as address, opened(tab, address, dark=dark) as page:
        assert await in_channels(page) + await in_modals(page) == []


async def test_on_a_narrow_window_nothing_loses_its_name(tab: Page, demo_bot: Bot) -> None:
    async with playground(demo_bot) as address, opened(tab, address, width=480) as page:
        await expect(page.get_by_role("navigation").get_by_role("button", name="leadership")).to_have_count(1)
        assert await wrong(page, "narrow") == []


async def test_the_tab_key_reaches_everything_that_can_be_done(page: Page) -> None:
    await ask(page, "top 5 metrics for a CRO")
    there = await page.evaluate(STOPS)
    assert there > 20
    assert len(await stops(page)) == there


async def test_a_modal_keeps_the_focus_and_gives_it_back(page: Page) -> None:
    await ask(page, "top 5 metrics for a CRO")
    opener = page.locator("#thread-log").get_by_role("button", name="Sources")
    await opener.focus()
    await page.keyboard.press("Enter")
    modal = page.get_by_role("dialog")
    await modal.get_by_role("button", name="SQL").first.wait_for()
    assert await page.evaluate(IN_MODAL)
    assert len(await stops(page)) == await page.evaluate(STOPS)
    await modal.get_by_role("button", name="SQL").first.focus()
    await page.keyboard.press("Enter")
    await modal.locator("pre").first.wait_for()
    assert await page.evaluate(IN_MODAL)
    for _ in range(2):
        await page.keyboard.press("Escape")
        await page.wait_for_timeout(200)
    await expect(modal).to_be_hidden()
    await expect(opener).to_be_focused()


async def test_closing_a_menu_gives_the_focus_back_to_what_opened_it(page: Page) -> None:
    opener = page.get_by_label("Commands and shortcuts")
    await opener.focus()
    await page.keyboard.press("Enter")
    await page.locator(".menu").first.wait_for()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Escape")
    await expect(opener).to_be_focused()
    await expect(page.locator(".menu").first).to_be_hidden()


async def test_an_answer_is_added_to_a_region_that_is_read_out(page: Page) -> None:
    await page.evaluate(
        """() => new MutationObserver((changes) => {
          for (const one of changes) for (const node of one.addedNodes) {
            if (node.closest?.("[role=log][aria-live=polite]")) (window.heard ??= []).push(node.textContent);
          }
        }).observe(document.body, { childList: true, subtree: true })"""
    )
    await ask(page, "win rate")
    assert any("Win rate" in one for one in await page.evaluate("() => window.heard"))
