// The explanation of a variable as people read it: what sets it, and what each job has of it.
import {
  formatPlace,
  type VariableExplanation,
  type VariableSetting,
} from '@ridgeline/azure-pipelines';
import { style } from '../output/style.ts';
import { formatTable } from '../output/table.ts';
import { jobName } from './node-names.ts';

const scopeWords: Readonly<Record<VariableSetting['scope'], string>> = {
  predefined: 'predefined',
  queue: '--variable',
  secrets: '--secrets',
  pipeline: 'pipeline',
  stage: 'stage',
  job: 'job',
  matrix: 'matrix',
  step: 'step',
};

const phaseWords: Readonly<Record<VariableSetting['phase'], string>> = {
  compile: 'in the file',
  prepare: 'job made ready',
  run: 'job runs',
};

export function describeExplanation(explained: VariableExplanation): string {
  if (explained.settings.length === 0) return nothing(explained);
  const settings = explained.settings.map(({ scope, where, phase, value, origin }) => [
    scopeWords[scope],
    where === '' ? '-' : placeName(where),
    phaseWords[phase],
    origin === undefined ? '-' : formatPlace(origin),
    value === null ? '(not known yet)' : oneLine(value),
  ]);
  const notes = explained.settings.flatMap(({ note, where }) =>
    note === undefined ? [] : [`${where}: ${note}`],
  );
  const parts = [
    style.bold(explained.name),
    formatTable(['SET BY', 'WHERE', 'WHEN', 'PLACE', 'VALUE'], settings),
    formatTable(['JOB', 'STARTS WITH'], valuesOf(explained)),
    ...(notes.length === 0 ? [] : [[...new Set(notes)].map((note) => `  ${note}`).join('\n')]),
    'A setting further down hides those above it; what a step sets holds from its next step on.',
  ];
  return parts.join('\n\n');
}

function valuesOf({ values, notRun }: VariableExplanation): readonly (readonly string[])[] {
  const known = values.map(({ job, value, isOpen }) => [
    jobName(job),
    `${value === null ? '(not set)' : oneLine(value)}${isOpen ? '  (before the jobs it depends on have run)' : ''}`,
  ]);
  return [...known, ...notRun.map((job) => [jobName(job), '(would not run)'])];
}

/** Stages, jobs, groups and steps: only what begins with a stage that has no name is shortened. */
function placeName(where: string): string {
  return where.replace(/^__default\./, '').replace(/^__default/, 'Job');
}

function oneLine(text: string): string {
  const line = text.replaceAll(/\s*\r?\n\s*/g, ' ⏎ ');
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}

function nothing({ name, near }: VariableExplanation): string {
  const meant = near.map((other) => ` Did you mean ${other}?`).join('');
  return `Nothing in this pipeline sets ${name}: $(${name}) stays as it is written.${meant}`;
}
