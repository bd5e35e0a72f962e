// Calls the two releases of a canary by their weights, and is content only where every call is
// answered: node deployment/canary.ts --stage NAME --weights FILE --green NAME --blue NAME --calls N

import { readFile } from 'node:fs/promises';
import { clientFromEnvironment, hasCode, type RidgelineClient } from '@ridgeline/client';
import { readFlags } from '../shared/flags.ts';
import { ProjectError } from '../shared/project-error.ts';
import { runStep } from '../shared/run-step.ts';

/** In percent; together 100. */
export interface Weights {
  readonly green: number;
  readonly blue: number;
}

export interface Canary {
  /** The names of the endpoints. */
  readonly green: string;
  readonly blue: string;
  readonly weights: Weights;
  /** 1 or more. */
  readonly calls: number;
}

type Endpoints = Pick<RidgelineClient['endpoints'], 'get' | 'invoke'>;

const body = { data: [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]] };

/** @throws ProjectError CANARY_FAILED with the first failure */
export async function callByWeights(endpoints: Endpoints, canary: Canary): Promise<void> {
  const weights = await weightsThatHold(endpoints, canary);
  if (weights === null) return;
  const failures: string[] = [];
  const names = callsByWeight(weights, canary.calls).map((colour) => canary[colour]);
  for (const name of names) {
    await endpoints
      .invoke(name, body)
      .catch((error: unknown) => failures.push(`${name}: ${error}`));
  }
  for (const name of [canary.green, canary.blue]) {
    const calls = names.filter((each) => each === name).length;
    const failed = failures.filter((failure) => failure.startsWith(`${name}: `)).length;
    console.log(`${name}: ${calls} calls, ${failed} failed`);
  }
  if (failures.length > 0) throw new ProjectError('CANARY_FAILED', failures[0] ?? '');
}

/** Before the first release there is no green: blue takes its share, and a way back there is none. */
async function weightsThatHold(endpoints: Endpoints, canary: Canary): Promise<Weights | null> {
  const { weights, green } = canary;
  if (weights.green === 0 || (await isThere(endpoints, green))) return weights;
  if (weights.blue > 0) {
    console.log(`${green} is not there yet: this is the first release, and all calls go to blue.`);
    return { green: 0, blue: 100 };
  }
  console.log(`${green} is not there yet: there is no release to go back to.`);
  return null;
}

async function isThere(endpoints: Endpoints, name: string): Promise<boolean> {
  try {
    await endpoints.get(name);
    return true;
  } catch (error) {
    if (hasCode(error, 'ENDPOINT_NOT_FOUND')) return false;
    throw error;
  }
}

/** Which release gets each call: in turn, as evenly as the weights allow. */
export function callsByWeight({ blue }: Weights, calls: number): readonly ('green' | 'blue')[] {
  const toBlue = (count: number) => Math.floor((count * blue) / 100);
  return Array.from({ length: calls }, (_, index) =>
    toBlue(index + 1) > toBlue(index) ? 'blue' : 'green',
  );
}

/** @throws ProjectError CANARY_FAILED */
export function weightsOf(table: Readonly<Record<string, Weights>>, stage: string): Weights {
  const weights = table[stage];
  if (weights !== undefined && weights.green + weights.blue === 100) return weights;
  const known = Object.keys(table).join(', ');
  const message = `the table has no weights for '${stage}' that add up to 100; it has ${known}`;
  throw new ProjectError('CANARY_FAILED', message);
}

if (import.meta.main) {
  await runStep(async () => {
    const flags = readFlags(['stage', 'weights', 'green', 'blue', 'calls']);
    const weights = weightsOf(JSON.parse(await readFile(flags.weights, 'utf8')), flags.stage);
    const { endpoints } = clientFromEnvironment();
    await callByWeights(endpoints, { ...flags, weights, calls: Number(flags.calls) });
  });
}
