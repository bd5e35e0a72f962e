import { expect, test } from 'vitest';
import { useTemporaryDatabase } from '../database/temporary-database.fixture.ts';
import { KnownPrincipals } from './known-principals.ts';
import { admin, type Principal } from './principal.ts';

const temporary = useTemporaryDatabase();

/** A look-up whose answer the test changes, and that counts how often it is asked. */
function lookUp() {
  const found: { principal: Principal | null; asked: number } = { principal: admin, asked: 0 };
  const find = async () => {
    found.asked += 1;
    return found.principal;
  };
  return { found, find };
}

test('who was found is not looked for again', async () => {
  const { found, find } = lookUp();
  const known = new KnownPrincipals({ revision: 0 }, () => 0);
  expect([await known.get('a', find), await known.get('a', find)]).toEqual([admin, admin]);
  expect(found.asked).toBe(1);
});

test('what this process has written since counts at once', async () => {
  const { found, find } = lookUp();
  const known = new KnownPrincipals(temporary.database, () => 0);
  expect(await known.get('a', find)).toEqual(admin);
  found.principal = null;
  await temporary.database.write(async () => {});
  expect(await known.get('a', find)).toBeNull();
});

test('what is written while somebody is looked for counts at once', async () => {
  const { found, find } = lookUp();
  const known = new KnownPrincipals(temporary.database, () => 0);
  await known.get('a', async () => {
    await temporary.database.write(async () => {});
    return admin;
  });
  found.principal = null;
  expect(await known.get('a', find)).toBeNull();
});

test('what another server has written counts a second later', async () => {
  const { found, find } = lookUp();
  let now = 5_000;
  const known = new KnownPrincipals({ revision: 0 }, () => now);
  await known.get('a', find);
  found.principal = null;
  now += 999;
  expect(await known.get('a', find)).toEqual(admin);
  now += 1;
  expect(await known.get('a', find)).toBeNull();
});

test('who is not found is looked for again', async () => {
  const { found, find } = lookUp();
  found.principal = null;
  const known = new KnownPrincipals({ revision: 0 }, () => 0);
  expect(await known.get('a', find)).toBeNull();
  found.principal = admin;
  expect(await known.get('a', find)).toEqual(admin);
});
