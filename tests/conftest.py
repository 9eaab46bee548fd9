"""What every test can ask for: the notebooks, the documents' texts, and no silent skips where it counts."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Generator

ROOT = Path(__file__).parent.parent

collect_ignore = ["bench"]  # measured by `make bench`, not tested

settings.register_profile("default", deadline=None)
settings.register_profile("fuzz", deadline=None, max_examples=10_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for a ``notebook`` once for each of them."""
    if "notebook" in metafunc.fixturenames:
        paths = sorted((ROOT / "notebooks").glob("*.ipynb"))
        metafunc.parametrize("notebook", paths, ids=[path.stem for path in paths])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Make a skipped test a failure where ``CI=true``: what was not run there was not tested."""
    report = yield
    if os.environ.get("CI") == "true" and report.skipped and not hasattr(report, "wasxfail"):
        reason = call.excinfo.value if call.excinfo else "no reason given"
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} must not be skipped here: {reason}"
    return report


@pytest.fixture(scope="session")
def texts() -> list[Path]:
    """Give the folders that hold the documents' texts."""
    folders = [Path(name) for name in os.environ.get("EXPLORE_TEXTS", "").split(os.pathsep) if name]
    if not folders:
        pytest.skip("the documents' texts are not here: set EXPLORE_TEXTS to the folder that holds them")
    return folders
