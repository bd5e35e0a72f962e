"""LightGBM on the data of data.ts. Reads a case as JSON from the command line, prints its result as JSON."""

import json
import sys
import time

import lightgbm
import numpy

columns, categorical, levels = 28, 4, 50


def uniform(i, j):
    h = i * numpy.uint32(0x9E3779B1) + numpy.uint32((j * 0x85EBCA77) & 0xFFFFFFFF)
    h = (h ^ (h >> numpy.uint32(16))) * numpy.uint32(0x85EBCA6B)
    h = (h ^ (h >> numpy.uint32(13))) * numpy.uint32(0xC2B2AE35)
    return (h ^ (h >> numpy.uint32(16))).astype(numpy.float64) / 2.0**32


def bell(i, j):
    return 2 * (uniform(i, 3 * j) + uniform(i, 3 * j + 1) + uniform(i, 3 * j + 2) - 1.5)


def category(value):
    return numpy.minimum(levels - 1, numpy.maximum(0, numpy.floor((value + 3) * 8)))


def data(first, count, mixed):
    i = numpy.arange(first, first + count, dtype=numpy.uint32)
    x = numpy.column_stack([bell(i, j) for j in range(columns)])
    a, b, c, d, e, f, g = (x[:, j] for j in range(7))
    # In the order of data.ts, as sums round.
    score = a + b * d + (c * c * c - c) + numpy.where(e > 0.5, f, -g) + (category(x[:, columns - 1]) * 7) % 11 / 5 - 1
    y = (score + 2 * bell(i, columns) > 0).astype(float)
    if mixed:
        for j in range(7):
            x[uniform(i, 1000 + j) < 0.1, j] = numpy.nan
        for j in range(columns - categorical, columns):
            x[:, j] = category(x[:, j])
    return x, y


def area(y, scores):
    order = numpy.argsort(scores, kind="stable")
    ranks = numpy.empty(len(y))
    ranks[order] = numpy.arange(1, len(y) + 1)
    positives = y.sum()
    return (ranks[y == 1].sum() - positives * (positives + 1) / 2) / positives / (len(y) - positives)


case = json.loads(sys.argv[1])
x, y = data(0, case["rows"], case["mixed"])
test_x, test_y = data(case["rows"], case["testRows"], case["mixed"])
settings = dict(
    objective="binary", num_leaves=31, learning_rate=0.1, max_bin=255, lambda_l2=1.0, min_data_in_leaf=20,
    num_threads=case["threads"], verbosity=-1, force_row_wise=True,
)
if case["mixed"]:
    settings.update(bagging_fraction=0.8, bagging_freq=1, feature_fraction=0.7)
names = list(range(columns - categorical, columns)) if case["mixed"] else []
begin = time.perf_counter()
training = lightgbm.Dataset(x, y, params=settings, categorical_feature=names, free_raw_data=False)
training.construct()
constructed = time.perf_counter()
# The booster's own set-up counts, as ours does.
booster = lightgbm.Booster(settings, training)
# So many trees, or as many as there is time for, set-up and binning counted.
while booster.current_iteration() < case.get("trees", float("inf")):
    if time.perf_counter() - begin > case.get("seconds", float("inf")):
        break
    booster.update()
end = time.perf_counter()
print(json.dumps({
    "binMs": (constructed - begin) * 1000,
    "fitMs": (end - constructed) * 1000,
    "trees": booster.current_iteration(),
    "auc": float(area(test_y, booster.predict(test_x))),
    "version": lightgbm.__version__,
}))
