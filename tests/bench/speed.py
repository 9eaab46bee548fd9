"""How fast the package itself is: fresh processes in alternation, the median of each side."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

import nbformat

ROOT = Path(__file__).parents[2]
TIMED = "import time as _t; _s = _t.perf_counter()\n{}\nprint(_t.perf_counter() - _s)"
HAND_WRITTEN = """
import altair as alt, pandas as pd
kinds = ["change in number", "change per resident"]
rows = pd.DataFrame({
    "label": ["All: 375 to 392 people", "Street: 106 to 100 people", "Rest: 269 to 292 people"] * 2,
    "row": [0, 1, 2] * 2, "kind": [kinds[0]] * 3 + [kinds[1]] * 3,
    "change": [4.53, -5.66, 8.55, -3.92, -13.29, -0.23], "quote": ["..."] * 6,
})
growth = alt.param(name="growth", value=8.8, bind=alt.binding_range(min=0, max=15, step=0.1))
y = alt.Y("row:O", axis=None)
x = alt.X("change:Q", scale=alt.Scale(domain=[-20, 15]), axis=alt.Axis(title="percent change"))
plain = alt.Chart(rows)
folded = plain.transform_calculate(shown="datum.change", resident="100 * ((100 + datum.change) / (100 + growth) - 1)")
points = folded.mark_point(filled=True, size=170).encode(
    x=x, y=y, color=alt.Color("kind:N", legend=alt.Legend(title=None, orient="top")), shape="kind:N",
    tooltip=[alt.Tooltip("quote:N", title="words"), alt.Tooltip("label:N")])
line = plain.mark_rule().encode(x="min(change):Q", x2="max(change):Q", y=y)
zero = alt.Chart(pd.DataFrame({"x": [0]})).mark_rule().encode(x="x:Q")
words = folded.mark_text(dx=12).encode(x=x, y=y, text="change:Q")
label = plain.mark_text(align="left", x=0).encode(y=y, text="label:N")
source = alt.Chart(pd.DataFrame({"t": ["Source"]})).mark_text(x=0, y=200).encode(text="t:N")
chart = alt.layer(line, points, zero, words, label, source).add_params(growth).properties(
    title=alt.TitleParams("Title", subtitle=["one", "two"]), width=620, height=alt.Step(66))
chart.to_dict()
"""


def seconds(code: str, *arguments: str) -> float:
    """Run code in a fresh process and return the seconds that it says it took."""
    run = [sys.executable, "-c", TIMED.format(code), *arguments]
    done = subprocess.run(run, capture_output=True, text=True, check=True, cwd=ROOT)
    return float(done.stdout.split()[-1])


def ratio(ours: str, bare: str, *arguments: str, rounds: int = 3) -> float:
    """Measure both sides in alternation; return the ratio of their medians."""
    pairs = [(seconds(ours, *arguments), seconds(bare, *arguments)) for _ in range(rounds)]
    return statistics.median(a for a, _ in pairs) / statistics.median(b for _, b in pairs)


def importing() -> float:
    """Compare `import explore` with `import pandas`."""
    return ratio("import explore", "import pandas")


def first_chart() -> float:
    """Compare a first chart with one written by hand for the same data."""
    return ratio("import explore; explore.charts.christchurch().to_dict()", HAND_WRITTEN)


def registers(folder: Path, many: int, each: int = 30) -> None:
    """Write registers of the usual kind, `each` statistics a document."""
    for number in range(many):
        lines = [
            (
                '[document]\ntitle = "T"\npublisher = "P"\npublished = 2015-08-12\nkind = "article"\n'
                'stated_by = "article"\nevidence = "primary text"\n'
            )
        ]
        for at in range(each):
            lines.append(  # noqa: PERF401
                f'\n[[statistic]]\nid         = "share-{at}"\ntopic      = "solicitation"\n'
                f'quote      = "{at + 10}% of the {at + 200} people asked in town {number} said so"\n'
                f'number     = "{at + 10}%"\nmeasure    = "solicited for sex by police"\n'
                f'population = "people asked"\nplace      = "Town {number}"\nperiod     = 2012\n'
                f'n          = {at + 200}\nlocator    = "paragraph {at}"\nnote       = "One line of the report."\n'
            )
        (folder / f"doc-{number}.toml").write_text("".join(lines), encoding="utf-8")


BARE_LOAD = """
import sys, tomllib, pathlib, pandas as pd
rows = []
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.toml")):
    made = tomllib.loads(path.read_text())
    rows += [{"document": path.stem, **row} for row in made["statistic"]]
