"""Measure speed as ratios, both sides in one run: `make bench`, or `python tests/bench/run.py NAME …`.

Every module beside this one may offer BENCHES: name -> (goal, function that returns the ratio).
Each line reads `bench NAME RATIO goal GOAL`; the same is written to `exports/bench.json`.
"""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).parent
RESULTS = HERE.parents[1] / "exports" / "bench.json"


def benches() -> dict[str, tuple[float, Callable[[], float]]]:
    """Collect what the modules of this folder offer."""
    sys.path.insert(0, str(HERE))
    found: dict[str, tuple[float, Callable[[], float]]] = {}
    for path in sorted(HERE.glob("*.py")):
        if path != Path(__file__):
            found |= getattr(importlib.import_module(path.stem), "BENCHES", {})
    return found


def main(names: list[str]) -> int:
    """Run the named benches, or all; return 1 when one misses its goal."""
    results = {}
    for name, (goal, measure) in benches().items():
        if not names or name in names:
            ratio = measure()
            results[name] = {"ratio": round(ratio, 3), "goal": goal, "met": ratio <= goal}
            print(f"bench {name} {ratio:.2f} goal {goal:.2f}", flush=True)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(results, indent=2) + "\n")
    return int(not all(one["met"] for one in results.values()))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
