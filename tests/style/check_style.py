#!/usr/bin/env python3
"""Checks what the compiler does not: layers, file sizes, names, and that the pages say what is there.

usage: check_style.py RULE [ROOT]    one rule (see RULES at the end) on the project in ROOT
       check_style.py --self-test    every rule on a small project that breaks it

Prints `file:line: what is wrong` for all violations; fails if there is one.
"""
import json
import os
import re
import sys
import tempfile
from pathlib import Path

# Lowest first; a folder may use lower layers alone, so folders of one layer never use each other.
LAYERS = [{"base"}, {"physics", "config", "files"}, {"grid"}, {"state"},
          {"meteorology", "emission", "transport", "chemistry", "deposition"}, {"diagnostics"}, {"output"},
          {"run", "planning", "import"}, {"app"}]
LEVEL = {folder: level for level, folders in enumerate(LAYERS) for folder in folders}

# Slow to compile, or foreign types that must not spread: the one folder that may include them, in how many .cpp files at
# most, and whether in headers of that folder.
HEAVY = {
    "toml++": (r"toml\+\+/", "config", 2, False),
    "nlohmann-json": (r"nlohmann/", "files", 2, False),
    "HDF5": (r"(hdf5|hdf5_hl|H5[A-Za-z]*)\.h", "files", 3, False),
    "GDAL": (r"(gdal|ogr|cpl)[a-z_]*\.h", "files", 3, True),
    "netCDF": (r"netcdf", "files", 2, False),
    "PROJ": (r"proj\.h", "grid", 2, False),
    "GEOS": (r"geos(_c)?(\.h|/)", "grid", 2, False),
    "date": (r"date/", "base", 2, False),
    "Boost.Program_options": (r"boost/program_options", "app", 99, True),
}

LONGEST = 450  # lines
SKIPPED = {".git", "build", "results", "__pycache__"}
TEXT = {".cpp", ".hpp", ".txt", ".cmake", ".py", ".toml", ".md", ".json", ".csv", ".sh", ".geojson", ".yaml", ".yml"}
WORDS = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X"]) + r")\b")
MACHINE_PATH = re.compile(r"/(work|root|home|tmp/[a-z])/")
SNAKE = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*(\.[a-z0-9]+)*")
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def walk(root, *tops):
    """All files below `tops` (of the whole project if none is given), sorted."""
    for top in tops or (".",):
        for folder, folders, files in os.walk(root / top):
            folders[:] = sorted(f for f in folders if f not in SKIPPED)
            for name in sorted(files):
                yield Path(folder) / name


def sources(root, *tops):
    return (p for p in walk(root, *tops) if p.suffix in (".cpp", ".hpp"))


def lines(path):
    return path.read_text(encoding="utf-8").split("\n")


def includes(path):
    for number, line in enumerate(lines(path), 1):
        match = INCLUDE.match(line)
        if match:
            yield number, match.group(1) == '"', match.group(2)


def declared_uses(root):
    """What each folder links to, directly, from engine/CMakeLists.txt."""
    text = re.sub(r"#.*", "", (root / "engine/CMakeLists.txt").read_text())
    uses = {}
    for call in re.findall(r"^tianqing_layer\(([^)]*)\)", text, re.M):
        words = call.split()
        taken = words[words.index("USES") + 1:] if "USES" in words else []
        taken = taken[:taken.index("LIBRARIES")] if "LIBRARIES" in taken else taken
        uses[words[0]] = set(taken)
    application = re.search(r"target_link_libraries\(tianqing PRIVATE ([^)]*)\)", text)
    uses["app"] = {w.removeprefix("tianqing_") for w in application.group(1).split() if w.startswith("tianqing_")}
    return uses


def check_layers(root):
    """Folders use lower layers alone, both in CMake and in what they include."""
    uses = declared_uses(root)
    for folder, taken in uses.items():
        if folder not in LEVEL:
            yield f"engine/CMakeLists.txt: {folder}: not in the table of layers"
            continue
        for other in sorted(taken):
            if LEVEL.get(other, 99) >= LEVEL[folder]:
                yield f"engine/CMakeLists.txt: {folder} uses {other}, which is not in a lower layer"

    def reach(folder):
        found = {folder}
        for other in uses.get(folder, ()):
            found |= reach(other) if LEVEL.get(other, 99) < LEVEL.get(folder, -1) else {other}
        return found

    for path in sources(root, "engine"):
        parts = path.relative_to(root / "engine").parts
        allowed = reach(parts[0])
        for number, quoted, name in includes(path):
            if not quoted:
                continue
            where = f"{path.relative_to(root)}:{number}"
            target = name.split("/")[0]
            if "/" not in name or not any((root / "engine" / (name + end)).exists() for end in ("", ".in")):
                yield f"{where}: \"{name}\" is not a path from engine/"
            elif target not in allowed:
                yield f"{where}: {parts[0]} may not use {target}"


