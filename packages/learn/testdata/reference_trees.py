"""Writes trees.json and forests.json: values of scikit-learn, LightGBM and shap that tests read.

Run with the versions that the files record: python packages/learn/testdata/reference_trees.py
"""

import json
from pathlib import Path

import lightgbm
import numpy as np
import shap
import sklearn
from sklearn.datasets import load_breast_cancer, load_diabetes, load_wine
from sklearn.ensemble import (
    ExtraTreesClassifier,
    ExtraTreesRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
)
from sklearn.metrics import accuracy_score, log_loss, mean_squared_error
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

HERE = Path(__file__).parent
VERSIONS = {
    "scikit-learn": sklearn.__version__,
    "lightgbm": lightgbm.__version__,
    "shap": shap.__version__,
}


def write(name, content):
    text = json.dumps({"versions": VERSIONS, **content}, allow_nan=False)
    (HERE / f"{name}.json").write_text(text + "\n")


def float32_not_above(value):
    """The largest float32 that is not above: x <= value holds for the same float32 x."""
    rounded = np.float32(value)
    if float(rounded) > value:
        rounded = np.nextafter(rounded, np.float32(-np.inf))
    return float(rounded)


def of_sklearn(tree, values):
    """Nodes in the order of children after parents, which scikit-learn's is."""
    inner = tree.children_left >= 0
    return {
        "feature": np.where(inner, tree.feature, -1).tolist(),
        "threshold": [float32_not_above(t) if i else 0 for t, i in zip(tree.threshold, inner)],
        "left": np.where(inner, tree.children_left, 0).tolist(),
        "right": np.where(inner, tree.children_right, 0).tolist(),
        "missingLeft": [0] * len(inner),
        "sets": [None] * len(inner),
        "value": values.tolist(),
        "cover": tree.weighted_n_node_samples.tolist(),
    }


def of_lightgbm(structure):
    nodes = {key: [] for key in ["feature", "threshold", "left", "right"]}
    nodes.update({key: [] for key in ["missingLeft", "sets", "value", "cover"]})

    def add(node):
        at = len(nodes["feature"])
        is_leaf = "leaf_value" in node
        by_set = not is_leaf and node["decision_type"] == "=="
        nodes["feature"].append(-1 if is_leaf else node["split_feature"])
        numeric = not is_leaf and not by_set
        nodes["threshold"].append(float32_not_above(node["threshold"]) if numeric else 0)
        nodes["sets"].append([int(c) for c in node["threshold"].split("||")] if by_set else None)
        # A category that is missing is in no set, whatever the default says.
        nodes["missingLeft"].append(int(numeric and node["default_left"]))
        nodes["value"].append([node["leaf_value"] if is_leaf else 0])
        nodes["cover"].append(node["leaf_count"] if is_leaf else node["internal_count"])
        nodes["left"].append(0)
        nodes["right"].append(0)
        if not is_leaf:
            nodes["left"][at] = add(node["left_child"])
            nodes["right"][at] = add(node["right_child"])
        return at

    add(structure)
    return nodes


def rows_of(x):
    return [[None if np.isnan(v) else float(v) for v in row] for row in x]


def forest_case(name, model, x, y, classifies):
    model.fit(x, y)
    explained = x[:12]
    tree_values = [
        e.tree_.value[:, 0, :] / (e.tree_.value[:, 0, :].sum(1, keepdims=True) if classifies else 1)
        for e in model.estimators_
    ]
    explainer = shap.TreeExplainer(model)
    values = explainer.shap_values(explained)
    return {
        "name": name,
        "link": "mean",
        "outputCount": tree_values[0].shape[1],
        "baseScore": [0.0] * tree_values[0].shape[1],
        "trees": [of_sklearn(e.tree_, v) for e, v in zip(model.estimators_, tree_values)],
        "x": rows_of(explained.astype(np.float32)),
        "baseValues": np.atleast_1d(explainer.expected_value).tolist(),
        "shap": np.asarray(values).reshape(len(explained), -1).tolist(),
        "raw": (model.predict_proba(explained) if classifies else model.predict(explained))
        .reshape(len(explained), -1)
        .tolist(),
    }


def boosting_case(name, parameters, x, y, outputs, categories=()):
    data = lightgbm.Dataset(x, y, categorical_feature=list(categories), free_raw_data=False)
    base = {"num_leaves": 8, "learning_rate": 0.3, "verbose": -1, "deterministic": True}
    base.update({"num_threads": 1, "min_data_per_group": 5, "cat_smooth": 1})
    booster = lightgbm.train({**base, **parameters}, data, 6)
    dump = booster.dump_model()
    explained = x[:12]
    contributions = booster.predict(explained, pred_contrib=True)
    contributions = contributions.reshape(len(explained), outputs, x.shape[1] + 1)
    return {
        "name": name,
        "link": "identity",
        "outputCount": outputs,
        "baseScore": [0.0] * outputs,
        "trees": [of_lightgbm(t["tree_structure"]) for t in dump["tree_info"]],
        "x": rows_of(explained),
        "baseValues": contributions[0, :, -1].tolist(),
        "shap": contributions[:, :, :-1].transpose(0, 2, 1).reshape(len(explained), -1).tolist(),
        "raw": booster.predict(explained, raw_score=True).reshape(len(explained), -1).tolist(),
    }


