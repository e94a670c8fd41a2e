"""What Lighthouse says of the pages: performance, accessibility, best practices, search engines.

`npm ci --prefix requirements/node`, then `python -m benchmarks.lighthouse [HOME] [--runs N]` serves
the library of HOME (without one, the sample library is brought in first) and has each kind of page
looked at N times as Lighthouse looks by default, as a slow phone on a slow network. Printed are the
median scores, and every check that is not passed. It reckons the speed of the phone from this
machine's own clock, so a busy machine makes a slow phone: the load is printed beside.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.pages_weight import ROOT, served, ways, with_sample

PROGRAM = ROOT / "requirements" / "node" / "node_modules" / ".bin" / "lighthouse"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
MOST = 300  # seconds that one look may take


def looked_at(url: str, chromium: str, folder: Path) -> dict[str, Any]:
    report = folder / "report.json"
    command = [str(PROGRAM), url, "--quiet", "--output=json", f"--output-path={report}"]
    command += [f"--only-categories={','.join(CATEGORIES)}"]
    command += ["--chrome-flags=--headless=new --no-sandbox"]
    environment = {**os.environ, "CHROME_PATH": chromium}
    subprocess.run(command, env=environment, check=True, timeout=MOST, capture_output=True)
    made: dict[str, Any] = json.loads(report.read_text("utf-8"))
    return made


def missed(report: dict[str, Any]) -> list[str]:
    """The checks that count and were not passed, each with what it says of the page."""
    found = []
    for name in CATEGORIES:
        for one in report["categories"][name]["auditRefs"]:
            audit = report["audits"][one["id"]]
            if one["weight"] and audit["score"] is not None and audit["score"] < 0.9:
                found.append(f"{name}: {audit['title']} {audit.get('displayValue', '')}".rstrip())
    return found


def look(home: str, runs: int) -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None or not PROGRAM.exists():
        sys.exit("Needs Chromium, and Lighthouse: npm ci --prefix requirements/node")
    with served(home) as address, tempfile.TemporaryDirectory() as folder:
        print(f"load of the machine {os.getloadavg()[0]:.1f}\n")
        print(f"| page | {' | '.join(CATEGORIES)} |\n|---|{'---:|' * len(CATEGORIES)}")
        said: dict[str, list[str]] = {}
        for name, path in ways(address, chromium).items():
            reports = [looked_at(address + path, chromium, Path(folder)) for _ in range(runs)]
            scores = [
                median(report["categories"][category]["score"] for report in reports) * 100
                for category in CATEGORIES
            ]
            print(f"| {name} | {' | '.join(f'{score:.0f}' for score in scores)} |", flush=True)
            said[name] = missed(reports[0])
        print()
        for name, lines in said.items():
            print(*(f"{name}: {line}" for line in lines), sep="\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("home", nargs="?")
    parser.add_argument("--runs", type=int, default=3)
    chosen = parser.parse_args()
    if chosen.home:
        look(chosen.home, chosen.runs)
    else:
        with_sample(lambda home: look(home, chosen.runs))


if __name__ == "__main__":
    main()
