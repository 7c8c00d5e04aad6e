#!/usr/bin/python3
"""Uses `tianqing bench`, every benchmark, and bench/record once, at the smallest size; how fast they are is not asked.

usage: check_bench.py CASE PROGRAM    CASE: a function below whose name begins with case_, without that, for the PROGRAM
                                      tianqing; or benchmark_NAME for the PROGRAM bench_NAME
"""
import json
import math
import re
import subprocess
import sys
from pathlib import Path

import use
from use import BAD_INPUT, HERE, PATIENCE, check, says, tianqing

RECORD = HERE.parents[1] / "bench/record"
TINY = ("--size", "8x8x4", "--threads", "1", "--triad", "1")


def case_bench(folder):
    said = tianqing("bench", *TINY)
    for pattern in (r"^tianqing \d+\.\d+\.\d+: ", r"^  processor  .+, \d+ cores?, \d+ GB of memory", r"^  compiler   \w+ \d+.* -O",
                    r"^  triad      1 thread, 1 MB: [\d.]+ GB/s before and [\d.]+ after, with streaming stores [\d.]+ and [\d.]+$"):
        check(f"head: {pattern}", re.search(pattern, said.out, re.M), said.out)
    rows = re.findall(r"^(float|double) +8x8x4 +(\d+) +1((?: +\d+\.\d+){6})$", said.out, re.M)
    check("rows", [row[:2] for row in rows] == [("float", "8"), ("float", "1"), ("double", "8")], said.out)
    check("positive numbers", all(float(n) >= 0 for row in rows for n in row[2].split()), said.out)
    check("each row is announced", re.findall(r"^measuring (\S+)$", said.err, re.M)[0] == "full_step/float/8x8x4/tracers:8/threads:1",
          said.err)

    said = tianqing("bench", *TINY, "--tracers", "3", "--precision", "double", "--json")
    report = json.loads(said.out)
    check("JSON: head", {"program", "machine", "compiler", "flags", "build_type", "triad_megabytes", "triad", "full_step"} == set(report), said.out)
    check("JSON: machine", report["machine"]["cores"] >= 1 and report["machine"]["processor"], said.out)
    check("JSON: triad", [t["threads"] for t in report["triad"]] == [1]
          and all(len(report["triad"][0][key]) == 2 for key in ("plain_gb_per_s", "streaming_gb_per_s")), said.out)
    check("JSON: one row", [r["name"] for r in report["full_step"]] == ["full_step/double/8x8x4/tracers:3/threads:1"], said.out)
    row = report["full_step"][0]
    check("JSON: as the table has it", (row["precision"], row["nx"], row["ny"], row["nz"], row["tracers"], row["threads"])
          == ("double", 8, 8, 4, 3, 1), row)
    numbers = {key: value for key, value in row.items() if "_per_" in key or key == "share_of_bound"}
    check("JSON: numbers", len(numbers) == 6 and all(math.isfinite(n) and n > 0 for n in numbers.values()), numbers)
    bound = numbers["gb_per_s"] / numbers["stream_gb_per_s"]
    check("JSON: share of bound", math.isclose(numbers["share_of_bound"], bound, rel_tol=1e-12), numbers)
    check("JSON: the better triad", numbers["stream_gb_per_s"] == max(report["triad"][0]["streaming_gb_per_s"]), report)


