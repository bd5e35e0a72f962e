"""Makes the reference values of the preprocessing tests of @ridgeline/learn from scikit-learn.

Run it in this folder: `python3 reference_preprocess.py`. The tests read only the JSON file that it
leaves. A missing value is null there; categories are codes.
"""

import json
import platform

import numpy as np
import scipy
import sklearn
from scipy import stats
from sklearn.calibration import _SigmoidCalibration
from sklearn.impute import SimpleImputer
from sklearn.model_selection import KFold, StratifiedKFold
from sklearn.preprocessing import (
    MinMaxScaler,
    OneHotEncoder,
    QuantileTransformer,
    RobustScaler,
    StandardScaler,
    TargetEncoder,
)

random = np.random.RandomState(7)


def plain(values):
    """Nested lists with None for NaN."""
    array = np.asarray(values, dtype=float)
    return [plain(row) for row in array] if array.ndim > 1 else [
        None if np.isnan(value) else float(value) for value in array
    ]


def columns():
    rows = 60
    normal = random.normal(10, 3, rows)
    skewed = np.exp(random.normal(0, 2, rows))
    ties = random.randint(0, 5, rows).astype(float)
    constant = np.full(rows, 0.1)
    huge = random.normal(1e9, 1e-3, rows)
    holes = random.normal(0, 1, rows)
    holes[random.rand(rows) < 0.3] = np.nan
    return np.column_stack([normal, skewed, ties, constant, huge, holes])


x = columns()
new = np.vstack([x[:5], x[:5] * 1.5 - 2, [[-1e3] * 6], [[1e10] * 6], [[np.nan] * 6]])


def numeric_cases():
    made = {
        "StandardScaler {}": StandardScaler(),
        'StandardScaler {"withMean":false}': StandardScaler(with_mean=False),
        'StandardScaler {"withStd":false}': StandardScaler(with_std=False),
        "MinMaxScaler {}": MinMaxScaler(),
        "RobustScaler {}": RobustScaler(),
        'RobustScaler {"withCentering":false}': RobustScaler(with_centering=False),
        "QuantileTransformer {}": QuantileTransformer(subsample=None, n_quantiles=60),
        'QuantileTransformer {"nQuantiles":10}': QuantileTransformer(
            subsample=None, n_quantiles=10
        ),
        'QuantileTransformer {"nQuantiles":10,"outputDistribution":"normal"}': QuantileTransformer(
            subsample=None, n_quantiles=10, output_distribution="normal"
        ),
        "Imputer {}": SimpleImputer(),
        'Imputer {"strategy":"median"}': SimpleImputer(strategy="median"),
        'Imputer {"strategy":"most_frequent"}': SimpleImputer(strategy="most_frequent"),
        'Imputer {"strategy":"constant","fillValue":-7}': SimpleImputer(
            strategy="constant", fill_value=-7
        ),
    }
    return [
        {"transformer": name.split(" ", 1)[0], "parameters": json.loads(name.split(" ", 1)[1]),
         "transformed": plain(step.fit(x).transform(new))}
        for name, step in made.items()
    ]


codes = random.choice(8, 80, p=[0.3, 0.2, 0.15, 0.15, 0.1, 0.05, 0.03, 0.02]).astype(float)
codes[random.rand(80) < 0.1] = np.nan
new_codes = np.array([0, 1, 2, 3, 4, 5, 6, 7, np.nan], dtype=float)


def one_hot_cases():
    cases = []
    for parameters, options in [
        ({}, {}),
        ({"minFrequency": 6}, {"min_frequency": 6}),
        ({"maxLevels": 4}, {"max_categories": 4}),
    ]:
        step = OneHotEncoder(
            sparse_output=False, handle_unknown="infrequent_if_exist", **options
        ).fit(codes[:, None])
        names = step.get_feature_names_out(["c"])
        made = step.transform(new_codes[:, None])
        # scikit-learn puts the missing value before the infrequent levels; so the sets are compared.
        cases.append({"parameters": parameters, "names": list(names), "transformed": plain(made)})
    return cases


def target_cases():
    effect = np.nan_to_num(codes, nan=3.5)
    y = effect + random.normal(0, 2, 80)
    classes = (effect + random.normal(0, 2, 80) > 3).astype(int)
    three = np.digitize(effect + random.normal(0, 2, 80), [2, 4])
    cases = []
    for name, target, target_type in [
        ("continuous", y, "continuous"),
        ("binary", classes, "binary"),
        ("multiclass", three, "multiclass"),
    ]:
        splitter = KFold if name == "continuous" else StratifiedKFold
        folds = splitter(4, shuffle=True, random_state=3)
        for smooth in ["auto", 0.0, 5.0]:
            step = TargetEncoder(
                target_type=target_type, smooth=smooth, cv=folds
            )
            out_of_fold = step.fit_transform(codes[:, None], target)
            cases.append({
                "name": f"{name}, smooth {smooth}",
                "parameters": {
                    "targetType": "continuous" if name == "continuous" else "classes",
                    "smoothing": "auto" if smooth == "auto" else "fixed",
                    **({} if smooth == "auto" else {"smooth": smooth}),
                    "cv": 4,
                    "randomState": 3,
                },
                "y": [float(value) for value in target],
                "outOfFold": plain(out_of_fold),
                "transformed": plain(step.transform(new_codes[:, None])),
            })
    return cases


def sigmoid_cases():
    scores = random.normal(0, 2, 200)
    labels = (random.rand(200) < 1 / (1 + np.exp(-(0.7 * scores - 0.4)))).astype(int)
    probabilities = 1 / (1 + np.exp(-scores))
    logits = np.log(probabilities / (1 - probabilities))
    fitted = _SigmoidCalibration().fit(logits, labels)
    return {"probabilities": plain(probabilities), "labels": [int(label) for label in labels],
            "a": float(fitted.a_), "b": float(fitted.b_)}


def temperature_case():
    from sklearn.calibration import _TemperatureScaling

    logits = random.normal(0, 3, (150, 3))
    shares = np.exp(logits / 2.2)
    shares /= shares.sum(axis=1, keepdims=True)
    labels = np.array([random.choice(3, p=row) for row in shares])
    fitted = _TemperatureScaling().fit(logits, labels)
    probabilities = np.exp(logits)
    probabilities /= probabilities.sum(axis=1, keepdims=True)
    return {"probabilities": plain(probabilities), "labels": [int(label) for label in labels],
            "temperature": float(1 / fitted.beta_)}


places = [1e-300, 1e-20, 1e-7, 0.001, 0.02425, 0.075, 0.2, 0.5, 0.7, 0.925, 0.999, 1 - 1e-10]
deviates = [-38, -10, -5, -3.6, -3.4, -1, -1e-9, 0, 0.3, 2, 3.53, 3.54, 6, 8]
content = {
    "madeWith": {"python": platform.python_version(), "scikit-learn": sklearn.__version__,
                 "numpy": np.__version__, "scipy": scipy.__version__},
    "x": plain(x),
    "new": plain(new),
    "numeric": numeric_cases(),
    "codes": plain(codes),
    "newCodes": plain(new_codes),
    "oneHot": one_hot_cases(),
    "target": target_cases(),
    "sigmoid": sigmoid_cases(),
    "temperature": temperature_case(),
    "normal": {"places": places, "quantiles": [float(stats.norm.ppf(p)) for p in places],
               "deviates": deviates, "shares": [float(stats.norm.cdf(z)) for z in deviates]},
}
with open("preprocess.json", "w", encoding="utf-8") as file:
    json.dump(content, file)
    file.write("\n")