def check_heavy_headers(root):
    """Slow headers stay in one folder, in few .cpp files and, but for the command line, in no header."""
    for library, (pattern, home, limit, in_headers) in HEAVY.items():
        users = []
        for path in sources(root, "engine"):
            folder = path.relative_to(root / "engine").parts[0]
            for number, _, name in includes(path):
                if not re.match(pattern, name):
                    continue
                where = f"{path.relative_to(root)}:{number}"
                if folder != home:
                    yield f"{where}: {library} outside engine/{home}"
                elif path.suffix == ".hpp" and not in_headers:
                    yield f"{where}: {library} in a header"
                elif path.suffix == ".cpp" and path not in users:
                    users.append(path)
        if len(users) > limit:
            names = ", ".join(str(p.relative_to(root)) for p in users)
            yield f"{names}: {library} in {len(users)} files, at most {limit}"


def check_length(root):
    """No source is longer than can be overlooked."""
    for path in sources(root, "engine", "tests", "bench"):
        count = len(lines(path)) - 1
        if count > LONGEST:
            yield f"{path.relative_to(root)}:{LONGEST}: {count} lines, at most {LONGEST}: split it by verb"


def check_text(root):
    """Nothing unfinished, no path of one machine, no tabs, no blanks at line ends."""
    for path in walk(root):
        if path.suffix not in TEXT and path.name not in ("setup", "run", "demo"):
            continue
        content = lines(path)
        for number, line in enumerate(content, 1):
            where = f"{path.relative_to(root)}:{number}"
            if WORDS.search(line):
                yield f"{where}: unfinished: {WORDS.search(line).group(0)}"
            if MACHINE_PATH.search(line):
                yield f"{where}: path of one machine"
            if "\t" in line:
                yield f"{where}: tab"
            if line != line.rstrip():
                yield f"{where}: blank at the end of the line"
        if content[-1] != "":
            yield f"{path.relative_to(root)}:{len(content)}: no line end at the end of the file"


def check_names(root):
    """Files and folders of the sources are in snake_case; headers carry their guard."""
    seen = set()
    for path in walk(root, "engine", "tests", "bench"):
        relative = path.relative_to(root)
        for part, whole in zip(relative.parts, [Path(*relative.parts[:i + 1]) for i in range(len(relative.parts))]):
            if whole in seen or part in ("CMakeLists.txt", "README.md"):
                continue
            seen.add(whole)
            is_data = relative.parts[0] == "tests" and path.suffix not in (".cpp", ".hpp", ".py")
            if not SNAKE.fullmatch(part.replace("-", "_") if is_data or relative.parts[1] == "data" else part):
                yield f"{whole}: name not in snake_case"
        if path.suffix == ".hpp" and "#pragma once" not in path.read_text():
            yield f"{relative}:1: no #pragma once"


def check_tests(root):
    """Every test asserts something, and every folder of tests mirrors one of the engine."""
    for path in sources(root, "tests"):
        relative = path.relative_to(root)
        text = path.read_text()
        if path.name.startswith("test_") and path.suffix == ".cpp":
            if not re.search(r"\bTEST(_[FP])?\(|\bTYPED_TEST\(", text):
                yield f"{relative}:1: no test"
            if not re.search(r"\b(EXPECT|ASSERT)_[A-Z]+|\bFAIL\(\)|\bRC_ASSERT", text):
                yield f"{relative}:1: asserts nothing"
        if relative.parts[1] == "unit" and not (root / "engine" / relative.parts[2]).is_dir():
            yield f"{relative}:1: no folder engine/{relative.parts[2]}"


COMMANDS = ["./setup && cmake --workflow --preset demo", "./setup && cmake --workflow --preset test"]


def check_pages(root):
    """README, CI entry and presets agree on the two commands; the README names folders and presets that are there."""
    readme = (root / "README.md").read_text()
    entry = (root / ".ci/run").read_text()
    presets = json.loads((root / "CMakePresets.json").read_text())
    for command in COMMANDS:
        for name, text in (("README.md", readme), (".ci/run", entry)):
            if command not in text:
                yield f"{name}:1: does not give the command `{command}`"
        if command.split()[-1] not in {p["name"] for p in presets.get("workflowPresets", [])}:
            yield f"CMakePresets.json:1: no workflow `{command.split()[-1]}`"
    if [entry.find(c) for c in COMMANDS] != sorted(entry.find(c) for c in COMMANDS):
        yield ".ci/run:1: demo comes first"
    names = {p["name"] for group in presets.values() if isinstance(group, list) for p in group}
    for name in sorted(names):
        if f"`{name}`" not in readme:
            yield f"README.md:1: does not name the preset `{name}`"
    for page in walk(root):
        if page.suffix != ".md":
            continue
        for number, line in enumerate(lines(page), 1):
            for target in re.findall(r"\]\(([^)#:]+)\)", line):
                if not (page.parent / target).exists():
                    yield f"{page.relative_to(root)}:{number}: link to {target}, which is not there"


RULES = {"layers": check_layers, "heavy_headers": check_heavy_headers, "length": check_length, "text": check_text,
         "names": check_names, "tests": check_tests, "pages": check_pages}


