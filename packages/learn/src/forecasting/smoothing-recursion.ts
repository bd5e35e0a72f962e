// The recursions of exponential smoothing with additive parts (Hyndman and Athanasopoulos, Forecasting:
// Principles and Practice, 3rd ed., chapter 8): level, trend that may be damped, and season.

/** Weights of the newest value; those of parts that a model lacks are 0. */
export interface SmoothingWeights {
  /** Of the level, 0 to 1. */
  readonly alpha: number;
  /** Of the trend, 0 to 1. */
  readonly beta: number;
  /** Of the season, 0 to 1. */
  readonly gamma: number;
  /** What is left of the trend a step later; 1 where it is not damped, 0 without trend. */
  readonly phi: number;
}

export interface SmoothingState {
  readonly level: number;
  readonly trend: number;
  /** What the next values' places in the season add, the next one first; one 0 without season. */
  readonly season: Float64Array;
}

export interface SmoothingRun {
  /** After the last value. */
  readonly state: SmoothingState;
  /** Value minus forecast of one step, a value; 0 where the value is missing. */
  readonly errors: Float64Array;
}

/** Runs over the values, earliest first. At a missing value the state moves on by its forecast. */
export function smooth(
  values: Float64Array,
  start: SmoothingState,
  { alpha, beta, gamma, phi }: SmoothingWeights,
): SmoothingRun {
  const season = Float64Array.from(start.season);
  const errors = new Float64Array(values.length);
  const period = season.length;
  let { level, trend } = start;
  for (let t = 0; t < values.length; t++) {
    const place = t % period;
    const seasonal = season[place];
    const base = level + phi * trend;
    const value = Number.isNaN(values[t]) ? base + seasonal : values[t];
    errors[t] = value - base - seasonal;
    const next = alpha * (value - seasonal) + (1 - alpha) * base;
    trend = beta * (next - level) + (1 - beta) * phi * trend;
    season[place] = gamma * (value - base) + (1 - gamma) * seasonal;
    level = next;
  }
  const turn = values.length % period;
  const turned = Float64Array.from(season, (_, i) => season[(i + turn) % period]);
  return { state: { level, trend, season: turned }, errors };
}

/** The next `horizon` values. */
export function forecastFrom(
  { level, trend, season }: SmoothingState,
  phi: number,
  horizon: number,
): Float64Array {
  const forecasts = new Float64Array(horizon);
  let damping = 0;
  for (let h = 0; h < horizon; h++) {
    damping += phi ** (h + 1);
    forecasts[h] = level + damping * trend + season[h % season.length];
  }
  return forecasts;
}
