import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { useTemporaryDatabase } from './temporary-database.fixture.ts';

const temporary = useTemporaryDatabase();
// Far longer than all else of the test.
const long = sql`with recursive n(i) as (select 1 union all select i + 1 from n where i < 3000000)
  select count(*) as count from n`;

test('a read aside sees what has been written, all of it as of one commit', async () => {
  const { database } = temporary;
  const names = await database.readAside(async (reader) => {
    const before = await reader.selectFrom('experiments').select('name').execute();
    await database.write((writer) =>
      writer.updateTable('experiments').set({ name: 'x' }).execute(),
    );
    return [...before, ...(await reader.selectFrom('experiments').select('name').execute())];
  });
  expect(names).toEqual([{ name: 'Default' }, { name: 'Default' }]);
  const after = await database.readAside((reader) =>
    reader.selectFrom('experiments').select('name').execute(),
  );
  expect(after).toEqual([{ name: 'x' }]);
});

test('other reads are answered while one aside takes long', async () => {
  const { database } = temporary;
  const order: string[] = [];
  const slow = database.readAside((reader) => long.execute(reader)).then(() => order.push('slow'));
  await database.kysely.selectFrom('experiments').selectAll().execute();
  order.push('quick');
  await slow;
  expect(order).toEqual(['quick', 'slow']);
});

test('what is wrong with a read aside is told, and the next one is answered', async () => {
  const { database } = temporary;
  const wrong = database.readAside((reader) => sql`select no_such_column`.execute(reader));
  await expect(wrong).rejects.toThrow(/no_such_column/);
  const write = database.readAside((reader) => sql`delete from experiments`.execute(reader));
  await expect(write).rejects.toThrow(/read.?only/i);
  const right = await database.readAside((reader) => sql`select 1 as one`.execute(reader));
  expect(right.rows).toEqual([{ one: 1 }]);
});

test('the database closes once the reads aside have ended', async () => {
  const { database } = temporary;
  const slow = database.readAside((reader) => long.execute(reader));
  const closed = database.close();
  expect((await slow).rows).toHaveLength(1);
  await closed;
});
