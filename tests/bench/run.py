"""Measure speed as ratios, both sides in one run: `make bench`, or some lines of it: `make bench NAME="load audit"`.

Every module beside this one may offer BENCHES: name -> (goal, function that returns the ratio, or the ratio and a
table of what else is to be known). Each line reads `bench NAME RATIO goal GOAL`; `exports/bench.json` holds the
last of each, with the rest of what was measured and the seconds that measuring took.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    Measured = float | tuple[float, dict[str, float]]

HERE = Path(__file__).parent
RESULTS = HERE.parents[1] / "exports" / "bench.json"


def benches() -> dict[str, tuple[float, Callable[[], Measured]]]:
    """Collect what the modules of this folder offer."""
    sys.path.insert(0, str(HERE))
    found: dict[str, tuple[float, Callable[[], Measured]]] = {}
    for path in sorted(HERE.glob("*.py")):
        if path != Path(__file__):
            found |= getattr(importlib.import_module(path.stem), "BENCHES", {})
    return found


def main(names: list[str]) -> int:
    """Run the named benches, or all; return 1 when one misses its goal."""
    known = benches()
    if unknown := set(names) - set(known):
        print(f"no bench {', '.join(sorted(unknown))}; known: {', '.join(known)}", file=sys.stderr)
        return 2
    RESULTS.parent.mkdir(exist_ok=True)
    results = json.loads(RESULTS.read_text()) if RESULTS.is_file() else {}
    met = True
    for name in names or known:
        goal, measure = known[name]
        begun = time.perf_counter()
        found = measure()
        ratio, more = found if isinstance(found, tuple) else (found, {})
        took = time.perf_counter() - begun
        results[name] = {"ratio": round(ratio, 3), "goal": goal, "met": ratio <= goal, "took": round(took, 1), **more}
        met = met and ratio <= goal
        RESULTS.write_text(json.dumps(results, indent=2) + "\n")
        print(f"bench {name} {ratio:.2f} goal {goal:.2f}", flush=True)
    return int(not met)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
