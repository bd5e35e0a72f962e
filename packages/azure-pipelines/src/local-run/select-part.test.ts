import { expect, test } from 'vitest';
import { compilePipeline } from '../compile.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { sourceOf } from '../template/template-source.ts';
import { selectPart } from './select-part.ts';

const file = `stages:
- stage: One
  jobs:
  - job: A
    strategy: { matrix: { x: { v: 1 }, y: { v: 2 } } }
    steps: [ script: echo ]
  - job: B
    dependsOn: A
    steps: [ script: echo ]
- stage: Two
  jobs:
  - job: A
    steps: [ script: echo ]
`;

async function pipeline(): Promise<Pipeline> {
  const compiled = await compilePipeline({ file: 'a.yml', source: sourceOf({ 'a.yml': file }) });
  if (compiled.pipeline === undefined) throw new Error('the file has mistakes');
  return compiled.pipeline;
}

const shape = ({ stages }: Pipeline) =>
  stages.map(({ id, jobs, dependsOn }) => [id, jobs.map((job) => job.id), dependsOn]);

test.each([
  [
    {},
    [
      ['One', ['A', 'B'], []],
      ['Two', ['A'], ['One']],
    ],
  ],
  [{ stages: ['two'] }, [['Two', ['A'], []]]],
  [
    { jobs: ['A'] },
    [
      ['One', ['A'], []],
      ['Two', ['A'], ['One']],
    ],
  ],
  [{ jobs: ['Two.A'] }, [['Two', ['A'], []]]],
  [{ jobs: ['B'] }, [['One', ['B'], []]]],
  [{ legs: ['Y'] }, [['One', ['A'], []]]],
  [{ stages: ['One'], jobs: ['A', 'B'], legs: ['x'] }, [['One', ['A', 'B'], []]]],
])('%j leaves %j', async (selection, expected) => {
  expect(shape(selectPart(await pipeline(), selection).pipeline)).toEqual(expected);
});

test('a leg leaves the others of its matrix out', async () => {
  const { pipeline: part } = selectPart(await pipeline(), { legs: ['y'] });
  const strategy = part.stages[0]?.jobs[0]?.strategy;
  expect(strategy?.kind === 'matrix' && strategy.legs.map(({ name }) => name)).toEqual(['y']);
});

test('what stays does not wait for what was left out, and that is told', async () => {
  const { pipeline: part, notes } = selectPart(await pipeline(), { jobs: ['B'] });
  expect(part.stages[0]?.jobs[0]?.dependsOn).toEqual([]);
  expect(notes).toEqual([
    "job 'B' does not wait for 'A', which this run leaves out: no results, no outputs",
  ]);
});

test.each([
  [{ stages: ['Tow'] }, "there is no stage 'Tow' (there is: One, Two). Did you mean"],
  [{ jobs: ['C'] }, "there is no job 'C' (there is: One.A, One.B, Two.A)"],
  [{ stages: ['Two'], jobs: ['B'] }, "there is no job 'B' (there is: Two.A)"],
  [{ legs: ['z'] }, "there is no matrix leg 'z' (there is: x, y)"],
  [{ stages: ['Two'], legs: ['x'] }, "there is no matrix leg 'x' (there are no matrix legs)"],
])('%j is refused', async (selection, message) => {
  const whole = await pipeline();
  expect(() => selectPart(whole, selection)).toThrow(message);
});
