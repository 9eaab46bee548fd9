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


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Give a folder of two registers about another subject: libraries, with a break, a full count, a sample."""
    folder = tmp_path / "own"
    folder.mkdir()
    for name, text in OWN.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


OWN = {
    "gazette-2020": """
[document]
title     = "Fewer people read, the town says"
publisher = "The Gazette"
published = 2020-03-01
kind      = "article"
evidence  = "primary text"
locator   = "first paragraph"
place     = "Harwick"

[[topic]]
id    = "reading"
title = "Reading in Harwick"

[[topic]]
id    = "loans"
title = "Books lent in Harwick"

[[statistic]]
id         = "readers"
topic      = "reading"
quote      = "42% of all grown people read a book last year"
measure    = "read a book in the last year"
population = "adults"
period     = 2019
source     = "office-2020/readers"
source_is  = "named"

[[finding]]
id      = "whose"
topic   = "reading"
says    = "{readers} of members, not of everybody, of {office-2020/readers.n} asked in {readers.period}"
needs   = ["office-2020/readers"]
verdict = { readers = "mislabelled" }

[[finding]]
id      = "more"
topic   = "loans"
says    = "Loans rose by {office-2020/loans-2016..office-2020/loans-2019} after {office-2020/loans-2016.period}"
rises   = [["office-2020/loans-2016", "office-2020/loans-2019"]]
highest = "office-2020/loans-2019"
""",
    "office-2020": """
[document]
title     = "Library figures"
publisher = "Town Office"
published = 2020
kind      = "report"
evidence  = "primary text"
locator   = "table 1"
place     = "Harwick"

[[series]]
id       = "loans"
method   = "books lent, counted at the desk"
coverage = "all branches"
sample   = "full count"
breaks   = [{ at = 2016, why = "renewals are counted too" }]

[[statistic]]
id         = "readers"
topic      = "reading"
measure    = "read a book in the last year"
population = "members of the library"
period     = 2019
value      = 42
unit       = "percent"
n          = 500
sample     = "random"

[[table]]
topic      = "loans"
measure    = "books lent"
population = "loans"
unit       = "books"
series     = "loans"
columns    = ["id", "period", "value"]
rows       = [
    ["loans-2013", 2013, 9000],
    ["loans-2014", 2014, 9400],
    ["loans-2016", 2016, 6000],
    ["loans-2017", 2017, 6100],
    ["loans-2019", 2019, 7500],
]
""",
}
