"""Makes the reference values of the tests of @ridgeline/learn from scikit-learn and NumPy.

Run it in this folder: `python3 reference.py`. The tests read only the JSON files that it leaves;
they never run Python. Each file records the versions that made it under `madeWith`.
"""

import json
import platform
from fractions import Fraction

import numpy as np
import scipy
import sklearn
from sklearn import metrics
from sklearn.datasets import load_diabetes
from sklearn.linear_model import LinearRegression, Ridge
from sklearn.model_selection import train_test_split

MADE_WITH = {
    "script": "reference.py",
    "python": platform.python_version(),
    "numpy": np.__version__,
    "scipy": scipy.__version__,
    "scikit-learn": sklearn.__version__,
}

ALPHAS = [1e-8, 1e-3, 0.4, 0.5, 1.0, 10.0, 1000.0]


def write(name, **content):
    with open(name, "w", encoding="utf-8") as file:
        json.dump({"madeWith": MADE_WITH, **content}, file, separators=(",", ":"))
        file.write("\n")


def exact_fit(x, y, alpha, fit_intercept):
    """The ridge solution of the float data in rational arithmetic, rounded once at the end."""
    rows = [[Fraction(float(v)) for v in row] for row in x]
    target = [Fraction(float(v)) for v in y]
    n, p = len(rows), len(rows[0])
    means = [Fraction(0)] * p
    target_mean = Fraction(0)
    if fit_intercept:
        means = [sum(row[j] for row in rows) / n for j in range(p)]
        target_mean = sum(target) / n
    rows = [[row[j] - means[j] for j in range(p)] for row in rows]
    target = [v - target_mean for v in target]
    system = [
        [sum(row[i] * row[j] for row in rows) + (Fraction(alpha) if i == j else 0) for j in range(p)]
        + [sum(row[i] * t for row, t in zip(rows, target))]
        for i in range(p)
    ]
    for i in range(p):
        pivot = max(range(i, p), key=lambda r: abs(system[r][i]))
        system[i], system[pivot] = system[pivot], system[i]
        for r in range(p):
            if r != i:
                factor = system[r][i] / system[i][i]
                system[r] = [a - factor * b for a, b in zip(system[r], system[i])]
    coefficients = [system[i][p] / system[i][i] for i in range(p)]
    intercept = target_mean - sum(m * c for m, c in zip(means, coefficients))
    return {"coefficients": [float(c) for c in coefficients], "intercept": float(intercept)}


def fits(x, y, exact):
    found = []
    for fit_intercept in (True, False):
        for alpha in [None, *ALPHAS]:
            model = (
                LinearRegression(fit_intercept=fit_intercept)
                if alpha is None
                else Ridge(alpha=alpha, fit_intercept=fit_intercept)
            )
            model.fit(x, y)
            fit = {
                "estimator": type(model).__name__,
                "alpha": alpha,
                "fitIntercept": fit_intercept,
                "coefficients": model.coef_.tolist(),
                "intercept": float(model.intercept_),
            }
            # With a penalty there is one solution; without, only where the caller says so.
            if exact or alpha is not None:
                fit["exact"] = exact_fit(x, y, alpha or 0.0, fit_intercept)
            found.append(fit)
    return found


def with_condition(random, n, p, condition):
    """A random n by p matrix whose singular values go from 1 down to 1/condition."""
    u, _ = np.linalg.qr(random.normal(size=(n, p)))
    v, _ = np.linalg.qr(random.normal(size=(p, p)))
    return u @ np.diag(np.logspace(0, -np.log10(condition), p)) @ v.T


def linear_cases():
    random = np.random.default_rng(20260101)
    cases = []

    def add(name, x, noise, exact=True):
        y = x @ random.normal(size=x.shape[1]) + noise * random.normal(size=x.shape[0]) + 3.0
        case = {"name": name, "x": x.tolist(), "y": y.tolist(), "fits": fits(x, y, exact)}
        cases.append(case)

    add("well-conditioned", random.normal(size=(40, 6)) + 2.0, 0.5)
    add("columns of very different size", random.normal(size=(30, 4)) * [1e-3, 1.0, 1e2, 1e3], 0.5)
    add("one column", random.normal(size=(12, 1)), 0.1)
    add("as many rows as columns", random.normal(size=(6, 6)), 0.1, exact=False)
    add("ill-conditioned, 1e4", with_condition(random, 40, 5, 1e4), 1e-3)
    add("nearly rank-deficient, 2e7", with_condition(random, 40, 5, 2e7), 1e-3, exact=False)
    x = random.normal(size=(25, 3))
    add("a repeated column", np.column_stack([x, x[:, 1]]), 0.5, exact=False)
    add("a sum of columns", np.column_stack([x, x[:, 0] + x[:, 2]]), 0.5, exact=False)
    add("a constant column", np.column_stack([x, np.full(25, 7.0)]), 0.5, exact=False)
    add("a column of zeros", np.column_stack([x, np.zeros(25)]), 0.5, exact=False)
    add("more columns than rows", random.normal(size=(5, 9)), 0.1, exact=False)
    add("one row", random.normal(size=(1, 3)), 0.1, exact=False)
    return cases


def checksum(permutation):
    """Sum of index times value, modulo 2**31 - 1: a short witness of a long permutation."""
    return int(sum(i * int(v) for i, v in enumerate(permutation)) % (2**31 - 1))


