"""Makes the reference values of classification metrics, folds, curves and inspection.

Run it in this folder: `python3 reference_evaluation.py`. The tests read only the JSON files that it
leaves; they never run Python. Each file records the versions that made it under `madeWith`.
"""

import json
import platform
import warnings

import numpy as np
import scipy
import scipy.stats
import sklearn
from sklearn import metrics
from sklearn.calibration import calibration_curve
from sklearn.inspection import partial_dependence, permutation_importance
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import (
    GroupKFold,
    KFold,
    RepeatedKFold,
    RepeatedStratifiedKFold,
    StratifiedKFold,
    TimeSeriesSplit,
    train_test_split,
)

warnings.simplefilter("ignore")

MADE_WITH = {
    "script": "reference_evaluation.py",
    "python": platform.python_version(),
    "numpy": np.__version__,
    "scipy": scipy.__version__,
    "scikit-learn": sklearn.__version__,
}


def write(name, **content):
    with open(name, "w", encoding="utf-8") as file:
        json.dump({"madeWith": MADE_WITH, **content}, file, separators=(",", ":"), allow_nan=False)
        file.write("\n")


def shown(value):
    value = float(value)
    if np.isnan(value):
        return "NaN"
    if np.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return value


def binarized(y, classes):
    return np.array([[1 if label == name else 0 for name in classes] for label in y])


def averaged(score, y_bin, p, weights):
    """One-vs-rest over the classes with rows, as Azure AutoML drops the others."""
    present = [
        k for k in range(p.shape[1]) if np.sum(y_bin[:, k] * (1 if weights is None else weights)) > 0
    ]
    scores = [score(y_bin[:, k], p[:, k], sample_weight=weights) for k in present]
    share = [np.sum(y_bin[:, k] * (1 if weights is None else weights)) for k in present]
    return {
        "macro": np.mean(scores),
        "weighted": np.average(scores, weights=share),
        "micro": score(
            y_bin.ravel(),
            p.ravel(),
            sample_weight=None if weights is None else np.repeat(weights, p.shape[1]),
        ),
    }


def class_metrics(y, p, classes, weights, positive):
    y_bin = binarized(y, classes)
    codes = np.argmax(y_bin, axis=1)
    predicted = np.argmax(p, axis=1)
    of = {"sample_weight": weights}
    found = {
        "accuracy": metrics.accuracy_score(codes, predicted, **of),
        "balanced_accuracy": metrics.balanced_accuracy_score(codes, predicted, **of),
        "matthews_correlation": metrics.matthews_corrcoef(codes, predicted, **of),
        "log_loss": metrics.log_loss(codes, p, labels=list(range(len(classes))), **of),
    }
    # scikit-learn's own for two classes takes the positive class's column only.
    if len(classes) == 2:
        found["brier_score_loss"] = metrics.brier_score_loss(codes, p[:, 1], pos_label=1, **of)
    else:
        found["brier_score_loss"] = metrics.brier_score_loss(
            codes, p, labels=list(range(len(classes))), **of
        )
    counts = np.bincount(codes, minlength=len(classes))
    share = counts[codes] / len(codes)
    found["weighted_accuracy"] = metrics.accuracy_score(codes, predicted, sample_weight=share)
    adjusted = metrics.balanced_accuracy_score(codes, predicted, adjusted=True, **of)
    # Of one class it divides by 0: minus infinity, or NaN when all are predicted right.
    found["norm_macro_recall"] = max(0.0, adjusted) if np.isfinite(adjusted) else np.nan
    for average in ("macro", "micro", "weighted"):
        options = {"average": average, "zero_division": 0, **of}
        found[f"precision_score_{average}"] = metrics.precision_score(codes, predicted, **options)
        found[f"recall_score_{average}"] = metrics.recall_score(codes, predicted, **options)
        found[f"f1_score_{average}"] = metrics.f1_score(codes, predicted, **options)
    for name, score in (
        ("auc", metrics.roc_auc_score),
        ("average_precision_score", metrics.average_precision_score),
    ):
        for average, value in averaged(score, y_bin, p, weights).items():
            found[f"{name}_{average}"] = value
    if positive is not None:
        truth, score = y_bin[:, positive], p[:, positive]
        hits = (predicted == positive).astype(int)
        options = {"zero_division": 0, **of}
        found["precision_score"] = metrics.precision_score(truth, hits, **options)
        found["recall_score"] = metrics.recall_score(truth, hits, **options)
        found["f1_score"] = metrics.f1_score(truth, hits, **options)
        found["roc_auc"] = metrics.roc_auc_score(truth, score, **of)
        precision, recall, _ = metrics.precision_recall_curve(truth, score, **of)
        area = metrics.auc(recall, precision)
        found["precision_recall_auc"] = area if truth.sum() > 0 else np.nan
        table = metrics.confusion_matrix(truth, hits, labels=[0, 1], **of)
        cells = dict(zip(("true_negatives", "false_positives", "false_negatives", "true_positives"), table.ravel()))
        found.update(cells)
    else:
        found["precision_score"] = found["precision_score_weighted"]
        found["recall_score"] = found["recall_score_weighted"]
        found["f1_score"] = found["f1_score_weighted"]
        found["roc_auc"] = found["auc_weighted"]
    return {name: shown(value) for name, value in found.items()}


