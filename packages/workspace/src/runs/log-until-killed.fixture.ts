// For the test of durability: logs to one run without end, and prints each step once its promise has
// resolved. The test kills this process at some moment of its own choice.
import { writeSync } from 'node:fs';
import { openWorkspaceDatabase } from '../database/open-workspace-database.ts';
import { Runs } from './runs.ts';

const [place = '', runId = '', firstStep = '0'] = process.argv.slice(2);
const runs = new Runs({ database: await openWorkspaceDatabase(place) });

async function logStep(step: number): Promise<void> {
  await runs.logBatch(runId, {
    metrics: [{ key: 'loss', value: step / 7, step, timestamp: step }],
    params: { [`param-${step}`]: `value-${step}` },
    tags: { [`tag-${step}`]: `value-${step}` },
  });
  // Unlike console.log this returns only when the line is in the pipe, where the kill cannot reach it.
  writeSync(1, `${step}\n`);
}

for (let step = Number(firstStep); ; step += 4) {
  await Promise.all([0, 1, 2, 3].map((offset) => logStep(step + offset)));
}
