// Who has which permission on what, by name, as owners look at it.
import type { Transaction } from 'kysely';
import type { WorkspaceTables } from '../database/tables.ts';
import { experimentNumber } from '../experiments/experiment.ts';
import type { Permission } from './permission.ts';
import type { Grant, Thing } from './thing.ts';

type Reader = Transaction<WorkspaceTables>;

/** Of each kind. */
const maxListed = 10_000;

export async function grantsOfThing(reader: Reader, thing: Thing): Promise<readonly Grant[]> {
  if (thing.kind === 'model') {
    const rows = await ofModels(reader).where('granted.name', '=', thing.name).execute();
    return rows.map(toModelGrant);
  }
  const id = experimentNumber(thing.id) ?? -1;
  const rows = await ofExperiments(reader).where('granted.experiment_id', '=', id).execute();
  return rows.map(toExperimentGrant);
}

/** Experiments first. */
export async function grantsOfUser(reader: Reader, userId: string): Promise<readonly Grant[]> {
  const experiments = await ofExperiments(reader).where('users.id', '=', userId).execute();
  const models = await ofModels(reader).where('users.id', '=', userId).execute();
  return [...experiments.map(toExperimentGrant), ...models.map(toModelGrant)];
}

function ofExperiments(reader: Reader) {
  return reader
    .selectFrom('experiment_permissions as granted')
    .innerJoin('users', 'users.id', 'granted.user_id')
    .innerJoin('experiments', 'experiments.experiment_id', 'granted.experiment_id')
    .select(['users.id as user_id', 'users.name as user_name', 'granted.permission'])
    .select(['granted.experiment_id', 'experiments.name'])
    .orderBy('experiments.name')
    .orderBy('users.name_key')
    .limit(maxListed);
}

function ofModels(reader: Reader) {
  return reader
    .selectFrom('registered_model_permissions as granted')
    .innerJoin('users', 'users.id', 'granted.user_id')
    .select(['users.id as user_id', 'users.name as user_name', 'granted.permission'])
    .select('granted.name')
    .orderBy('granted.name')
    .orderBy('users.name_key')
    .limit(maxListed);
}

interface Granted {
  readonly user_id: string;
  readonly user_name: string;
  readonly permission: Permission;
  readonly name: string;
}

function toExperimentGrant(row: Granted & { readonly experiment_id: number }): Grant {
  const thing = { kind: 'experiment', id: String(row.experiment_id), name: row.name } as const;
  return { ...personOf(row), thing, permission: row.permission };
}

function toModelGrant(row: Granted): Grant {
  return {
    ...personOf(row),
    thing: { kind: 'model', name: row.name },
    permission: row.permission,
  };
}

function personOf({ user_id: id, user_name: name }: Granted) {
  return { user: { id, name } };
}
