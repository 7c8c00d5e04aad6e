#!/usr/bin/env python3
"""Checks of tianqing-validate as people use it: what it refuses, what it prints.

usage: check_validation.py CASE PROGRAM    one case (a function case_CASE below)

Prints what is wrong and fails if there is anything.
"""
import json

import use
from use import BAD_INPUT, check, says, tianqing

FAILED = 1
HEADER = "case,params,x_m,y_m,z_m,t_s,value,units\n"
SPREAD = "taylor1921_sigma,sv=0.5 TL=100,,,,100,4.288819425e+01,m\n"


def samples(folder, name, *rows):
    (folder / name).mkdir()
    (folder / name / "samples.csv").write_text(HEADER + "".join(rows), encoding="utf-8")
    return folder / name


def case_validate_usage(folder):
    for flag in ("--help", "-h"):
        said = tianqing(flag).out
        check(f"{flag}: cases and options", all(text in said for text in ("advection", "analytic", "prairie_grass", "askervein", "deposition", "chemistry", "--data", "--json")), said)
    says(tianqing(status=BAD_INPUT), "give a case: advection or analytic or prairie_grass or askervein or deposition or chemistry")
    says(tianqing("advektion", status=BAD_INPUT), 'unknown case "advektion": must be advection or analytic or prairie_grass or askervein or deposition or chemistry; did you mean "advection"?')
    says(tianqing("zzz", status=BAD_INPUT), 'unknown case "zzz": must be advection or analytic or prairie_grass or askervein or deposition or chemistry')
    says(tianqing("advection", "analytic", status=BAD_INPUT), "analytic: one case at a time, and advection comes before it")
    says(tianqing("advection", "--fast", status=BAD_INPUT), "--fast: unknown option; must be --data DIR, --json or --help")
    says(tianqing("advection", "--data", status=BAD_INPUT), "--data: must be followed by a folder")
    says(tianqing("advection", "--data", folder / "nix", status=BAD_INPUT),
         f"--data {folder / 'nix'}: must be a folder, but there is none")