def classification_cases():
    random = np.random.default_rng(20260202)
    cases = []

    def add(name, y, p, classes, weights=None, positive=None):
        p = np.asarray(p, dtype=float)
        if positive is None and len(classes) == 2:
            positive = 1
        cases.append(
            {
                "name": name,
                "labels": list(y),
                "probabilities": p.tolist(),
                "classes": list(classes),
                "weights": None if weights is None else list(weights),
                "positiveLabel": None if positive is None else classes[positive],
                "values": class_metrics(y, p, classes, None if weights is None else np.array(weights, dtype=float), positive),
            }
        )

    def drawn(n, k, skill, decimals=None, shares=None):
        codes = random.choice(k, size=n, p=shares)
        raw = random.normal(size=(n, k)) + skill * np.eye(k)[codes]
        p = np.exp(raw) / np.exp(raw).sum(axis=1, keepdims=True)
        if decimals is not None:
            # Sixteenths tie often and are exact; the last class gets the rest.
            p = np.floor(p * decimals) / decimals
            p[:, -1] = 1 - p[:, :-1].sum(axis=1)
        return codes, p

    codes, p = drawn(120, 2, 1.0)
    add("two classes", [["no", "yes"][c] for c in codes], p, ["no", "yes"])
    add("two classes, the first positive", [["no", "yes"][c] for c in codes], p, ["no", "yes"], positive=0)
    add("two classes with weights", codes.tolist(), p, [0, 1], random.uniform(0, 3, size=120).tolist())
    codes, p = drawn(100, 2, 0.5, decimals=8, shares=[0.9, 0.1])
    add("ties and imbalance", codes.tolist(), p, [0, 1])
    weights = random.integers(0, 3, size=100)
    add("ties, weights with zeros", codes.tolist(), p, [0, 1], weights.tolist())
    # The most and the least probable rows of both classes do not count.
    p = np.array([[0.01 * i, 1 - 0.01 * i] for i in range(1, 21)])
    weights = [0, 0, 0, 2, 1, 0.5, 1, 3, 1, 0, 0, 1, 2, 1, 1, 0.25, 1, 0, 0, 0]
    add("weights of zero at both ends", [i // 2 % 2 for i in range(20)], p, [0, 1], weights)
    codes, p = drawn(150, 3, 1.2)
    add("three classes", [["a", "b", "c"][c] for c in codes], p, ["a", "b", "c"])
    add("three classes, one positive", [["a", "b", "c"][c] for c in codes], p, ["a", "b", "c"], positive=2)
    add("three classes with weights", codes.tolist(), p, [0, 1, 2], random.uniform(0, 2, size=150).tolist())
    codes, p = drawn(90, 4, 0.8, decimals=16)
    add("four classes with ties", codes.tolist(), p, [0, 1, 2, 3])
    codes, p = drawn(60, 4, 0.8, shares=[0.5, 0.3, 0.2, 0.0])
    add("a class without rows", codes.tolist(), p, [0, 1, 2, 3])
    add("one class only", [1] * 20, drawn(20, 2, 0.3)[1], [0, 1])
    add("one class only, negative", [0] * 20, drawn(20, 2, 0.3)[1], [0, 1])
    add("one class of three", ["b"] * 15, drawn(15, 3, 0.3)[1], ["a", "b", "c"])
    add("a single row", ["yes"], [[0.3, 0.7]], ["no", "yes"])
    add("perfect", [0, 1, 1, 0], [[1, 0], [0, 1], [0, 1], [1, 0]], [0, 1])
    add("all wrong, with certainty", [0, 1, 1, 0], [[0, 1], [1, 0], [1, 0], [0, 1]], [0, 1])
    add("all probabilities equal", [0, 1, 1, 0, 1], [[0.5, 0.5]] * 5, [0, 1])
    return cases


def number_cases():
    """Spearman and the errors divided by the range, which the regression cases do not hold."""
    random = np.random.default_rng(20260303)
    cases = []

    def add(name, y, z, target_range=None):
        y, z = np.array(y, dtype=float), np.array(z, dtype=float)
        low, high = target_range or (y.min(), y.max())
        rmse = np.sqrt(metrics.mean_squared_error(y, z))
        values = {
            "spearman_correlation": shown(scipy.stats.spearmanr(y, z)[0]),
            "normalized_root_mean_squared_error": shown(rmse / (high - low)),
            "normalized_mean_absolute_error": shown(metrics.mean_absolute_error(y, z) / (high - low)),
            "normalized_median_absolute_error": shown(metrics.median_absolute_error(y, z) / (high - low)),
        }
        if min(y.min(), z.min()) > -1:
            rmsle = np.sqrt(metrics.mean_squared_log_error(y, z))
            values["normalized_root_mean_squared_log_error"] = shown(
                rmsle / (np.log1p(high) - np.log1p(low))
            )
        cases.append(
            {"name": name, "yTrue": y.tolist(), "yPred": z.tolist(), "trainRange": target_range, "values": values}
        )

    y = random.normal(size=50)
    add("ordinary", y, y + random.normal(size=50))
    y = random.integers(0, 6, size=80)
    add("with ties", y, y + random.integers(-2, 3, size=80) / 2 + 1)
    add("opposite", [1, 2, 3, 4], [9, 7, 5, 3])
    add("with the range of all data", [1, 2, 3, 4], [1.5, 2.5, 2, 4], (0.0, 10.0))
    add("two rows", [1, 2], [4, 5])
    return cases


def rows(folds):
    return [{"train": train.tolist(), "test": test.tolist()} for train, test in folds]


def tried(make):
    try:
        return rows(make())
    except ValueError:
        return None


def fold_cases():
    cases = []
    labels = {
        "balanced": [i % 2 for i in range(20)],
        "three": ["abc"[(i * i + i // 3) % 3] for i in range(31)],
        "rare": [0] * 12 + [1] * 2 + [2] * 9,
        "late": [5, 5, 3, 5, 3, 3, 1, 1, 5, 1, 3, 5, 5],
        "tiny": [0, 1, 2, 0, 1, 2],
    }
    groups = {
        "even": [i // 3 for i in range(24)],
        "uneven": [9, 9, 9, 9, 4, 4, 7, 7, 1, 1, 1, 3, 9, 4, 7, 2, 2, 6],
        "words": [["x", "y", "z", "w", "v"][(i * 3 + i // 4) % 5] for i in range(26)],
    }
    seeds = [None, 0, 7, 2**32 - 1]
    for n in (2, 5, 10, 23):
        for k in (2, 3, 5):
            for seed in seeds:
                splitter = KFold(k, shuffle=seed is not None, random_state=seed)
                cases.append({"splitter": "KFold", "n": n, "nSplits": k, "randomState": seed, "folds": tried(lambda: splitter.split(np.zeros(n)))})
        cases.append({"splitter": "RepeatedKFold", "n": n, "nSplits": 2, "nRepeats": 3, "randomState": 5, "folds": tried(lambda: RepeatedKFold(n_splits=2, n_repeats=3, random_state=5).split(np.zeros(n)))})
    for y in labels.values():
        for k in (2, 3, 5):
            for seed in seeds:
                splitter = StratifiedKFold(k, shuffle=seed is not None, random_state=seed)
                cases.append({"splitter": "StratifiedKFold", "labels": y, "nSplits": k, "randomState": seed, "folds": tried(lambda: splitter.split(np.zeros(len(y)), y))})
        cases.append({"splitter": "RepeatedStratifiedKFold", "labels": y, "nSplits": 2, "nRepeats": 3, "randomState": 5, "folds": tried(lambda: RepeatedStratifiedKFold(n_splits=2, n_repeats=3, random_state=5).split(np.zeros(len(y)), y))})
        for size in (0.2, 0.5, 4):
            for seed in (0, 3, 11):
                def split():
                    train, test = train_test_split(np.arange(len(y)), test_size=size, random_state=seed, stratify=y)
                    return [(train, test)]
                cases.append({"splitter": "trainTestSplit", "labels": y, "testSize": size, "randomState": seed, "folds": tried(split)})
    for g in groups.values():
        for k in (2, 3, 5, 9):
            for seed in seeds:
                splitter = GroupKFold(k, shuffle=seed is not None, random_state=seed)
                cases.append({"splitter": "GroupKFold", "groups": g, "nSplits": k, "randomState": seed, "folds": tried(lambda: splitter.split(np.zeros(len(g)), groups=g))})
    for n in (6, 13, 40):
        for options in ({}, {"gap": 2}, {"test_size": 3}, {"max_train_size": 4}, {"test_size": 2, "gap": 3, "max_train_size": 7}):
            for k in (2, 5):
                splitter = TimeSeriesSplit(k, **options)
                names = {"gap": "gap", "test_size": "testSize", "max_train_size": "maxTrainSize"}
                cases.append({"splitter": "TimeSeriesSplit", "n": n, "nSplits": k, "options": {names[name]: value for name, value in options.items()}, "folds": tried(lambda: splitter.split(np.zeros(n)))})
    return cases


def curve_cases():
    random = np.random.default_rng(20260404)
    cases = []

    def add(name, y, p, weights=None):
        y, p = np.array(y), np.array(p, dtype=float)
        w = None if weights is None else np.array(weights, dtype=float)
        case = {"name": name, "positives": y.tolist(), "scores": p.tolist(), "weights": weights}
        for key, drop in (("roc", True), ("rocAll", False)):
            found = metrics.roc_curve(y, p, sample_weight=w, drop_intermediate=drop)
            case[key] = [[shown(v) for v in part] for part in found]
        found = metrics.precision_recall_curve(y, p, sample_weight=w)
        case["precisionRecall"] = [[shown(v) for v in part] for part in found]
        case["calibration"] = {}
        for strategy in ("uniform", "quantile"):
            if len(set(y.tolist())) == 2:
                observed, predicted = calibration_curve(y, p, n_bins=5, strategy=strategy)
                case["calibration"][strategy] = [observed.tolist(), predicted.tolist()]
        cases.append(case)

    y = random.integers(0, 2, size=60)
    add("ordinary", y, np.clip(0.5 + 0.3 * (y - 0.5) + 0.2 * random.normal(size=60), 0, 1))
    add("ties", y, random.integers(0, 5, size=60) / 4)
    add("weights with zeros", y, random.integers(0, 9, size=60) / 8, random.integers(0, 3, size=60).tolist())
    add("weights of zero at both ends", [1, 0, 0, 1, 1, 0], [0.9, 0.8, 0.7, 0.6, 0.5, 0.4], [0, 0, 1, 2, 1, 0])
    add("perfect", [0, 0, 1, 1], [0.1, 0.2, 0.8, 0.9])
    add("one score", [0, 1, 1], [0.5, 0.5, 0.5])
    add("no positive", [0, 0, 0], [0.2, 0.4, 0.9])
    add("no negative", [1, 1, 1], [0.2, 0.4, 0.9])
    return cases


class R2:
    def __call__(self, model, x, y):
        return metrics.r2_score(y, model.predict(x))


def inspection_cases():
    random = np.random.default_rng(20260505)
    x = np.round(random.normal(size=(40, 3)), 3)
    x[:, 2] = random.integers(0, 4, size=40)
    y = 3 * x[:, 0] - x[:, 1] ** 1 + 0.5 * x[:, 2] + np.round(0.1 * random.normal(size=40), 3)
    model = LinearRegression().fit(x, y)
    found = {
        "x": x.tolist(),
        "y": y.tolist(),
        "coefficients": model.coef_.tolist(),
        "intercept": float(model.intercept_),
    }
    importances = []
    for seed in (0, 42):
        for repeats in (1, 5):
            result = permutation_importance(model, x, y, scoring=R2(), n_repeats=repeats, random_state=seed)
            importances.append(
                {
                    "randomState": seed,
                    "nRepeats": repeats,
                    "values": result.importances.tolist(),
                    "mean": result.importances_mean.tolist(),
                    "standardDeviation": result.importances_std.tolist(),
                }
            )
    dependences = []
    for column in range(3):
        for resolution, percentiles in ((100, (0.05, 0.95)), (10, (0.05, 0.95)), (7, (0.0, 1.0)), (5, (0.2, 0.6))):
            result = partial_dependence(
                model, x, [column], grid_resolution=resolution, percentiles=percentiles, method="brute"
            )
            dependences.append(
                {
                    "column": column,
                    "gridResolution": resolution,
                    "percentiles": percentiles,
                    "grid": result["grid_values"][0].tolist(),
                    "average": result["average"][0].tolist(),
                }
            )
    import shap

    explainer = shap.LinearExplainer(model, shap.maskers.Independent(x, max_samples=1000))
    found["shapVersion"] = shap.__version__
    found["shap"] = np.asarray(explainer.shap_values(x[:10])).tolist()
    found["shapBase"] = float(explainer.expected_value)
    return {**found, "importances": importances, "dependences": dependences}


if __name__ == "__main__":
    write("classification.json", cases=classification_cases(), numbers=number_cases())
    write("folds.json", cases=fold_cases())
    write("curves.json", cases=curve_cases())
    write("inspection.json", **inspection_cases())
