// Checks what is to be logged, before anything of it is written: a batch is logged whole or not at all.
import { checkKey } from '../checks/check-key.ts';
import { checkInteger, checkText, checkTime, invalid, quote } from '../checks/check-text.ts';
import { limits } from '../checks/limits.ts';
import { type KeyValue, type KeyValues, lastOfEachKey, toPairs } from '../key-values.ts';
import type { Metric, MetricOrigin } from './run.ts';

export interface NewMetric extends MetricOrigin {
  readonly key: string;
  /** NaN is kept; an infinity becomes the largest double of its sign, as in MLflow. */
  readonly value: number;
  /** Milliseconds since the epoch; default: now. */
  readonly timestamp?: number;
  /** A whole number, which may be negative; default 0. */
  readonly step?: number;
}

/** At most 1,000 metrics, 100 params and 100 tags, and 1,000 in all. */
export interface LogBatch {
  readonly metrics?: readonly NewMetric[];
  readonly params?: KeyValues;
  readonly tags?: KeyValues;
}

export type CheckedMetric = Metric & MetricOrigin;

export interface CheckedBatch {
  readonly metrics: readonly CheckedMetric[];
  readonly params: readonly KeyValue[];
  readonly tags: readonly KeyValue[];
}

/** @throws RidgelineError INVALID_PARAMETER_VALUE */
export function checkBatch(batch: LogBatch, now: number): CheckedBatch {
  const { metrics = [] } = batch;
  const params = toPairs('params', batch.params);
  const tags = toPairs('tags', batch.tags);
  checkCount('metrics', metrics.length, limits.metricsPerBatch);
  checkCount('params', params.length, limits.paramsPerBatch);
  checkCount('tags', tags.length, limits.tagsPerBatch);
  const total = metrics.length + params.length + tags.length;
  checkCount('metrics, params, and tags', total, limits.entitiesPerBatch);
  return {
    metrics: checkMetrics(metrics, now),
    params: checkNoneTwice(params.map(checkParam)),
    tags: lastOfEachKey(tags.map(checkTag)),
  };
}

/** @throws RidgelineError INVALID_PARAMETER_VALUE */
export function checkTag(tag: KeyValue): KeyValue {
  const key = checkKey('tag', tag.key);
  return { key, value: checkText(`tag ${key}`, tag.value, limits.tagValueLength) };
}

/** @throws RidgelineError INVALID_PARAMETER_VALUE */
export function checkCount(things: string, count: number, limit: number): void {
  if (count <= limit) return;
  throw invalid(
    `A batch logging request can contain at most ${limit} ${things}. Got ${count} ${things}. ` +
      `Please split up ${things} across multiple requests and try again.`,
  );
}

/** Of many points of few metrics: each name is checked once. */
function checkMetrics(metrics: readonly NewMetric[], now: number): readonly CheckedMetric[] {
  const keys = new Set<string>();
  return metrics.map((metric) => {
    if (!keys.has(metric.key)) keys.add(checkKey('metric', metric.key));
    return checkMetric(metric, now);
  });
}

function checkMetric(metric: NewMetric, now: number): CheckedMetric {
  const { key } = metric;
  if (typeof metric.value !== 'number') {
    throw invalid(`metric ${key} must have a number as its value, got ${quote(metric.value)}`);
  }
  const { MIN_SAFE_INTEGER, MAX_SAFE_INTEGER } = Number;
  const stepLabel = `the step of metric ${key}`;
  return {
    key,
    value: metric.value,
    timestamp: checkTime(`the timestamp of metric ${key}`, metric.timestamp ?? now),
    step: checkInteger(stepLabel, metric.step ?? 0, MIN_SAFE_INTEGER, MAX_SAFE_INTEGER),
    ...(metric.modelId ? checkOrigin(key, metric) : {}),
  };
}

/** Of what is logged most, and can be written together with the same of other calls. */
export function isOfMetricsOnly({ metrics, params, tags }: CheckedBatch): boolean {
  const isPlain = metrics.every(({ modelId }) => modelId === undefined);
  return metrics.length > 0 && isPlain && params.length === 0 && tags.length === 0;
}

/** MLflow's clients send an empty text for what they do not have. */
function checkOrigin(key: string, metric: MetricOrigin): MetricOrigin {
  const { modelId, datasetName, datasetDigest } = metric;
  const label = `of metric ${key}`;
  return {
    modelId,
    datasetName: datasetName
      ? checkText(`the dataset_name ${label}`, datasetName, limits.datasetNameLength)
      : undefined,
    datasetDigest: datasetDigest
      ? checkText(`the dataset_digest ${label}`, datasetDigest, limits.datasetDigestLength)
      : undefined,
  };
}

function checkParam(param: KeyValue): KeyValue {
  const key = checkKey('parameter', param.key);
  return { key, value: checkText(`parameter ${key}`, param.value, limits.paramValueLength) };
}

function checkNoneTwice(params: readonly KeyValue[]): readonly KeyValue[] {
  const keys = params.map((param) => param.key);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice === undefined) return params;
  throw invalid(
    `Duplicate parameter keys have been submitted: ${quote(twice)}. Please ensure the request ` +
      'contains only one param value per param key.',
  );
}
