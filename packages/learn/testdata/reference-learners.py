"""Makes the reference values of penalised linear models, neighbours, baselines and networks.

Run it in this folder: `python3 reference-learners.py`. The tests read only the JSON file that it
leaves; they never run Python. The file records the versions that made it under `madeWith`.
"""

import json
import platform
import warnings

import numpy as np
import sklearn
from sklearn.dummy import DummyClassifier, DummyRegressor
from sklearn.linear_model import ElasticNet, Lasso, LogisticRegression
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.neural_network import MLPClassifier, MLPRegressor

warnings.filterwarnings("ignore")
random = np.random.RandomState(7)


def linear_data(rows, columns, scales=None):
    x = random.normal(size=(rows, columns))
    if scales is not None:
        x = x * scales
    w = random.normal(size=columns) * (np.arange(columns) % 3 != 2)
    z = (x / (1 if scales is None else scales)) @ w
    return np.round(x, 6), np.round(3 + z + random.normal(size=rows), 6)


DATA = {
    "tall": linear_data(60, 5),
    "wide": linear_data(12, 20),
    "scales": linear_data(50, 4, np.array([1e-3, 1, 1e3, 10])),
}
WEIGHTS = {name: np.round(random.uniform(0, 3, size=len(y)), 3) for name, (x, y) in DATA.items()}


def penalised():
    for name, (x, y) in DATA.items():
        for weighted in (False, True):
            weights = WEIGHTS[name] if weighted else None
            for alpha in (0.01, 0.3):
                for ratio in (None, 0.2, 0.8):
                    kind = Lasso if ratio is None else ElasticNet
                    extra = {} if ratio is None else {"l1_ratio": ratio}
                    model = kind(alpha=alpha, tol=1e-14, max_iter=10**6, **extra)
                    model.fit(x, y, sample_weight=weights)
                    yield {
                        "data": name,
                        "weighted": weighted,
                        "alpha": alpha,
                        "l1Ratio": ratio,
                        "coefficients": model.coef_.tolist(),
                        "intercept": float(model.intercept_),
                    }


def classes_of(y, count):
    return np.digitize(y, np.quantile(y, np.arange(1, count) / count))


def logistic():
    for name, (x, y) in DATA.items():
        for count in (2, 3):
            labels = classes_of(y, count)
            for weighted in (False, True):
                weights = WEIGHTS[name] if weighted else None
                for penalty, ratio in (("l2", 0), ("l1", 1), ("elasticnet", 0.4)):
                    # saga has no way to converge on columns of different sizes.
                    if name == "scales" and penalty != "l2":
                        continue
                    solver = "lbfgs" if penalty == "l2" else "saga"
                    model = LogisticRegression(
                        C=0.7, l1_ratio=ratio, solver=solver, tol=1e-12, max_iter=10**6
                    )
                    if name == "scales":
                        model.set_params(solver="newton-cholesky")
                    model.fit(x, labels, sample_weight=weights)
                    yield {
                        "data": name,
                        "weighted": weighted,
                        "classCount": count,
                        "labels": labels.tolist(),
                        "penalty": penalty,
                        "C": 0.7,
                        "l1Ratio": ratio,
                        "probabilities": model.predict_proba(x).tolist(),
                        "coefficients": model.coef_.tolist(),
                        "intercepts": model.intercept_.tolist(),
                    }


def neighbors():
    for name, (x, y) in DATA.items():
        query = np.round(x[:6] + random.normal(size=(6, x.shape[1])) * 0.3 * x.std(axis=0), 6)
        query[0] = x[0]
        labels = classes_of(y, 3)
        for k in (1, 4):
            for weights in ("uniform", "distance"):
                regressor = KNeighborsRegressor(n_neighbors=k, weights=weights).fit(x, y)
                classifier = KNeighborsClassifier(n_neighbors=k, weights=weights).fit(x, labels)
                yield {
                    "data": name,
                    "query": query.tolist(),
                    "labels": labels.tolist(),
                    "nNeighbors": k,
                    "weights": weights,
                    "predictions": regressor.predict(query).tolist(),
                    "probabilities": classifier.predict_proba(query).tolist(),
                }


def naive():
    x, y = DATA["tall"]
    labels = classes_of(y, 3)
    for weighted in (False, True):
        weights = WEIGHTS["tall"] if weighted else None
        for strategy, quantile in (("mean", None), ("quantile", 0.0), ("quantile", 0.3)):
            model = DummyRegressor(strategy=strategy, quantile=quantile)
            model.fit(x, y, sample_weight=weights)
            value = float(model.predict(x[:1])[0])
            yield {
                "kind": "regressor",
                "weighted": weighted,
                "strategy": strategy,
                "quantile": 0.5 if quantile is None else quantile,
                "values": [value],
            }
        for strategy in ("prior", "most_frequent"):
            model = DummyClassifier(strategy=strategy).fit(x, labels, sample_weight=weights)
            yield {
                "kind": "classifier",
                "weighted": weighted,
                "strategy": strategy,
                "labels": labels.tolist(),
                "values": model.predict_proba(x[:1])[0].tolist(),
            }


def networks():
    """Trained weights and what follows from them: the pass forward."""
    x, y = DATA["tall"]
    for activation in ("relu", "tanh"):
        for count in (1, 2, 3):
            target = y if count == 1 else classes_of(y, count)
            kind = MLPRegressor if count == 1 else MLPClassifier
            model = kind(hidden_layer_sizes=(6, 4), activation=activation, max_iter=100, random_state=0)
            model.fit(x.astype(np.float32), target.astype(np.float32) if count == 1 else target)
            proba = model.predict(x) if count == 1 else model.predict_proba(x)
            yield {
                "activation": activation,
                "classCount": count,
                "layers": [
                    {"weights": np.float32(w).tolist(), "biases": np.float32(b).tolist()}
                    for w, b in zip(model.coefs_, model.intercepts_)
                ],
                "outputs": np.asarray(proba, dtype=float).tolist(),
            }


def network_quality():
    """How well scikit-learn's network learns a curved relation, at the same settings."""
    x = random.uniform(-1, 1, size=(600, 5))
    y = np.sin(3 * x[:, 0]) + x[:, 1] * x[:, 2] + 0.1 * random.normal(size=600)
    x, y = np.round(x, 4), np.round(y, 4)
    scores = [
        MLPRegressor(hidden_layer_sizes=(32, 32), max_iter=100, random_state=seed).fit(x[:400], y[:400]).score(x[400:], y[400:])
        for seed in range(3)
    ]
    return {"x": x.tolist(), "y": y.tolist(), "trainRows": 400, "r2": float(np.mean(scores))}


with open("learners.json", "w", encoding="utf-8") as file:
    json.dump(
        {
            "madeWith": {
                "script": "reference-learners.py",
                "python": platform.python_version(),
                "numpy": np.__version__,
                "scikit-learn": sklearn.__version__,
            },
            "data": {name: {"x": x.tolist(), "y": y.tolist()} for name, (x, y) in DATA.items()},
            "weights": {name: w.tolist() for name, w in WEIGHTS.items()},
            "penalised": list(penalised()),
            "logistic": list(logistic()),
            "neighbors": list(neighbors()),
            "naive": list(naive()),
            "networks": list(networks()),
            "networkQuality": network_quality(),
        },
        file,
        separators=(",", ":"),
    )
    file.write("\n")
