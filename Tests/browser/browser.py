"""Debian's headless Chromium through Playwright, and the watch kept over every page that it opens."""

import os
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

CANDIDATES = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"]


@contextmanager
def chromium():
    executable = next((path for path in CANDIDATES if Path(path).exists()), None)
    if executable is None:
        raise RuntimeError("no Chromium: run « setup/install --test »")
    # Chromium's own sandbox refuses root.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=arguments)
        try:
            yield browser
        finally:
            browser.close()


class Watch:
    """What a page said that it should not: console errors (refusals of the content policy among them), scripts that
    threw, parts that did not load, anything asked of another host."""

    def __init__(self, page: Page, base: str) -> None:
        self.problems: list[str] = []
        page.on("console", lambda m: m.type in ("error", "warning") and self.problems.append(f"console: {m.text}"))
        page.on("pageerror", lambda e: self.problems.append(f"script: {e}"))
        page.on("requestfailed", lambda r: self.problems.append(f"not loaded: {r.url} ({r.failure})"))
        page.on("response", lambda r: self.part(r))
        page.on("request", lambda r: self.leaves(r.url, base))

    def part(self, response) -> None:
        if response.status >= 400 and response.request.resource_type != "document":
            self.problems.append(f"{response.status}: {response.url}")

    def leaves(self, url: str, base: str) -> None:
        if not url.startswith((base, "data:", "blob:", "about:")):
            self.problems.append(f"asked another host: {url}")

    def take(self) -> list[str]:
        problems, self.problems = self.problems, []
        return problems