def case_validate_refused(folder):
    """Figures that cannot be used: all that is wrong in a file, by line, and nothing is run."""
    empty = folder / "empty"
    empty.mkdir()
    says(tianqing("analytic", "--data", empty, status=BAD_INPUT), f"{empty / 'samples.csv'}: ")
    said = tianqing("advection", "--data", empty, status=BAD_INPUT)
    says(said, *(f"{empty / name}: " for name in ("rotation.csv", "swirl.csv", "schaer_cos2.csv")))

    wrong = samples(folder, "wrong", SPREAD, "taylor1921_sigma,sv=0.5 TL=100,,,,ten,1,m\n",
                    "taylor1921_sigma,sv=0.5 TL=100,,,,10,-1,m\n", "taylor1921_sigma,sv=0.5 TL=100,,,,10,,m\n")
    said = tianqing("analytic", "--data", wrong, status=BAD_INPUT)
    says(said, f"{wrong / 'samples.csv'}:3:6: ", "ten", f"{wrong / 'samples.csv'}:4:7: value = \"-1\": must be a number above 0",
         f"{wrong / 'samples.csv'}:5:7: value = \"\": must be a number above 0")
    check("nothing is scored", said.out == "", said.out)
    place = samples(folder, "place", "roberts1923_x,u=3.0*z^0.2 K=0.1*z^0.8,-50,,0.0,,0.1,s/m2\n")
    says(tianqing("analytic", "--data", place, status=BAD_INPUT), f"{place / 'samples.csv'}:2: x_m = -50: must be above 0")
    lacking = samples(folder, "lacking", "taylor1921_sigma,sv=0.5,,,,100,42.9,m\n")
    says(tianqing("analytic", "--data", lacking, status=BAD_INPUT),
         f"{lacking / 'samples.csv'}:2: params = \"sv=0.5\": must give a number above 0 after `TL=`")
    column = folder / "column"
    column.mkdir()
    (column / "samples.csv").write_text("case,params,x_m,y_m,z_m,t,value\n", encoding="utf-8")
    says(tianqing("analytic", "--data", column, status=BAD_INPUT), f"{column / 'samples.csv'}:1", "t_s")

    rows = folder / "rows"
    rows.mkdir()
    for name in ("rotation.csv", "swirl.csv"):
        (rows / name).write_text("case,N,scheme,steps,l1,l2,linf,min,max,dmass_rel\nrot_cone,2,upwind,786,0.1,x,0.1,0,1,0\n",
                                 encoding="utf-8")
    (rows / "schaer_cos2.csv").write_text("case,mesh,dx,scheme,steps,l1,l2,linf,min,max\n", encoding="utf-8")
    said = tianqing("advection", "--data", rows, status=BAD_INPUT)
    says(said, f"{rows / 'rotation.csv'}:2:2: N = \"2\": must be a number from 8 to 1000", f"{rows / 'rotation.csv'}:2:6: ",
         f"{rows / 'schaer_cos2.csv'}:1", "dmass")

    prairie = folder / "prairie"
    prairie.mkdir()
    says(tianqing("prairie_grass", "--data", prairie, status=BAD_INPUT), f"{prairie / 'runs.csv'}: ")
    (prairie / "runs.csv").write_text("run,zs_m,zr_m,ustar_m_s,L_m,zi_m,z0_m,kappa_of_ustar\n2,0.46,1.5,,,,,\n"
                                      "6,0.46,1.5,-0.44,0,876,0.008,0.35\n8,0.46,1.5,0.31,-18,-999,0.008,0.35\n", encoding="utf-8")
    (prairie / "arcs.csv").write_text("run,arc_m,CIC_over_Q_s_m2\n6,50,many\n6,1e6,0.04\n", encoding="utf-8")
    said = tianqing("prairie_grass", "--data", prairie, status=BAD_INPUT)
    says(said, f"{prairie / 'arcs.csv'}:2:3: ", "many", f"{prairie / 'arcs.csv'}:3:2: arc_m = \"1e6\": must be above 0 and at most 10000 m",
         f"{prairie / 'runs.csv'}:3:4: ustar_m_s = \"-0.44\": must be a number above 0",
         f"{prairie / 'runs.csv'}:3:5: L_m = \"0\": must be a number other than 0",
         f"{prairie / 'runs.csv'}:4:6: zi_m = \"-999\": must be a number above 0",
         f"{prairie / 'runs.csv'}:4:1: run = 8: has no row in arcs.csv")
    check("nothing is run", said.out == "", said.out)


def case_validate_scores(folder):
    good = samples(folder, "good", SPREAD, "1d_ADR_pulse,M=1 u=2 K=10 lambda=1e-3,200.0,,,100.0,8.071711294e-03,1/m\n",
                   "other,,1,1,1,1,1,m\n")
    said = tianqing("analytic", "--data", good)
    for text in ("pulse", "not a transport problem", "analytic: passed", "1 samples are of cases that are not known here."):
        check(f"says `{text}`", text in said.out, said.out)
    report = json.loads(tianqing("analytic", "--data", good, "--json").out)
    check("json: case and result", (report["case"], report["passed"]) == ("analytic", True), report)
    table = report["tables"][0]
    check("json: rows are as long as the header", {len(row) for row in table["rows"]} == {len(table["columns"])}, table)
    pulse = [row for row in table["rows"] if row[0] == "pulse"]
    check("json: numbers are numbers", pulse and 0 < pulse[0][table["columns"].index("fine")] < 0.02, table)
    criteria = {c["what"]: c for c in report["criteria"]}
    check("json: criteria", criteria["pulse: error on the finest grid"]["at_most"] == 0.02, criteria)

    bad = samples(folder, "bad", "1d_ADR_pulse,M=1 u=2 K=10 lambda=1e-3,200.0,,,100.0,9.0e-03,1/m\n")
    said = tianqing("analytic", "--data", bad, status=FAILED)
    check("a wrong figure fails", "FAILED  pulse: the formula gives the samples" in said.out and
          "analytic: FAILED" in said.out, said.out)


if __name__ == "__main__":
    use.main(__doc__, globals())