pd.DataFrame(rows)
"""
LOAD = "import sys, explore; explore.statistics(sys.argv[1])"


def load() -> float:
    """Compare 30,000 statistics from 1,000 registers with bare tomllib and a DataFrame."""
    with tempfile.TemporaryDirectory() as folder:
        registers(Path(folder), 1000)
        return ratio(LOAD, BARE_LOAD, folder)


def load_growth() -> float:
    """Compare 30,000 statistics with 10,000: three times as many should cost little more than that."""
    with tempfile.TemporaryDirectory() as large, tempfile.TemporaryDirectory() as small:
        registers(Path(large), 1000)
        registers(Path(small), 333)
        runs = [(seconds(LOAD, large), seconds(LOAD, small)) for _ in range(3)]
    return statistics.median(a for a, _ in runs) / statistics.median(b for _, b in runs)


COLD = "import sys, pathlib, explore\nexplore.statistics\n_s = _t.perf_counter()\nexplore.statistics(sys.argv[1])"
RELOAD = (
    COLD
    + """
path = sorted(pathlib.Path(sys.argv[1]).glob("*.toml"))[5]
path.write_text(path.read_text() + "# edited\\n")
_s = _t.perf_counter()
explore.statistics(sys.argv[1])"""
)


def reload() -> float:
    """Compare `statistics()` after one of 1,000 registers was edited with the first reading of them all."""
    with tempfile.TemporaryDirectory() as folder:
        registers(Path(folder), 1000)
        return ratio(RELOAD, COLD, folder)


AUDIT = """
import sys, explore
from explore.register import load
load(sys.argv[1])
explore.audit
_s = _t.perf_counter()
for _ in range(4):
    explore.audit(sys.argv[1])"""


def records(folder: Path, many: int, each: int = 30) -> None:
    """Write registers that each state `each` records of a count, and the counts that they are of."""
    counts = '[[series]]\nid = "c-{0}"\nmethod = "counted"\ncoverage = "all"\n'
    shared = 'topic = "t"\nmeasure = "visits"\npopulation = "people"\nplace = "Town {0}"\nlocator = "page 1"\n'
    for number in range(many):
        document = (
            '[document]\ntitle = "T"\npublisher = "P"\npublished = 2015\nkind = "{}"\nevidence = "primary text"\n'
        )
        stated, counted = [document.format("article")], [document.format("table"), counts.format(number)]
        for at in range(each):
            fields = f'\n[[statistic]]\nid = "y{at}"\nperiod = {1950 + at}\n' + shared.format(number)
            counted.append(f'{fields}series = "c-{number}"\nvalue = {at * 7 % 31}\nunit = "people"\n')
            stated.append(f'{fields}quote = "a record high of visits"\nsource = "counts-{number}/y{at}"\n')
        (folder / f"counts-{number}.toml").write_text("".join(counted), encoding="utf-8")
        (folder / f"stated-{number}.toml").write_text("".join(stated), encoding="utf-8")


def audit() -> float:
    """Compare the audit of 15,000 records among 30,000 rows with that of a third of them: 3 is linear, 9 is not."""
    with tempfile.TemporaryDirectory() as large, tempfile.TemporaryDirectory() as small:
        records(Path(large), 500)
        records(Path(small), 167)
        runs = [(seconds(AUDIT, large), seconds(AUDIT, small)) for _ in range(3)]
    return statistics.median(a for a, _ in runs) / statistics.median(b for _, b in runs)


SPANS = """
import sys, explore
from explore import register, texts
library = register.load(sys.argv[1])
import time; _s = time.perf_counter()
texts.check(library, sys.argv[2])
"""
BARE_SPANS = """
import sys, pathlib
from explore import register, texts
library = register.load(sys.argv[1])
import time; _s = time.perf_counter()
for one in library.registers.values():
    text = (pathlib.Path(sys.argv[2]) / f"{one.id}.txt").read_text()
    for entry in one.statistics:
        assert text.find(entry.quote) >= 0
