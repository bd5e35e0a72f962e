"""Records what LightGBM reaches on small data sets, in boosting.json: the data, its settings, its scores.

Run: python testdata/reference_boosting.py (with lightgbm, scikit-learn and numpy; versions are recorded).
"""

import json
import pathlib

import lightgbm
import numpy
import sklearn
from sklearn import datasets, metrics

settings = dict(
    num_leaves=15, learning_rate=0.1, max_bin=255, min_data_in_leaf=10, lambda_l2=1.0,
    num_threads=1, deterministic=True, verbosity=-1, seed=0, force_row_wise=True,
)
rounds = 60


def planted(task):
    random = numpy.random.default_rng(7)
    count = 900
    x = numpy.round(random.normal(size=(count, 5)), 3)
    level = random.integers(0, 12, size=count)
    effect = random.normal(size=12)[level]
    score = 2 * x[:, 0] + x[:, 1] * x[:, 2] + 1.5 * effect + numpy.where(x[:, 3] > 1, 1.0, 0.0)
    missing = random.random(count) < 0.2
    score = score + numpy.where(missing, 1.0, 0.0)
    x[missing, 4] = numpy.nan
    x = numpy.column_stack([x, level])
    if task == "regression":
        return x, numpy.round(score + random.normal(size=count) * 0.3, 4)
    if task == "poisson":
        return x, random.poisson(numpy.exp(score / 3)).astype(float)
    return x, (score + random.logistic(size=count) > 0).astype(float)


def case(name, x, y, objective, categorical=(), extra=None):
    test = numpy.arange(len(y)) % 4 == 0
    classes = int(y.max()) + 1 if objective == "multiclass" else 1
    given = {**settings, **(extra or {}), "objective": objective, "num_class": classes}
    training = lightgbm.Dataset(x[~test], y[~test], categorical_feature=list(categorical), params=given)
    model = lightgbm.train(given, training, num_boost_round=rounds)
    prediction = model.predict(x[test])
    return {
        "name": name,
        "objective": objective,
        "settings": extra or {},
        "categorical": list(categorical),
        "x": [[None if numpy.isnan(value) else float(value) for value in row] for row in x],
        "y": [float(value) for value in y],
        "scores": scores(objective, y[test], prediction, extra or {}),
    }


def scores(objective, y, prediction, extra):
    if objective == "binary":
        return {"auc": metrics.roc_auc_score(y, prediction), "logLoss": metrics.log_loss(y, prediction)}
    if objective == "multiclass":
        return {"logLoss": metrics.log_loss(y, prediction)}
    if objective == "quantile":
        return {"pinball": metrics.mean_pinball_loss(y, prediction, alpha=extra["alpha"])}
    if objective == "regression_l1":
        return {"mae": metrics.mean_absolute_error(y, prediction)}
    return {"rmse": float(numpy.sqrt(metrics.mean_squared_error(y, prediction)))}


def main():
    diabetes = datasets.load_diabetes()
    wine = datasets.load_wine()
    cancer = datasets.load_breast_cancer()
    # Every third column keeps the file small, and the task hard enough to tell models apart.
    few = numpy.round(cancer.data[:, ::3], 6)
    x, y = planted("regression")
    binary = planted("binary")
    poisson = planted("poisson")
    cases = [
        case("diabetes", numpy.round(diabetes.data, 6), diabetes.target, "regression"),
        case("diabetes, absolute", numpy.round(diabetes.data, 6), diabetes.target, "regression_l1"),
        case("diabetes, quantile", numpy.round(diabetes.data, 6), diabetes.target, "quantile", extra={"alpha": 0.8}),
        case("wine", wine.data, wine.target.astype(float), "multiclass"),
        case("breast cancer", few, cancer.target.astype(float), "binary"),
        case("planted", x, y, "regression", categorical=[5]),
        case("planted, l1", x, y, "regression", categorical=[5], extra={"lambda_l1": 2.0}),
        case("planted classes", *binary, "binary", categorical=[5]),
        case("planted counts", *poisson, "poisson", categorical=[5]),
    ]
    content = {
        "versions": {"lightgbm": lightgbm.__version__, "scikit-learn": sklearn.__version__, "numpy": numpy.__version__},
        "settings": {key: settings[key] for key in ("num_leaves", "learning_rate", "min_data_in_leaf", "lambda_l2")},
        "rounds": rounds,
        "cases": cases,
    }
    target = pathlib.Path(__file__).with_name("boosting.json")
    target.write_text(json.dumps(content, separators=(",", ":")) + "\n")
    for each in cases:
        print(each["name"], each["scores"])


main()
