// How long it takes to read and plan a pipeline, against the number of its steps.
import { parseJob, toPipeline, topologicalOrder } from '@ridgeline/azureml-yaml';
import { chain, wide } from './pipelines.ts';
import { row, spreadOf } from './statistics.ts';

const sizes = [100, 1_000, 10_000];
const repeats = 5;

export function measurePlanning(): void {
  console.log('| shape | steps | parse and plan, ms of CPU | µs a step |');
  console.log('| --- | --- | --- | --- |');
  for (const [shape, make] of [
    ['chain', chain],
    ['fan-out', (steps: number) => wide(steps - 1)],
  ] as const) {
    for (const steps of sizes) {
      const text = make(steps);
      const { p50 } = spreadOf(Array.from({ length: repeats }, () => plan(text, steps)));
      console.log(row(shape, String(steps), p50, (p50 * 1_000) / steps));
    }
  }
}

function plan(text: string, steps: number): number {
  // Of the processor, and not of the clock: nothing else of the machine counts.
  const start = process.cpuUsage();
  const { job, diagnostics } = parseJob(text, { fileName: 'bench.yml' });
  if (job === null) throw new Error(JSON.stringify(diagnostics.slice(0, 3)));
  const pipeline = toPipeline(job);
  const order = topologicalOrder(pipeline);
  const { user, system } = process.cpuUsage(start);
  if (order.length !== steps) throw new Error(`${order.length} steps were planned`);
  return (user + system) / 1_000;
}