def permutations():
    seeds = [0, 1, 2, 42, 123, 2024, 65535, 2**31 - 1, 2**31, 2**32 - 1]
    found = []
    for seed in seeds:
        for n in [1, 2, 3, 10, 97]:
            values = np.random.RandomState(seed).permutation(n).tolist()
            found.append({"seed": seed, "n": n, "values": values})
    longer = []
    for seed in seeds:
        for n in [442, 1024, 100_003]:
            values = np.random.RandomState(seed).permutation(n)
            head = values[:12].tolist()
            longer.append({"seed": seed, "n": n, "head": head, "checksum": checksum(values)})
    generators = []
    for seed in seeds:
        words = np.random.RandomState(seed).randint(0, 2**32, size=1500, dtype=np.uint64)
        generators.append({"seed": seed, "words": words.tolist()})
    twice = np.random.RandomState(7)
    second = {"seed": 7, "n": 20, "values": [twice.permutation(20).tolist() for _ in range(3)]}
    return {"words": generators, "short": found, "long": longer, "successive": second}


def splits():
    found = []
    for n in [2, 3, 5, 10, 97, 442]:
        for test_size in [0.1, 0.2, 0.25, 0.3, 1 / 3, 0.5, 0.7, 0.9, 1, 2, 7]:
            for seed in [0, 1, 42]:
                try:
                    train, test = train_test_split(
                        np.arange(n), test_size=test_size, random_state=seed
                    )
                    rows = {"train": train.tolist(), "test": test.tolist()}
                except ValueError:
                    rows = None
                found.append({"n": n, "testSize": test_size, "randomState": seed, "rows": rows})
    return found


METRICS = {
    "mse": metrics.mean_squared_error,
    "rmse": metrics.root_mean_squared_error,
    "mae": metrics.mean_absolute_error,
    "medae": metrics.median_absolute_error,
    "max_error": metrics.max_error,
    "r2": metrics.r2_score,
    "explained_variance": metrics.explained_variance_score,
    "mape": metrics.mean_absolute_percentage_error,
    "msle": metrics.mean_squared_log_error,
    "rmsle": metrics.root_mean_squared_log_error,
}


def metric_values(y_true, y_pred, weight):
    values = {}
    for name, metric in METRICS.items():
        try:
            if weight is None:
                values[name] = float(metric(y_true, y_pred))
            elif name != "max_error":
                values[name] = float(metric(y_true, y_pred, sample_weight=weight))
        except ValueError:
            values[name] = "undefined"
        if name in values and values[name] != values[name]:
            values[name] = "NaN"
    return values


def metric_cases():
    random = np.random.default_rng(7)
    cases = []

    def add(name, y_true, y_pred, weight=None):
        listed = None if weight is None else np.asarray(weight).tolist()
        cases.append(
            {
                "name": name,
                "yTrue": np.asarray(y_true, dtype=float).tolist(),
                "yPred": np.asarray(y_pred, dtype=float).tolist(),
                "sampleWeight": listed,
                "values": metric_values(y_true, y_pred, weight),
            }
        )

    y_true = random.normal(size=25) * 3
    y_pred = y_true + random.normal(size=25)
    add("an odd number of rows", y_true, y_pred)
    add("an odd number of rows, weighted", y_true, y_pred, random.uniform(0.1, 5, size=25))
    add("whole weights", y_true, y_pred, random.integers(0, 4, size=25))
    y_true = random.uniform(0, 100, size=40)
    y_pred = random.uniform(0, 100, size=40)
    add("positive, an even number of rows", y_true, y_pred)
    add("positive, equal weights", y_true, y_pred, np.full(40, 2.0))
    add("weights that are zero at the ends", y_true, y_pred, np.r_[0, 0, np.ones(36), 0, 0])
    add("an offset only", y_true, y_true + 1.5)
    add("far from zero", y_true + 1e8, y_pred + 1e8)
    add("perfect", [1, 2, 3], [1, 2, 3])
    add("constant target, perfect", [5, 5, 5], [5, 5, 5])
    add("constant target, imperfect", [5, 5, 5], [5, 6, 5])
    add("constant target, constant offset", [5, 5, 5], [6, 6, 6])
    add("targets of zero", [0, 1, 0, 2], [0.5, 1, 0, 2])
    add("one row", [2], [3])
    add("one row, perfect", [2], [2])
    add("half the weight on a value", [0, 0, 0, 0], [1, 2, 3, 4], [1, 1, 1, 1])
    add("half the weight, then a zero weight", [0, 0, 0, 0], [1, 2, 3, 4], [2, 0, 1, 1])
    return cases


def main():
    bunch = load_diabetes()
    x, y = bunch.data, bunch.target
    write(
        "diabetes.json",
        source="sklearn.datasets.load_diabetes(scaled=True): Efron, Hastie, Johnstone and "
        "Tibshirani (2004), Least Angle Regression",
        columnNames=bunch.feature_names,
        x=x.tolist(),
        y=y.tolist(),
        fits=fits(x, y, exact=True),
    )
    write("linear.json", cases=linear_cases())
    write("random.json", **permutations())
    write("split.json", cases=splits())
    write("metrics.json", cases=metric_cases())


if __name__ == "__main__":
    main()