def case_bench_refused(folder):
    for threads in ("0", "-1", "1000000"):
        says(tianqing("bench", "--threads", threads, status=BAD_INPUT), f"tianqing: --threads {threads}: must be in [1, 1024]\n")
    for size in ("256", "8x8", "8x8x4x2", "8x8x", "axbxc", "-8x8x4", "3x8x4", "8x8x129", "8x4097x4", "8,8,4", "99999999999x8x4"):
        says(tianqing("bench", "--size", size, status=BAD_INPUT),
             f"tianqing: --size {size}: must be NXxNYxNZ such as 256x256x32, NX and NY in [4, 4096], NZ in [4, 128]\n")
    for tracers in ("0", "-2", "257"):
        says(tianqing("bench", "--tracers", tracers, status=BAD_INPUT), f"tianqing: --tracers {tracers}: must be in [1, 256]\n")
    says(tianqing("bench", "--tracers", "two", status=BAD_INPUT), "'two'", "--tracers")
    for megabytes in ("0", "100001"):
        says(tianqing("bench", "--triad", megabytes, status=BAD_INPUT), f"tianqing: --triad {megabytes}: must be in [1, 100000]\n")
    says(tianqing("bench", "--precision", "half", status=BAD_INPUT), "tianqing: --precision half: must be float or double\n")
    said = tianqing("bench", "--size", "4096x4096x128", "--tracers", "256", "--precision", "double", status=BAD_INPUT)
    check("what does not fit is told", re.search(r"^tianqing: bench: 4096x4096x128 cells with 256 tracers in double take \d+\.\d GB; "
                                                 r"this machine has \d+\.\d GB$", said.err, re.M), said.err)
    says(tianqing("bench", "scenario.toml", status=BAD_INPUT), "too many positional options")
    says(tianqing("bench", "--csv", "x", status=BAD_INPUT), "--csv")


def case_bench_record(folder):
    """The table of bench/record; its benchmarks lie beside the program."""
    build = Path(use.program[0]).parents[1]

    def record(*arguments):
        return subprocess.run([sys.executable, RECORD, "--build", build, *arguments], capture_output=True, text=True,
                              timeout=PATIENCE)

    done = record("full_step", "--filter", "^full_step/float/64x64x16/tracers:1/threads:1$", "--repetitions", "2", "--min-time", "0.01",
                  "--triad", "1")
    number = r"\d[\d.e+-]*"
    check("record: exit status", done.returncode == 0, done.stderr)
    check("record: table", re.search(
        r"^\| benchmark \| ns_per_cell_tracer_step \| stream_gb_per_s \| stream_gb_per_s_after \| share_of_bound \| variation \|\n"
        rf"(\|---)+\|\n\| full_step/float/64x64x16/tracers:1/threads:1 \|( {number} \|){{4}} \d+ % \|$", done.stdout, re.M), done.stdout)
    for arguments, message in ((("nix",), "there is no such program"), (("full_step", "--repetitions", "1"), "must be 2 or more"),
                               (("full_step", "--filter", "^nix$"), "no benchmark matches ^nix$")):
        done = record(*arguments)
        check(f"record {' '.join(arguments)}", done.returncode == 1 and message in done.stderr, done.stderr)


def benchmark(name, folder):
    """The first benchmark of a program, which is its smallest, runs and counts something."""
    def run(*arguments):
        return subprocess.run([*use.program, *arguments], check=True, capture_output=True, text=True, timeout=PATIENCE).stdout

    first = run("--benchmark_list_tests").split("\n")[0]
    check("name", first.startswith(f"{name}/"), first)
    report = json.loads(run("--benchmark_format=json", "--benchmark_min_time=0.001", "--triad=1", f"--benchmark_filter=^{first}$"))
    check("one benchmark", [entry["name"] for entry in report["benchmarks"]] == [first], report)
    entry = report["benchmarks"][0]
    check("no error", "error_occurred" not in entry, entry)
    counters = {key: value for key, value in entry.items() if "_per_" in key and key != "per_family_instance_index" or "share" in key}
    check("counters", counters and all(math.isfinite(value) for value in counters.values()), entry)
    check("context", {"processor", "compiler", "flags"} <= set(report["context"]), report["context"])


if __name__ == "__main__":
    case = sys.argv[1] if len(sys.argv) > 1 else ""
    name = case.removeprefix("benchmark_")
    extra = {f"case_{case}": lambda folder: benchmark(name, folder)} if case.startswith("benchmark_") else {}
    use.main(__doc__, {**globals(), **extra})