# ---- the rules on a project that breaks them

GOOD = {
    "engine/CMakeLists.txt": "tianqing_layer(base LIBRARIES z)\ntianqing_layer(files USES base)\ntianqing_layer(config USES base)\n"
                             "tianqing_layer(grid USES config)\ntarget_link_libraries(tianqing PRIVATE tianqing_grid Boost::x)\n",
    "engine/base/error.hpp": "#pragma once\n#include <string>\n",
    "engine/config/node.hpp": '#pragma once\n#include "base/error.hpp"\n',
    "engine/grid/grid.hpp": '#pragma once\n#include "base/error.hpp"\n#include "config/node.hpp"\n',
    "engine/app/main.cpp": '#include "grid/grid.hpp"\n#include <boost/program_options.hpp>\n',
    "tests/unit/base/test_base.cpp": "TEST(Base, Works) { EXPECT_TRUE(works()); }\n",
    "README.md": "\n".join(COMMANDS) + "\n`demo` `test` [engine](engine/CMakeLists.txt)\n",
    ".ci/run": "\n".join(COMMANDS) + "\n",
    "CMakePresets.json": '{"workflowPresets": [{"name": "demo"}, {"name": "test"}]}\n',
}
# rule, file, its content, what must be said
BAD = [
    ("layers", "engine/base/a.cpp", '#include "grid/grid.hpp"\n', "base may not use grid"),
    ("layers", "engine/files/a.cpp", '#include "config/node.hpp"\n', "files may not use config"),
    ("layers", "engine/grid/a.cpp", '#include "grid.hpp"\n', "not a path from engine/"),
    ("layers", "engine/CMakeLists.txt", GOOD["engine/CMakeLists.txt"] + "tianqing_layer(physics USES config)\n",
     "physics uses config"),
    ("layers", "engine/CMakeLists.txt", GOOD["engine/CMakeLists.txt"] + "tianqing_layer(hub USES base)\n", "table of layers"),
    ("heavy_headers", "engine/grid/a.hpp", "#pragma once\n#include <proj.h>\n", "PROJ in a header"),
    ("heavy_headers", "engine/base/a.cpp", "#include <boost/program_options.hpp>\n", "outside engine/app"),
    ("heavy_headers", "engine/grid/a.cpp engine/grid/b.cpp engine/grid/c.cpp", "#include <proj.h>\n", "in 3 files"),
    ("length", "engine/base/a.cpp", "int a;\n" * (LONGEST + 1), f"{LONGEST + 1} lines"),
    ("text", "engine/base/a.cpp", "// TO" + "DO later\n", "unfinished"),
    ("text", "engine/base/a.cpp", 'auto p = "/ro' + 'ot/x";\n', "path of one machine"),
    ("text", "engine/base/a.cpp", "int\ta;\n", "tab"),
    ("text", "engine/base/a.cpp", "int a; \n", "blank at the end"),
    ("text", "setup", "true", "no line end"),
    ("names", "engine/base/BadName.cpp", "\n", "not in snake_case"),
    ("names", "engine/base/a.hpp", "\n", "no #pragma once"),
    ("tests", "tests/unit/base/test_nothing.cpp", "TEST(A, B) { run(); }\n", "asserts nothing"),
    ("tests", "tests/unit/base/test_empty.cpp", "EXPECT_TRUE(1);\n", "no test"),
    ("tests", "tests/unit/hub/test_hub.cpp", GOOD["tests/unit/base/test_base.cpp"], "no folder engine/hub"),
    ("pages", "README.md", COMMANDS[0] + "\n`demo` `test`\n", "README.md:1: does not give the command"),
    ("pages", ".ci/run", "\n".join(COMMANDS[::-1]) + "\n", "demo comes first"),
    ("pages", "README.md", "\n".join(COMMANDS) + "\n`demo`\n", "does not name the preset `test`"),
    ("pages", "README.md", GOOD["README.md"] + "[x](not/there.md)\n", "which is not there"),
]


def write(root, files):
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content)


def self_test():
    failures = []
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), GOOD)
        for name, rule in RULES.items():
            failures += [f"{name}: false alarm: {found}" for found in rule(Path(folder))]
    for name, broken, content, expected in BAD:
        with tempfile.TemporaryDirectory() as folder:
            write(Path(folder), {**GOOD, **{file: content for file in broken.split()}})
            found = list(RULES[name](Path(folder)))
            if len(found) != 1 or expected not in found[0]:
                failures.append(f"{name}, {broken}: expected one complaint with `{expected}`, got {found}")
    return failures


def main():
    if sys.argv[1:] == ["--self-test"]:
        found = self_test()
    elif len(sys.argv) in (2, 3) and sys.argv[1] in RULES:
        root = Path(sys.argv[2]) if len(sys.argv) == 3 else Path(__file__).resolve().parents[2]
        found = list(RULES[sys.argv[1]](root.resolve()))
    else:
        sys.exit(f"{__doc__}\nRULE: {', '.join(RULES)}")
    for complaint in found:
        print(complaint)
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
