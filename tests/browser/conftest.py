"""A JupyterLab as ``make lab`` starts it, on a copy of the notebooks, and a Chromium to look at it."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from playwright.sync_api import Browser, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent.parent
NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--no-pings",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]
START = 90  # seconds until JupyterLab must answer, on a slow machine


class Lab(NamedTuple):
    """A running JupyterLab."""

    url: str
    token: str
    log: Path
    offline_log: Path

    def page(self, name: str) -> str:
        """Give the address that opens a notebook, in a fresh workspace."""
        return f"{self.url}lab/tree/notebooks/{name}?reset&token={self.token}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser: ``-m "not browser"`` leaves it out."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the machine's own Chromium; nothing is downloaded."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip("no Chromium here: install one (apt-get install chromium), or set CHROMIUM to its path")
    sandbox = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=[*QUIET, *sandbox])
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """Start JupyterLab with the command and the flags of ``make lab``, away from the user's own settings."""
    home = tmp_path_factory.mktemp("lab")
    shutil.copy(ROOT / "Makefile", home)
    for name in ("notebooks", "seeds"):
        shutil.copytree(ROOT / name, home / name, ignore=shutil.ignore_patterns(".*"))
    (home / ".venv").symlink_to(sys.prefix)  # whose own path may hold what no shell takes unquoted
    settings = home / "settings" / "@jupyterlab" / "notebook-extension"
    settings.mkdir(parents=True)
    # JupyterLab leaves cells that are out of sight undrawn; here all of them are counted.
    (settings / "tracker.jupyterlab-settings").write_text('{"windowingMode": "none"}')
    log, offline_log = home / "lab.log", home / "offline.log"
    offline_log.touch()
    with log.open("w") as output:
        process = subprocess.Popen(
            [
                "make",
                "--old-file=.venv/ready",
                "lab",
                # Exposing the application lets a test call a menu's command and wait until it is done.
                f"LAB_FLAGS=--no-browser --port={free_port()} --LabApp.expose_app_in_browser=True",
            ],
            cwd=home,
            env=environment(home, offline_log),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        lab = Lab(*wait(process, home / "runtime", log), log, offline_log)
        yield lab
        ask(f"{lab.url}api/shutdown?token={lab.token}", method="POST")
        process.wait(timeout=START)


def environment(home: Path, offline_log: Path) -> dict[str, str]:
    """Give the variables of the server and its kernels: nothing of the user's is read or changed."""
    folders = {
        "IPYTHONDIR": "ipython",
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
    }
    given = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "VENV"))}
    path = os.pathsep.join([str(Path(__file__).parent / "offline"), *filter(None, [given.get("PYTHONPATH")])])
    return (
        given
        | {name: str(home / folder) for name, folder in folders.items()}
        | {"PYTHONPATH": path, "OFFLINE_LOG": str(offline_log)}
    )


def free_port() -> int:
    """Give a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait(process: subprocess.Popen[bytes], runtime: Path, log: Path) -> tuple[str, str]:
    """Wait until JupyterLab answers; give its address and token."""
    deadline = time.monotonic() + START
    while time.monotonic() < deadline and process.poll() is None:
        for file in runtime.glob("jpserver-*.json"):
            try:
                server = json.loads(file.read_text())
                ask(f"{server['url']}api/status?token={server['token']}")
            except (OSError, ValueError):
                break  # half written, or not yet listening
            return server["url"], server["token"]
        time.sleep(0.2)
    process.terminate()
    pytest.fail(f"JupyterLab did not start:\n{log.read_text()}")


def ask(url: str, method: str = "GET") -> bytes:
    """Give JupyterLab's answer."""
    request = urllib.request.Request(url, method=method)
    with urllib.request.urlopen(request, timeout=10) as answer:
        return bytes(answer.read())
