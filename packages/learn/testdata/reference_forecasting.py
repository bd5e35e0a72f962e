"""Makes the reference values of the forecasting tests of @ridgeline/learn from statsmodels.

Run it in this folder: `python3 reference_forecasting.py`. The tests read only the JSON file that it
leaves. `known` cases have their weights and first state given, so that only the recursions speak;
`fitted` cases are statsmodels' own optimum.
"""

import json
import platform

import numpy as np
import statsmodels
from statsmodels.datasets import co2, sunspots
from statsmodels.tsa.holtwinters import ExponentialSmoothing

random = np.random.RandomState(11)
steps = np.arange(96)
series = {
    "noise around a level": 50 + random.normal(0, 2, 60),
    "a walk": np.cumsum(random.normal(0.3, 1, 80)) + 20,
    "a season on a trend": 100 + 0.8 * steps + 12 * np.sin(steps * 2 * np.pi / 12) + random.normal(0, 2, 96),
    "co2 by month": co2.load_pandas().data["co2"].resample("MS").mean().ffill().to_numpy()[:120],
    "sunspots": sunspots.load_pandas().data["SUNACTIVITY"].to_numpy()[:100],
}


def model(values, trend, period, **options):
    return ExponentialSmoothing(
        values, trend=None if trend == "none" else "add", damped_trend=trend == "damped",
        seasonal="add" if period > 1 else None, seasonal_periods=period if period > 1 else None,
        **options)


def known(name, trend, period):
    values = series[name]
    season = list(np.linspace(-3, 3, period)) if period > 1 else None
    start = {"level": float(values[0]), "trend": 0.25 if trend != "none" else None, "season": season}
    weights = {"alpha": 0.4, "beta": 0.15, "gamma": 0.2, "phi": 0.9}
    made = model(values, trend, period, initialization_method="known", initial_level=start["level"],
                 initial_trend=start["trend"], initial_seasonal=season)
    fitted = made.fit(
        smoothing_level=0.4, optimized=False,
        **({"smoothing_trend": 0.15} if trend != "none" else {}),
        **({"damping_trend": 0.9} if trend == "damped" else {}),
        **({"smoothing_seasonal": 0.2} if period > 1 else {}))
    return {"series": name, "trend": trend, "period": period, "start": start, "weights": weights,
            "squaredError": float(fitted.sse), "forecast": [float(v) for v in fitted.forecast(15)]}


def fitted(name, trend, period):
    made = model(series[name], trend, period, initialization_method="estimated").fit()
    return {"series": name, "trend": trend, "period": period, "squaredError": float(made.sse),
            "forecast": [float(v) for v in made.forecast(6)]}


cases = [("noise around a level", "none", 1), ("a walk", "none", 1), ("a walk", "additive", 1),
         ("a walk", "damped", 1), ("a season on a trend", "additive", 12),
         ("a season on a trend", "none", 12), ("a season on a trend", "damped", 12),
         ("co2 by month", "additive", 12), ("sunspots", "none", 11)]
content = {
    "madeWith": {"python": platform.python_version(), "statsmodels": statsmodels.__version__,
                 "numpy": np.__version__},
    "series": {name: [float(v) for v in values] for name, values in series.items()},
    "known": [known(*case) for case in cases],
    "fitted": [fitted(*case) for case in cases],
}
with open("forecasting.json", "w", encoding="utf-8") as file:
    json.dump(content, file)
    file.write("\n")
