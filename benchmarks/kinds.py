"""`python -m benchmarks.kinds [--held] [--all] [KIND …]`: files of many kinds, made in code.

Prints per kind how many files are read rightly, or refused with a clear word, and what is wrong
with the others. Of each three variants of a kind the third is held back: it is looked at with
`--held` alone, when all is mended.
"""

from __future__ import annotations

import argparse
import sys
import time

from tests.kinds import KINDS
from tests.kinds.case import HELD, faults


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("kinds", nargs="*")
    parser.add_argument("--held", action="store_true", help="those that were held back")
    parser.add_argument("--all", action="store_true")
    chosen = parser.parse_args()
    right = total = 0
    for kind, cases in KINDS.items():
        if chosen.kinds and not any(word in kind for word in chosen.kinds):
            continue
        looked_at = [
            (place, case)
            for place, case in enumerate(cases, 1)
            if chosen.all or chosen.held == (place % HELD == 0)
        ]
        wrong = []
        began = time.process_time()
        for place, case in looked_at:
            if found := faults(case):
                wrong.append((place, found))
        took = time.process_time() - began
        print(f"{kind}: {len(looked_at) - len(wrong)} of {len(looked_at)} ({took:.1f} s)")
        for place, found in wrong:
            print("".join(f"    {place}: {fault}\n" for fault in found), end="")
        right += len(looked_at) - len(wrong)
        total += len(looked_at)
    print(f"{right} of {total}")
    return 0 if right == total else 1


if __name__ == "__main__":
    sys.exit(main())
