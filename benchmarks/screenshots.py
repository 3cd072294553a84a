"""Pictures of every page of the sample shop, at two widths and in both languages; four of them stand in the README.

python benchmarks/screenshots.py [--home HOME] [--out FOLDER]
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from playwright.sync_api import Browser, sync_playwright
from tests.apps.test_serving import Server
from tests.apps.web.pages import CONSOLE, SHOP

SIZES = {"wide": {"width": 1440, "height": 900}, "narrow": {"width": 390, "height": 844}}
LOCALES = {"en": "en-US", "zh": "zh-CN"}
SHOPPER = "u00041"
PICTURES = Path(__file__).resolve().parents[1] / "docs" / "pictures"
IN_README = {
    "/shop": ("shop", "en"),
    "/console/why?user=u00041&item=i00076": ("why", "en"),
    "/console/people/u00041": ("person", "zh"),
    "/console?days=90&until=2025-12-31": ("overview", "zh"),
}
"""Cut at the window's height, as a person would first see them."""


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument(
        "--home", type=Path, help="of a trained sample shop; one is made unless given"
    )
    asked.add_argument("--out", type=Path, default=Path("build/screenshots"))
    given = asked.parse_args()
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("chromium is not there: apt-get install chromium fonts-noto-cjk")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        home = Path(folder) / "home"
        if given.home:
            shutil.copytree(given.home, home)
        else:
            command = "from zhiyin.apps.cli.main import run; run()"
            subprocess.run(
                [sys.executable, "-c", command, "--home", str(home), "demo", "--once"], check=True
            )
        server = Server(home)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        try:
            take(browser, f"http://127.0.0.1:{server.port}", given.out)
        finally:
            browser.close()
            server.process.terminate()
            server.process.communicate(timeout=60)


def take(browser: Browser, url: str, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    PICTURES.mkdir(parents=True, exist_ok=True)
    for size, viewport in SIZES.items():
        for language, locale in LOCALES.items():
            context = browser.new_context(viewport=viewport, locale=locale, reduced_motion="reduce")
            page = context.new_page()
            page.goto(f"{url}/shop/as?user={SHOPPER}&next=/shop")
            for path in (*CONSOLE, *SHOP):
                page.goto(f"{url}{path}")
                page.wait_for_load_state("networkidle")
                page.wait_for_timeout(300)
                name = path.split("?")[0].strip("/").replace("/", "-")
                page.screenshot(path=out / f"{name}-{size}-{language}.png", full_page=True)
                known = IN_README.get(path)
                if size == "wide" and known and known[1] == language:
                    page.screenshot(path=PICTURES / f"{known[0]}.png")
            context.close()
            print(f"{size} {language}: {len(CONSOLE) + len(SHOP)} pages in {out}")


if __name__ == "__main__":
    main()
