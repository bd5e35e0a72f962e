// What logged models can be searched and ordered by.
import type { SearchAttribute, SearchSpace } from '../search/search-space.ts';

const text = { type: 'text', lists: true } as const;
const attributes: readonly (readonly [string, SearchAttribute])[] = [
  ['name', { column: 'name', ...text }],
  ['model_id', { column: 'model_id', ...text }],
  ['model_type', { column: 'model_type', ...text }],
  ['status', { column: 'status', ...text }],
  ['source_run_id', { column: 'source_run_id', ...text }],
  ['experiment_id', { column: 'experiment_id', type: 'id' }],
  ['artifact_location', { column: 'artifact_location', ...text }],
  ['creation_time', { column: 'creation_timestamp_ms', type: 'number' }],
  ['creation_timestamp', { column: 'creation_timestamp_ms', type: 'number' }],
  ['creation_timestamp_ms', { column: 'creation_timestamp_ms', type: 'number' }],
  ['last_updated_timestamp', { column: 'last_updated_timestamp_ms', type: 'number' }],
  ['last_updated_timestamp_ms', { column: 'last_updated_timestamp_ms', type: 'number' }],
];

export const loggedModelSpace: SearchSpace = {
  noun: 'logged models',
  entities: ['metric', 'param', 'tag'],
  lists: ['param', 'tag'],
  attributes: new Map(attributes),
};