def tree_cases():
    x, y = load_diabetes(return_X_y=True)
    x = x.astype(np.float32).astype(np.float64)
    random = np.random.RandomState(3)
    holes = x.copy()
    holes[random.rand(*x.shape) < 0.15] = np.nan
    mixed = holes.copy()
    mixed[:, 1] = random.randint(0, 20, len(x))
    mixed[::9, 1] = np.nan
    effect = np.where(np.isin(mixed[:, 1], [1, 4, 5, 11, 17]), 80, 0)
    wine_x, wine_y = load_wine(return_X_y=True)
    wine_x = wine_x.astype(np.float32).astype(np.float64)
    cut = np.digitize(y, [100, 180])
    rf = {"n_estimators": 4, "max_depth": 5, "random_state": 0}
    return [
        forest_case("forest, regression", RandomForestRegressor(**rf), x, y, False),
        forest_case("forest, three classes", RandomForestClassifier(**rf), wine_x, wine_y, True),
        boosting_case("boosting, regression", {"objective": "regression"}, x, y, 1),
        boosting_case("boosting, missing", {"objective": "regression"}, holes, y, 1),
        boosting_case("boosting, binary", {"objective": "binary"}, holes, (y > 140) * 1, 1),
        boosting_case(
            "boosting, three classes", {"objective": "multiclass", "num_class": 3}, holes, cut, 3
        ),
        boosting_case(
            "boosting, categories", {"objective": "regression"}, mixed, y + effect, 1, [1]
        ),
    ]


def folds(n):
    fold = np.arange(n) % 5
    return [(np.where(fold != k)[0], np.where(fold == k)[0]) for k in range(5)]


def scores(make, x, y, metric, seeds):
    """Mean and standard deviation over seeds of the mean over folds; fold i holds rows i, i + 5, ..."""
    means = []
    for seed in range(seeds):
        parts = []
        for train, test in folds(len(y)):
            parts.append(metric(make(seed).fit(x[train], y[train]), x[test], y[test]))
        means.append(np.mean(parts))
    return {"mean": float(np.mean(means)), "deviation": float(np.std(means))}


def rmse(model, x, y):
    return mean_squared_error(y, model.predict(x)) ** 0.5


def accuracy(model, x, y):
    return accuracy_score(y, model.predict(x))


def loss(model, x, y):
    return log_loss(y, model.predict_proba(x), labels=[0, 1, 2] if y.max() == 2 else [0, 1])


def forest_scores():
    data = {
        "diabetes": load_diabetes(return_X_y=True),
        "wine": load_wine(return_X_y=True),
        "cancer": load_breast_cancer(return_X_y=True),
    }
    regressors = {
        "RandomForestRegressor": lambda s: RandomForestRegressor(random_state=s),
        "ExtraTreesRegressor": lambda s: ExtraTreesRegressor(random_state=s),
        "DecisionTreeRegressor": lambda s: DecisionTreeRegressor(max_depth=4, random_state=s),
    }
    classifiers = {
        "RandomForestClassifier": lambda s: RandomForestClassifier(random_state=s),
        "ExtraTreesClassifier": lambda s: ExtraTreesClassifier(random_state=s),
        "DecisionTreeClassifier": lambda s: DecisionTreeClassifier(max_depth=4, random_state=s),
    }
    cases = []
    for name, make in regressors.items():
        score = scores(make, *data["diabetes"], rmse, 6)
        cases.append({"data": "diabetes", "estimator": name, "metric": "rmse", **score})
    for name, make in classifiers.items():
        for key in ["wine", "cancer"]:
            score = scores(make, *data[key], accuracy, 6)
            cases.append({"data": key, "estimator": name, "metric": "accuracy", **score})
            if not name.startswith("Decision"):
                score = scores(make, *data[key], loss, 6)
                cases.append({"data": key, "estimator": name, "metric": "log_loss", **score})
    recorded = {key: {"x": x.tolist(), "y": y.tolist()} for key, (x, y) in data.items()}
    return {"data": recorded, "cases": cases}


def single_trees():
    """Trees of few distinct values, which have one best split a node: ours must be the same."""
    random = np.random.RandomState(5)
    cases = []
    for name, model, classes in [
        ("DecisionTreeRegressor", DecisionTreeRegressor(max_depth=3), 0),
        ("DecisionTreeClassifier", DecisionTreeClassifier(max_depth=3), 2),
        ("DecisionTreeClassifier", DecisionTreeClassifier(max_depth=3), 3),
        ("DecisionTreeClassifier", DecisionTreeClassifier(max_depth=3, criterion="entropy"), 3),
        ("DecisionTreeRegressor", DecisionTreeRegressor(max_depth=4, min_samples_leaf=9), 0),
    ]:
        x = random.randint(0, 60, (150, 4)).astype(float)
        weight = random.randint(1, 4, 150).astype(float)
        signal = x[:, 0] + 0.3 * x[:, 1] * (x[:, 2] > 30) + 8 * random.randn(150)
        y = signal if classes == 0 else np.digitize(signal, np.quantile(signal, [0.4, 0.75])[: classes - 1])
        model.fit(x, y, sample_weight=weight)
        predicted = model.predict_proba(x) if classes else model.predict(x)
        cases.append(
            {
                "estimator": name,
                "parameters": {
                    "maxDepth": model.max_depth,
                    "minSamplesLeaf": model.min_samples_leaf,
                    "criterion": model.criterion,
                },
                "x": x.tolist(),
                "y": y.tolist(),
                "weight": weight.tolist(),
                "predictions": predicted.reshape(len(y), -1).tolist(),
                "importances": model.feature_importances_.tolist(),
            }
        )
    return cases


write("trees", {"cases": tree_cases(), "single": single_trees()})
write("forests", forest_scores())
