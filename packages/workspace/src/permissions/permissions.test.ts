// Permissions as rows: that they come and go with what they are about.
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import type { Member } from '../identity/principal.ts';
import { openWorkspace, type Workspace } from '../workspace.ts';
import { type Permission, permissionAllows, permissions, type Right } from './permission.ts';
import type { Thing } from './thing.ts';

let workspace: Workspace;
let now = 1_000_000;
beforeEach(async () => {
  workspace = await openWorkspace({ folder: await temporaryFolder(), clock: () => now });
});
afterEach(() => workspace.close());

const newUser = async (name: string) =>
  (await workspace.identity.users.create({ name, role: 'Contributor' })).id;

async function newExperiment(name: string): Promise<Thing> {
  const { experiment_id: id } = await workspace.experiments.create({ name });
  return { kind: 'experiment', id };
}

async function newModel(name: string): Promise<Thing> {
  await workspace.models.createRegisteredModel({ name });
  return { kind: 'model', name };
}

const grantsOf = async (userId: string) =>
  (await workspace.permissions.ofUser(userId)).map(
    ({ thing, permission }) => `${thing.kind} ${thing.name}: ${permission}`,
  );

describe('a permission', () => {
  it('is told of its person and of its thing', async () => {
    const alice = await newUser('alice');
    const thing = await newExperiment('e');
    const model = await newModel('m');
    await workspace.permissions.create(thing, alice, 'READ');
    await workspace.permissions.set(model, alice, 'MANAGE');
    await workspace.permissions.set(thing, alice, 'EDIT');
    expect(await grantsOf(alice)).toEqual(['experiment e: EDIT', 'model m: MANAGE']);
    expect(await workspace.permissions.ofThing(thing)).toEqual([
      {
        user: { id: alice, name: 'alice' },
        thing: { ...thing, name: 'e' },
        permission: 'EDIT',
      },
    ]);
    await workspace.permissions.delete(thing, alice);
    expect(await workspace.permissions.find(thing, alice)).toBeNull();
  });

  it('goes along with a model that is renamed, and ends with it', async () => {
    const alice = await newUser('alice');
    await workspace.permissions.create(await newModel('m'), alice, 'NO_PERMISSIONS');
    await workspace.models.renameRegisteredModel('m', 'n');
    expect(await grantsOf(alice)).toEqual(['model n: NO_PERMISSIONS']);
    await workspace.models.deleteRegisteredModel('n');
    await newModel('n');
    expect(await grantsOf(alice)).toEqual([]);
  });

  it('stays with an experiment that is deleted, and ends when that is removed for good', async () => {
    const alice = await newUser('alice');
    const thing = await newExperiment('e');
    await workspace.permissions.create(thing, alice, 'READ');
    if (thing.kind === 'experiment') await workspace.experiments.delete(thing.id);
    expect(await grantsOf(alice)).toEqual(['experiment e: READ']);
    now += 1_000;
    await workspace.garbage.collect({ olderThanMs: 0 });
    expect(await grantsOf(alice)).toEqual([]);
  });

  it('ends with its person: who comes after them by the same name has none', async () => {
    const thing = await newExperiment('e');
    await workspace.permissions.create(thing, await newUser('alice'), 'MANAGE');
    await workspace.identity.users.delete('alice');
    expect(await workspace.permissions.ofThing(thing)).toEqual([]);
    expect(await grantsOf(await newUser('alice'))).toEqual([]);
  });

  it('is not made for who is gone', async () => {
    const thing = await newExperiment('e');
    await expect(workspace.permissions.create(thing, 'nobody', 'READ')).rejects.toThrow();
    const made = await workspace.experiments.create({ name: 'f', managerId: 'nobody' });
    expect(
      await workspace.permissions.ofThing({ kind: 'experiment', id: made.experiment_id }),
    ).toEqual([]);
  });
});

describe('the levels of a person', () => {
  const levels = async (token: string) =>
    ((await workspace.identity.authenticate(token)) as Member).levels ?? new Set();

  it('count from the moment in which they change', async () => {
    const alice = await newUser('alice');
    const { token } = await workspace.identity.tokens.create({
      ...{ name: 't', owner: { kind: 'user', id: alice }, atMost: ['Contributor'], madeBy: 'm' },
    });
    expect(await levels(token)).toEqual(new Set());
    const thing = await newExperiment('e');
    await workspace.permissions.set(thing, alice, 'NO_PERMISSIONS');
    await workspace.permissions.set(await newModel('m'), alice, 'USE');
    expect(await levels(token)).toEqual(new Set(['NO_PERMISSIONS', 'USE']));
    await workspace.permissions.delete(thing, alice);
    expect(await levels(token)).toEqual(new Set(['USE']));
  });
});

test.each([
  ['NO_PERMISSIONS', []],
  ['READ', ['read']],
  ['USE', ['read', 'use']],
  ['EDIT', ['read', 'use', 'update']],
  ['MANAGE', ['read', 'use', 'update', 'delete', 'manage']],
] as const satisfies readonly (readonly [Permission, readonly Right[]])[])(
  '%s lets one %j, as in MLflow',
  (permission, rights) => {
    const all: readonly Right[] = ['read', 'use', 'update', 'delete', 'manage'];
    expect(all.filter((right) => permissionAllows(permission, right))).toEqual(rights);
    expect(permissions).toContain(permission);
  },
);
