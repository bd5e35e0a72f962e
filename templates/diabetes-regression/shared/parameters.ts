// Reads parameters.json, which says how to train, what decides, and what a registered model is
// tagged with. One function a section, so that a mistake names its section.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { RidgeParameters } from '@ridgeline/learn';
import { ProjectError } from './project-error.ts';

export type Direction = 'minimize' | 'maximize';

export interface EvaluationParameters {
  /** The metric that decides; one that training logs. */
  readonly metric: string;
  /** Whether a smaller or a greater value is better. */
  readonly direction: Direction;
}

export interface RegistrationParameters {
  /** Metrics that become tags of the registered model. */
  readonly tags: readonly string[];
}

type Section = Readonly<Record<string, unknown>>;

const ownFile = fileURLToPath(new URL('../parameters.json', import.meta.url));

/** The estimator's own parameters. They are not checked here: the estimator does that itself. */
export function trainingParameters(file: string = ownFile): Partial<RidgeParameters> {
  return readSection('training', file) as Partial<RidgeParameters>;
}

export function evaluationParameters(file: string = ownFile): EvaluationParameters {
  const { metric, direction } = readSection('evaluation', file);
  if (typeof metric !== 'string' || metric === '') {
    throw unusable('evaluation', file, 'its metric must be the name of a metric, such as "mse"');
  }
  if (direction !== 'minimize' && direction !== 'maximize') {
    throw unusable('evaluation', file, 'its direction must be "minimize" or "maximize"');
  }
  return { metric, direction };
}

export function registrationParameters(file: string = ownFile): RegistrationParameters {
  const { tags } = readSection('registration', file);
  if (!Array.isArray(tags) || !tags.every((tag) => typeof tag === 'string')) {
    throw unusable('registration', file, 'its tags must be a list of metrics, such as ["mse"]');
  }
  return { tags };
}

function readSection(name: string, file: string): Section {
  const section: unknown = Object(readJson(name, file))[name];
  if (typeof section === 'object' && section !== null && !Array.isArray(section)) {
    return section as Section;
  }
  throw unusable(name, file, `it has no section "${name}"`);
}

function readJson(name: string, file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw unusable(name, file, error instanceof Error ? error.message : String(error), error);
  }
}

function unusable(section: string, file: string, reason: string, cause?: unknown): ProjectError {
  const message = `Could not load ${section} values from file ${file}: ${reason}`;
  return new ProjectError('PARAMETERS_INVALID', message, { cause });
}
