"""What every browser journey needs: waiting for a page, and asking axe about it."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.server import ROOT, TODAY, Server

__all__ = ["ROOT", "TODAY", "Server", "ready", "violations"]

IDLE = """() => {
  const app = document.querySelector('[data-testid=stApp]');
  const idle = app?.getAttribute('data-test-script-state') === 'notRunning'
    && app.getAttribute('data-test-connection-state') === 'CONNECTED'
    && !document.querySelector('[data-testid=stSkeleton], [data-stale=true]')
    && document.fonts.status === 'loaded';
  if (!idle) { window.idleSince = undefined; return false; }
  window.idleSince ??= performance.now();
  return performance.now() - window.idleSince > 150;
}"""
"""Quiet for a moment: right after a click the script has not even begun."""

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def ready(page: Page) -> Page:
    """Wait until the script has run and everything it drew is there."""
    page.evaluate("window.idleSince = undefined")
    page.wait_for_function(IDLE, polling=50, timeout=30_000)
    return page


def violations(page: Page, ignore: tuple[str, ...] = ()) -> list[str]:
    """What axe finds serious or critical, but for rules named with a reason."""
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    return [
        f"{rule['impact']}, {rule['id']}: {node['html']}"
        for rule in found
        if rule["impact"] in ("serious", "critical") and rule["id"] not in ignore
        for node in rule["nodes"]
    ]
