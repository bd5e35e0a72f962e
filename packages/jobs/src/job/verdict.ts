// The verdict of a job: what its steps have concluded about the new model, or that it failed.
import type { JobFailure, Verdict } from './job.ts';

/** The tag of a job's root run in which its steps leave their verdict, as JSON. */
export const verdictTag = 'ridgeline.verdict';

/**
 * A tag is free text, written by the project's own steps: what is no verdict is taken for none, and
 * a field that is not what it should be for one that is not there.
 */
export function readVerdict(tag: string | undefined): Verdict | null {
  const value = parseObject(tag);
  if (value === null) return null;
  const { outcome } = value;
  if (outcome !== 'registered' && outcome !== 'not_better') return null;
  return {
    outcome,
    metric: textOf(value.metric),
    newValue: numberOf(value.newValue),
    productionValue: numberOf(value.productionValue),
    model: modelOf(value.model),
    reason: textOf(value.reason) ?? '',
  };
}

export function failedVerdict(error: JobFailure | null): Verdict {
  const nothing = { metric: null, newValue: null, productionValue: null, model: null };
  return { outcome: 'failed', ...nothing, reason: error?.message ?? '' };
}

type Fields = Readonly<Record<string, unknown>>;

function parseObject(text: string | undefined): Fields | null {
  try {
    return asObject(JSON.parse(text ?? 'null'));
  } catch {
    return null;
  }
}

function asObject(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null ? (value as Fields) : null;
}

function modelOf(value: unknown): Verdict['model'] {
  const fields = asObject(value);
  const name = textOf(fields?.name);
  // MLflow's clients know the version as text or as a number.
  const version = textOf(fields?.version) ?? numberOf(fields?.version);
  return name === null || version === null ? null : { name, version: String(version) };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
