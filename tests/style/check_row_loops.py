#!/usr/bin/env python3
"""Checks that g++ vectorises the row loops of transport: all that `#pragma omp simd` marks in its headers.

usage: check_row_loops.py ROOT COMPILER [FLAGS ...]

Compiles row_loops.cpp beside this file with the flags and -fopt-info-vec, and prints `file:line: what is wrong` for
every marked loop that the report does not name, or names as missed in any of its instances; fails if there is one.
"""
import re
import subprocess
import sys
from pathlib import Path

PRAGMA = re.compile(r"\s*#pragma omp simd")
REPORT = re.compile(r"(.*?):(\d+):\d+: (optimized: loop vectorized|missed: couldn't vectorize loop)")

# Loops that begin with these calls are reported at the lines of what is inlined, which stands above them.
INLINED = ("from.at(i)", "passed = faces.passed(q, i)")


def marked_loops(path):
    """Of every marked loop the line of its `for`, and the lines, all counted from 1, at which it may be reported."""
    text = path.read_text(encoding="utf-8").split("\n")
    loops, taken = [], set()
    for number, line in enumerate(text):
        if PRAGMA.match(line):
            begin = number + 1
            indent = re.match(r" *", text[begin]).group()
            end = next(n for n in range(begin, len(text)) if text[n] == indent + "}")
            lines = set(range(begin + 1, end + 2))
            if any(call in text[begin + 1] for call in INLINED):
                lines |= set(range(1, begin)) - taken
            taken |= lines
            loops.append((begin + 1, lines))
    return loops


def main(root, compiler, flags):
    source = Path(__file__).with_name("row_loops.cpp")
    run = subprocess.run([compiler, *flags, "-fopt-info-vec-optimized-missed", "-c", str(source), "-o", "/dev/null"],
                         capture_output=True, text=True, check=False)
    if run.returncode != 0:
        sys.exit(run.stderr)
    reports = {}
    for file, line, verdict in REPORT.findall(run.stderr):
        reports.setdefault(Path(file).resolve(), []).append((int(line), verdict.startswith("optimized")))
    loops = problems = 0
    for path in sorted((root / "engine" / "transport").resolve().glob("*.hpp")):
        for begin, lines in marked_loops(path):
            verdicts = [good for line, good in reports.get(path, []) if line in lines and (good or line > begin)]
            loops += 1
            if not verdicts or not all(verdicts):
                problems += 1
                print(f"{path}:{begin}: {'not vectorised in an instance' if verdicts else 'not vectorised'}")
    print(f"{loops - problems} of {loops} row loops are vectorised")
    return problems > 0 or loops == 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2], sys.argv[3:]))
