// What runs can be searched and ordered by.
import type { SearchSpace } from '../search/search-space.ts';

export const runSpace: SearchSpace = {
  noun: 'runs',
  entities: ['metric', 'param', 'tag', 'dataset'],
  lists: ['dataset'],
  nulls: ['param', 'tag'],
  attributes: new Map([
    ['run_id', { column: 'run_uuid', type: 'text', lists: true }],
    ['run_name', { column: 'name', type: 'text' }],
    ['status', { column: 'status', type: 'text' }],
    ['user_id', { column: 'user_id', type: 'text' }],
    ['artifact_uri', { column: 'artifact_uri', type: 'text' }],
    ['start_time', { column: 'start_time', type: 'number' }],
    ['end_time', { column: 'end_time', type: 'number' }],
    // The words of the column heads in MLflow's pages.
    ['created', { column: 'start_time', type: 'number' }],
    ['Created', { column: 'start_time', type: 'number' }],
    ['run name', { column: 'name', type: 'text' }],
    ['Run name', { column: 'name', type: 'text' }],
    ['Run Name', { column: 'name', type: 'text' }],
  ]),
};

export const runOrderSpace: SearchSpace = { ...runSpace, entities: ['metric', 'param', 'tag'] };
