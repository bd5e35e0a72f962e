// The state of a run on the disk. It holds what jobs have handed on: where secrets are among that,
// all of it is sealed.
import { readFileSync } from 'node:fs';
import type { RunState } from '../orchestrate/run-state.ts';
import { openSealed, type SealedText, sealText } from './sealed-text.ts';
import { writeWhole } from './write-whole.ts';

/** @throws LocalRunError RUNS_FOLDER_UNUSABLE, KEY_UNUSABLE */
export function writeSnapshot(file: string, state: RunState, keyFile: string): void {
  const text = JSON.stringify(state);
  const kept = holdsSecret(state) ? JSON.stringify({ sealed: sealText(text, keyFile) }) : text;
  writeWhole(file, kept);
}

/** @throws LocalRunError KEY_UNUSABLE; any other error where it is not there or is damaged */
export function readSnapshot(file: string, keyFile: string): unknown {
  const kept = JSON.parse(readFileSync(file, 'utf8')) as { readonly sealed?: SealedText };
  return kept.sealed === undefined ? kept : JSON.parse(openSealed(kept.sealed, keyFile));
}

function holdsSecret({ stages }: RunState): boolean {
  const instances = stages.flatMap(({ jobs }) => jobs.flatMap((job) => job.instances));
  return instances.some(({ outputs }) => outputs.some(({ secret }) => secret));
}
