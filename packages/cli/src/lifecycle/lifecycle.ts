// Which way a project takes through its life: by its delivery pipelines, or, where it has none or the
// machine lacks what they need, by the same stages without them.
import { printNote } from '../output/print.ts';
import { deliveredLife } from './delivery/delivered-life.ts';
import { missingPrograms } from './delivery/missing-programs.ts';
import { directLife } from './direct-life.ts';
import type { Life, Surroundings } from './life.ts';

/** Makes what the life needs of the workspace, where it is missing. */
export async function openLife(around: Surroundings): Promise<Life> {
  const { delivery } = around.project;
  if (delivery === null) return directLife(around);
  const missing = missingPrograms();
  if (missing.length === 0) return deliveredLife(around, delivery);
  const names = missing.join(' and ');
  const install = `apt-get install ${missing.join(' ')}, brew install ${missing.join(' ')}`;
  printNote(
    `Without delivery pipelines, which need ${names}: install ${missing.length > 1 ? 'them' : 'it'} (${install}) and start again with --once.`,
  );
  return directLife(around);
}
