import { expect, it } from 'vitest';
import { describeEvent } from './describe-event.ts';

type Told = Parameters<typeof describeEvent>[0];
const version = { kind: 'modelVersion', action: 'updated', name: 'm', version: '2' } as const;

const loggedModel = { kind: 'loggedModel', modelId: 'm-1', experimentId: '0', runId: 'r' } as const;

it.each<[Told, string]>([
  [{ kind: 'experiment', action: 'created', experimentId: '7' }, 'experiment   7 created'],
  [{ kind: 'run', action: 'updated', runId: 'r', status: 'FINISHED' }, 'run          r FINISHED'],
  [{ kind: 'run', action: 'deleted', runId: 'r' }, 'run          r deleted'],
  [
    {
      ...{ kind: 'metrics', runId: 'r', count: 9 },
      metrics: [{ key: 'a', value: 'NaN', timestamp: 1, step: 1 }],
    },
    'metrics      r a=NaN',
  ],
  [
    {
      ...{ kind: 'metrics', runId: 'r', modelId: 'm-1', count: 1 },
      metrics: [{ key: 'a', value: 2, timestamp: 1, step: 1 }],
    },
    'metrics      m-1 a=2',
  ],
  [{ kind: 'tags', runId: 'r', keys: ['a', 'b\u001b[2J'] }, 'tags         r a b[2J'],
  [{ kind: 'job', action: 'created', jobId: 'j', status: 'Queued' }, 'job          j Queued'],
  [{ kind: 'step', jobId: 'j', step: 's' }, 'step         j s updated'],
  [{ kind: 'log', jobId: 'j', step: 's', attempt: 1, sizeBytes: 8 }, 'log          j s 8 bytes'],
  [{ kind: 'log', buildId: '4', log: 2, sizeBytes: 8 }, 'log          4 8 bytes'],
  [{ kind: 'model', action: 'renamed', name: 'a', newName: 'b' }, 'model        a renamed to b'],
  [{ ...version, stage: 'Production' }, 'modelVersion m:2 in stage Production'],
  [{ ...version, alias: 'champion' }, 'modelVersion m:2 is champion'],
  [{ ...loggedModel, action: 'created', name: 'n', status: 'PENDING' }, 'loggedModel  m-1 PENDING'],
  [{ ...loggedModel, action: 'removed' }, 'loggedModel  m-1 removed'],
  [{ kind: 'run', action: 'removed', runId: 'r' }, 'run          r removed'],
  [{ kind: 'data', action: 'created', name: 'd', version: '1' }, 'data         d:1 created'],
  [{ kind: 'endpoint', action: 'updated', name: 'e' }, 'endpoint     e updated'],
  [{ kind: 'build', buildId: '4' }, 'build        4'],
  [{ kind: 'reset', reason: 'late' }, 'reset        some changes were missed: late'],
])('%o is told as one line', (event, line) => {
  expect(describeEvent(event)).toBe(line);
});