"""


def spans() -> float:
    """Compare checking 30,000 spans in 1,000 texts with reading the files and `str.find`."""
    filler = "Nothing is counted in this sentence, which only fills the page. " * 6
    with tempfile.TemporaryDirectory() as seeds, tempfile.TemporaryDirectory() as texts:
        registers(Path(seeds), 1000)
        for number in range(1000):
            said = (f"{at + 10}% of the {at + 200} people asked in town {number} said so. {filler}" for at in range(30))
            (Path(texts) / f"doc-{number}.txt").write_text("\n".join(said), encoding="utf-8")
        return ratio(SPANS, BARE_SPANS, seeds, texts)


SCAN = "import sys, pathlib\nfrom explore import scan\ntext = pathlib.Path(sys.argv[1]).read_text()\n"
TEXT2NUM = "import sys, pathlib\nfrom text_to_num import alpha2digit\ntext = pathlib.Path(sys.argv[1]).read_text()\n"


def prose(path: Path, size: int) -> None:
    """Write a text of so many characters."""
    page = (ROOT / "notebooks" / "example" / "example.txt").read_text(encoding="utf-8") + "\n\n"
    path.write_text(page * (size // len(page)), encoding="utf-8")


def scan() -> float:
    """Compare scanning a text of 1 MB with text2num alone."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.txt"
        prose(path, 1_000_000)
        start = "import time; _s = time.perf_counter()\n"
        ours = f"{SCAN}{start}scan(text)"
        return ratio(ours, f"{TEXT2NUM}{start}alpha2digit(text, 'en')", str(path))


COMMAND = "import sys, io\nfrom explore.__main__ import main\nout, sys.stdout = sys.stdout, io.StringIO()\n"
COMMAND += "main(['scan', sys.argv[1]])\nsys.stdout = out"


def scan_command(size: int, rounds: int) -> float:
    """Compare `explore scan` of a long text, all its numbers open, with finding its numbers."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.txt"
        prose(path, size)
        return ratio(COMMAND, f"{SCAN}from explore import numbers\nnumbers.find(text)", str(path), rounds=rounds)


# Pieces that, said over and over, make a pattern run away which tries to read them together.
HOSTILE = """
12,|1,1|123,|1|one |1-|x|1:|a-|twenty-|[1, |http://|1 in |one in |1 to |1.|1/|1(|&#160;1|5 per |half a |a quarter of |£1 |R1
(1|2019;|1'|a million and |A B 1 |The A |-|–|1 – |<a |<1|up to |aged |+1|10 x 10|5e|one point |'80s |late |1, 2, |5m |CI 1, 2
between 1 and |1\n\n|5% |1/2 |every second |1 women and men |1 ± 2 |1 million |(1) |1-to-|a-1|3rd |1 GMT |Radio |a third |the 1
"""


def scan_growth() -> float:
    """Give the worst growth of time where a hostile text is twice as long; 2 is linear."""
    from explore.numbers import find

    def best(text: str) -> float:
        times = []
        for _ in range(3):
            began = time.process_time()
            find(text)
            times.append(time.process_time() - began)
        return min(times)

    find("1")  # so that the patterns are there
    worst = 0.0
    for piece in HOSTILE.strip().replace("\n", "|").replace("\\n", "\n").split("|"):
        for end in ("", " th"):
            half, whole = ((piece * size)[:size] + end for size in (6_000, 12_000))
            worst = max(worst, best(whole) / max(best(half), 0.005))  # below that a clock tells nothing
    return worst


def notebooks() -> float:
    """Compare all notebooks under nbval with bare kernels that import the same packages."""
    paths = sorted((ROOT / "notebooks").glob("*.ipynb"))
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder)
        for path in paths:
            cell = nbformat.v4.new_code_cell("import altair, ipywidgets, pandas, explore\n\nexplore.setup()")
            nbformat.write(nbformat.v4.new_notebook(cells=[cell]), bare / path.name)
        times = []
        for side in ([*map(str, paths)], [str(bare / path.name) for path in paths]):
            begun = time.perf_counter()
            run = [sys.executable, "-m", "pytest", "--nbval", "-q", "-p", "no:cacheprovider", *side]
            subprocess.run(run, check=True, capture_output=True, cwd=ROOT)
            times.append(time.perf_counter() - begun)
    return times[0] / times[1]


BENCHES = {
    "import": (1.05, importing),
    "first-chart": (1.1, first_chart),
    "load": (1.5, load),
    "load-growth": (3.2, load_growth),
    "audit": (3.6, audit),
    "reload": (0.1, reload),
    "spans": (1.8, spans),
    "scan": (3.0, scan),
    "scan-1mb": (2.0, partial(scan_command, 1_000_000, 3)),
    "scan-5mb": (2.0, partial(scan_command, 5_000_000, 1)),
    "scan-growth": (2.3, scan_growth),
    "notebooks": (1.5, notebooks),
}
