// Pipelines of steps that do nothing, as Azure ML v2 YAML (JSON is YAML too).
import type { JobSubmission } from '@ridgeline/client';

interface Step {
  readonly command: string;
  readonly needs: readonly string[];
}

function nameOf(i: number): string {
  return `s${i.toString(36)}`;
}

/** Each step after the one before it. */
export function chain(length: number): string {
  const names = Array.from({ length }, (_, i) => nameOf(i));
  return pipeline(
    names.map((name, i) => [name, { command: 'true', needs: i === 0 ? [] : [nameOf(i - 1)] }]),
  );
}

/** One step, and `width` steps side by side after it. */
export function wide(width: number): string {
  return pipeline(sideBySide(width));
}

/** The same, and one step that needs them all. */
export function fanOut(width: number): string {
  const steps = sideBySide(width);
  const needs = steps.slice(1).map(([name]) => name);
  return pipeline([...steps, ['last', { command: 'true', needs }]]);
}

function sideBySide(width: number): ReadonlyArray<readonly [string, Step]> {
  const names = Array.from({ length: width }, (_, i) => nameOf(i));
  return [
    ['first', { command: 'true', needs: [] }],
    ...names.map((name) => [name, { command: 'true', needs: ['first'] }] as const),
  ];
}

/** A pipeline of one step. */
export function single(command = 'true'): string {
  return pipeline([['only', { command, needs: [] }]]);
}

export function submissionOf(definition: string, displayName: string): JobSubmission {
  const fileName = 'bench.yml';
  // Every step is to run: what is reused costs nothing.
  return { definition, fileName, code: {}, uploads: {}, displayName, forceRerun: true };
}

// A step that needs another takes its output, as there is no other way to say so. Written tersely:
// a file may have 1 MiB.
function pipeline(steps: ReadonlyArray<readonly [string, Step]>): string {
  const needed = new Set(steps.flatMap(([, { needs }]) => needs));
  const lines = steps.map(([name, { command, needs }]) => {
    const inputs = needs.map((other, i) => `i${i}: '\${{parent.jobs.${other}.outputs.o}}'`);
    const output = needed.has(name) ? ', outputs: {o: {}}' : '';
    const taken = inputs.length > 0 ? `, inputs: {${inputs.join(', ')}}` : '';
    return ` ${name}: {command: ${JSON.stringify(command)}${taken}${output}}`;
  });
  return `type: pipeline\njobs:\n${lines.join('\n')}\n`;
}
