"""Finding a real Chromium, or getting one: `python -m tests.chromium` says which, and fails without."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def find() -> str | None:
    """The path of a Chromium that is here, or None."""
    named = os.environ.get("CHROMIUM")
    on_the_path = next(filter(None, map(shutil.which, NAMES)), None)
    return named or on_the_path or (str(MAC) if MAC.exists() else None) or _playwrights_own()


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def flags() -> list[str]:
    return FLAGS + (["--no-sandbox"] if os.geteuid() == 0 else [])


def install() -> None:
    """As root on Debian its own package, else Playwright's download."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], check=False)
    if not find():
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def main() -> int:
    if not find():
        install()
    if path := find():
        print(f"Browser tests use {path}")  # noqa: T201
        return 0
    print("No Chromium; set CHROMIUM to one.", file=sys.stderr)  # noqa: T201
    return 0 if os.environ.get("ALLOW_NO_BROWSER") else 1


if __name__ == "__main__":
    sys.exit(main())
