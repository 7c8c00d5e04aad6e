#!/usr/bin/env python3
"""Runs `tianqing check` on every broken scenario of this folder and compares what it says with expected.txt, to the letter.

usage: check_broken.py PROGRAM            fails if a message, an exit status or the list of files differs
       check_broken.py PROGRAM --write    writes what the program says to expected.txt: read it before committing it
"""
import difflib
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
BAD_INPUT = 2  # exit status


def said(program, scenario):
    """What the program says about a file, and what is wrong with how it ended."""
    result = subprocess.run([program, "check", scenario], cwd=HERE, capture_output=True, text=True, timeout=120)
    ended = "" if result.returncode == BAD_INPUT else f"{scenario}: exit status {result.returncode}, not {BAD_INPUT}"
    return result.stderr, ended


def main():
    if len(sys.argv) not in (2, 3) or sys.argv[2:] not in ([], ["--write"]):
        sys.exit(__doc__)
    program = str(Path(sys.argv[1]).resolve())
    wrong = []
    text = ""
    for path in sorted(HERE.glob("*.toml")):
        message, ended = said(program, path.name)
        text += f"[{path.name}]\n{message}\n"
        if ended:
            wrong.append(ended)
    if sys.argv[2:]:
        (HERE / "expected.txt").write_text(text)
    expected = (HERE / "expected.txt").read_text()
    wrong += difflib.unified_diff(expected.splitlines(), text.splitlines(), "expected.txt", "tianqing check", lineterm="")
    print("\n".join(wrong))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
