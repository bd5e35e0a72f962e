"""Times LightGBM's prediction on the numbers of a file; prints nanoseconds a row as JSON.

One row goes through the C function that LightGBM offers for it, with its configuration prepared, so
that no Python is in the way but the call itself, which an empty call measures.
"""

import ctypes
import json
import sys
import time

import lightgbm
import numpy
from lightgbm.basic import _LIB, _c_str

case = json.loads(sys.argv[1])
columns = case["columns"]
x = numpy.fromfile(case["features"], dtype=numpy.float32).reshape(-1, columns)
y = numpy.fromfile(case["target"], dtype=numpy.float64)
booster = lightgbm.train(
    {"num_leaves": case["leaves"], "num_threads": 1, "verbosity": -1, "min_data_in_leaf": 20},
    lightgbm.Dataset(x, y),
    case["trees"],
)


def best_of(runs, work):
    times = []
    for _ in range(runs):
        begin = time.process_time()
        work()
        times.append(time.process_time() - begin)
    return min(times)


batch = best_of(15, lambda: booster.predict(x, num_threads=1)) / len(x)

config = ctypes.c_void_p()
parameters = _c_str("num_threads=1 verbosity=-1")
_LIB.LGBM_BoosterPredictForMatSingleRowFastInit(
    booster._handle, 0, 0, -1, 0, columns, parameters, ctypes.byref(config)
)
out = (ctypes.c_double * 1)()
length = ctypes.c_int64()
calls = 2000
addresses = [ctypes.c_void_p(x[i].ctypes.data) for i in range(calls)]
targets = ctypes.byref(length), out
function = _LIB.LGBM_BoosterPredictForMatSingleRowFast
empty = ctypes.CDLL(None).abs


def each(call):
    for address in addresses:
        call(address)


single = best_of(15, lambda: each(lambda at: function(config, at, *targets)))
nothing = best_of(15, lambda: each(lambda at: empty(1)))
print(json.dumps({
    "batch": batch * 1e9,
    "single": (single - nothing) / calls * 1e9,
    "version": lightgbm.__version__,
}))
