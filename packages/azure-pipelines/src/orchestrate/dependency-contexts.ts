// `dependencies` and `stageDependencies`: what expressions see of the stages and jobs before theirs.
// Only direct dependencies are in them; of others one reads the empty text.

import { type ObjectEntry, type ObjectValue, objectOf, type Value } from '../expression/value.ts';
import { jobOutputs, stageOutputs } from './output-keys.ts';
import { type Result, resultName } from './result.ts';
import type { Place, Run, StageNode } from './run-graph.ts';
import { type SecretReads, unknownEntry } from './secret-reads.ts';
import { UnknownValue } from './unknown-value.ts';

/** For a stage's condition: `dependencies.S.outputs['A.s.v']`. */
export function stagesBefore(run: Run, node: StageNode, reads: SecretReads): Value {
  return objectOf(
    node.before.map((before): [string, Value] => {
      const outputs = before.jobs.flatMap(({ job, state }) => stageOutputs(job, state));
      const path = `dependencies.${before.stage.id}`;
      return [before.stage.id, part(run, path, before.state, reads.objectOf(outputs))];
    }),
  );
}

/** For a job: `dependencies.A.outputs['s.v']`. */
export function jobsBefore({ run, jobNode }: Required<Place>, reads: SecretReads): Value {
  return objectOf(
    jobNode.before.map(({ job, state }): [string, Value] => {
      const outputs = reads.objectOf(jobOutputs(job, state));
      return [job.id, part(run, `dependencies.${job.id}`, state, outputs)];
    }),
  );
}

/** For a job: `stageDependencies.S.A.outputs['s.v']`. */
export function jobsOfStagesBefore(run: Run, node: StageNode, reads: SecretReads): Value {
  return objectOf(
    node.before.map((before): [string, Value] => {
      const jobs = before.jobs.map(({ job, state }): [string, Value] => {
        const path = `stageDependencies.${before.stage.id}.${job.id}`;
        return [job.id, part(run, path, state, reads.objectOf(jobOutputs(job, state)))];
      });
      return [before.stage.id, objectOf(jobs)];
    }),
  );
}

function part(
  { isPlan = false }: Run,
  path: string,
  { result }: { readonly result: Result | null },
  outputs: ObjectValue,
): Value {
  if (isPlan) return plannedPart(path, result, outputs);
  return objectOf([
    ['result', result === null ? null : resultName(result)],
    ['outputs', outputs],
  ]);
}

/** Whatever has not been left out may set any output. */
function plannedPart(path: string, result: Result | null, outputs: ObjectValue): Value {
  const whenMissing = (name: string): never => {
    throw new UnknownValue(`${path}.outputs['${name}']`);
  };
  const known = result === 'skipped' ? outputs : { ...outputs, whenMissing };
  const entries = new Map<string, ObjectEntry>([['outputs', { name: 'outputs', value: known }]]);
  const own = result === null ? unknownEntry('result', `${path}.result`) : undefined;
  entries.set('result', own ?? { name: 'result', value: result && resultName(result) });
  return { kind: 'object', entries };
}
