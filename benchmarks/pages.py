"""How soon pages come: twenty operators at once, and the round trip of what one does on a page.

python benchmarks/pages.py [--home HOME] [--seconds 20] [--operators 20]
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import httpx
import numpy as np
from playwright.sync_api import sync_playwright
from tests.apps.test_serving import Server
from tests.apps.web.pages import CONSOLE, SHOP

N_DEEDS = 30


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument(
        "--home", type=Path, help="of a trained sample shop; one is made unless given"
    )
    asked.add_argument("--seconds", type=float, default=20.0)
    asked.add_argument("--operators", type=int, default=20)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        if given.home:
            shutil.copytree(given.home, home)
        else:
            command = "from zhiyin.apps.cli.main import run; run()"
            subprocess.run(
                [sys.executable, "-c", command, "--home", str(home), "demo", "--once"], check=True
            )
        server = Server(home)
        url = f"http://127.0.0.1:{server.port}"
        try:
            for path in (*CONSOLE, *SHOP):
                httpx.get(f"{url}{path}", timeout=60)
            alone(url)
            asyncio.run(together(url, given.operators, given.seconds))
            deeds(url)
        finally:
            server.process.terminate()
            server.process.communicate(timeout=60)


def alone(url: str) -> None:
    print("one visitor, a page at a time (ms)")
    with httpx.Client(cookies={"zhiyin-shopper": "u00041"}, timeout=60) as client:
        for path in (*CONSOLE, *SHOP):
            took = []
            for _ in range(5):
                began = time.perf_counter()
                client.get(f"{url}{path}").raise_for_status()
                took.append(1e3 * (time.perf_counter() - began))
            print(f"  {np.median(took):7.0f}  {path}")


async def together(url: str, n: int, seconds: float) -> None:
    """Let visitors look at one console page after another, a second apart."""
    took: list[float] = []
    failed = 0
    until = time.perf_counter() + seconds

    async def visitor(at: int) -> None:
        nonlocal failed
        async with httpx.AsyncClient(timeout=60) as client:
            while time.perf_counter() < until:
                at += 1
                began = time.perf_counter()
                answer = await client.get(f"{url}{CONSOLE[at % len(CONSOLE)]}")
                took.append(1e3 * (time.perf_counter() - began))
                failed += answer.status_code != 200
                await asyncio.sleep(1)

    await asyncio.gather(*(visitor(at) for at in range(n)))
    p50, p95 = np.percentile(took, [50, 95])
    print(
        f"{n} operators at once: {len(took)} pages, {failed} failed, p50 {p50:.0f} ms, p95 {p95:.0f} ms"
    )


def deeds(url: str) -> None:
    """Time likes on cards in a browser, from the click to what the page shows of it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page()
        page.goto(f"{url}/shop/as?user=u00041&next=/shop/search?q=shoes")
        page.wait_for_load_state("networkidle")
        took = []
        likes = page.get_by_role("button", name="Like", exact=True)
        for at in range(min(N_DEEDS, likes.count())):
            began = time.perf_counter()
            likes.nth(at).click()
            page.locator("[aria-pressed=true]").nth(at).wait_for()
            took.append(1e3 * (time.perf_counter() - began))
        p50, p95 = np.percentile(took, [50, 95])
        print(
            f"{len(took)} likes, from the click to the filled heart: p50 {p50:.0f} ms, p95 {p95:.0f} ms"
        )
        browser.close()


if __name__ == "__main__":
    main()
