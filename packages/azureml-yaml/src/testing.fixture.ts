// What tests of this package share: texts as jobs, and components from texts or the corpus.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import {
  type ComponentSource,
  type Diagnostic,
  folderOf,
  formatDiagnostic,
  type Job,
  type PipelineJob,
  parseJob,
  type Step,
} from './index.ts';

const valid = path.join(import.meta.dirname, '..', 'testdata', 'valid');

export function fixture(file: string): string {
  return readFileSync(path.join(valid, file), 'utf8');
}

/** By reference, such as `./train.yml`. */
export function componentsOf(texts: Readonly<Record<string, string>>): ComponentSource {
  return {
    get(reference) {
      const text = Object.hasOwn(texts, reference) ? texts[reference] : undefined;
      if (text === undefined) return undefined;
      const registered = /^azureml:(?<name>\w+)[:@](?<version>\w+)$/.exec(reference)?.groups;
      const codeBase =
        registered === undefined
          ? folderOf(reference)
          : `azureml://components/${registered.name}/versions/${registered.version}`;
      return { text, fileName: reference, codeBase };
    },
  };
}

export const corpusComponents: ComponentSource = {
  get(reference) {
    if (reference.startsWith('azureml:') || !existsSync(path.join(valid, reference))) {
      return undefined;
    }
    return { text: fixture(reference), fileName: reference, codeBase: folderOf(reference) };
  },
};

export function messages(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(formatDiagnostic);
}

/** A job without a finding. */
export function goodJob(text: string, components: ComponentSource = componentsOf({})): Job {
  const { job, diagnostics } = parseJob(text, { fileName: 'job.yml', components });
  expect(messages(diagnostics)).toEqual([]);
  if (job === null) throw new Error('no job');
  return job;
}

export function goodPipeline(text: string, components?: ComponentSource): PipelineJob {
  const job = goodJob(text, components);
  if (job.type !== 'pipeline') throw new Error(`a ${job.type} job`);
  return job;
}

/** A step of the given type. */
export function stepOf<T extends Step['type']>(
  steps: ReadonlyMap<string, Step>,
  name: string,
  type: T,
): Extract<Step, { type: T }> {
  const step = steps.get(name);
  if (step?.type !== type) throw new Error(`'${name}' is ${step?.type ?? 'not there'}`);
  return step as Extract<Step, { type: T }>;
}
