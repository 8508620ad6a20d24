"""Browser windows on the local Slack's page."""

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page


@dataclass
class Windows:
    """Opens windows on the workspace and remembers what their consoles said."""

    browser: Browser
    url: str
    contexts: list[BrowserContext] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, where: str = "/", *, width: int = 1280, height: int = 800, **options: Any) -> Page:  # noqa: ANN401
        """Open a window at an address of the page and wait until the conversation is drawn."""
        options = {"locale": "en-GB", "reduced_motion": "reduce", **options}
        context = self.browser.new_context(viewport={"width": width, "height": height}, **options)
        self.contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("console", lambda said: self._heard(said.type, said.text))
        page.on("pageerror", lambda error: self._heard("error", str(error)))
        page.goto(self.url + where)
        page.locator(".intro, .home-page").first.wait_for()
        return page

    def _heard(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.complaints.append(text)

    def close(self) -> None:
        """Close every window."""
        for context in self.contexts:
            context.close()
