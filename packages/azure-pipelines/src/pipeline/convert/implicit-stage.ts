// The stage and the job that a file without stages, or with nothing but steps, leaves out.

import { rootJobKeys } from '../../schema/job-schema.ts';
import { type Entry, entryOf, type MappingNode } from '../../text/node.ts';

const defaultId = '__default';

/** `jobs`: those of the root; nothing where it has neither jobs nor steps. */
export function implicitStages(
  root: MappingNode,
  jobs: readonly MappingNode[],
): readonly MappingNode[] {
  const hasJobs = entryOf(root, 'jobs') ?? entryOf(root, 'phases');
  if (hasJobs !== undefined) return [stageOf(root, hasJobs.key.origin, jobs)];
  const steps = entryOf(root, 'steps');
  return steps === undefined ? [] : [stageOf(root, steps.key.origin, [implicitJob(root, steps)])];
}

type Place = Entry['key']['origin'];

function stageOf(root: MappingNode, origin: Place, jobs: readonly MappingNode[]): MappingNode {
  const list: Entry = {
    key: { text: 'jobs', origin },
    value: { kind: 'sequence', items: jobs, origin },
  };
  return { kind: 'mapping', entries: [keyword('stage', origin), list], origin: root.origin };
}

function implicitJob(root: MappingNode, steps: Entry): MappingNode {
  const keys = [...Object.keys(rootJobKeys), 'queue'];
  const own = root.entries.filter(({ key }) => keys.includes(key.text));
  const entries = [keyword('job', steps.key.origin), ...own, steps];
  return { kind: 'mapping', entries, origin: steps.key.origin };
}

function keyword(text: string, origin: Place): Entry {
  return { key: { text, origin }, value: { kind: 'scalar', value: defaultId, origin } };
}
