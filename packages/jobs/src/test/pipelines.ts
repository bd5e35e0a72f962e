// Definitions of jobs for tests, as JSON, which is YAML too.
import type { JobSubmission } from '../submission/submission.ts';

export interface StepDefinition {
  readonly command: string;
  readonly [key: string]: unknown;
}

export function submissionOf(definition: object, more: Partial<JobSubmission> = {}): JobSubmission {
  const text = JSON.stringify(definition, null, 2);
  return { definition: text, fileName: 'job.yml', code: {}, uploads: {}, ...more };
}

export function pipelineOf(
  jobs: Readonly<Record<string, StepDefinition>>,
  more: Readonly<Record<string, unknown>> = {},
): JobSubmission {
  return submissionOf({ type: 'pipeline', jobs, ...more });
}

/** By step, the steps whose outputs it takes. */
export type Graph = Readonly<Record<string, readonly string[]>>;

/**
 * A pipeline of that shape. Each step reads the output of those before it and writes its own, with
 * `commandOf` in between.
 */
export function graphOf(
  graph: Graph,
  commandOf: (step: string) => string,
  more: {
    readonly settings?: object;
    readonly limits?: Readonly<Record<string, object>>;
  } = {},
): JobSubmission {
  const jobs = Object.entries(graph).map(([name, needs]) => {
    const reads = needs.map((needed) => `cat \${{inputs.${needed}}}/value >> value`);
    const command = [
      ...reads,
      commandOf(name),
      `echo ${name} >> value`,
      `mv value \${{outputs.out}}`,
    ];
    const inputs = needs.map((needed) => [needed, `\${{parent.jobs.${needed}.outputs.out}}`]);
    const step = {
      command: `set -e\n${command.join('\n')}`,
      inputs: Object.fromEntries(inputs),
      outputs: { out: { type: 'uri_folder' } },
      ...(more.limits?.[name] && { limits: more.limits[name] }),
    };
    return [name, step] as const;
  });
  return pipelineOf(Object.fromEntries(jobs), more.settings && { settings: more.settings });
}
