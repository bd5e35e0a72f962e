import { expect, test } from 'vitest';
import { databaseAddress } from './database-address.ts';

test.each([
  undefined,
  'postgres://db.example/ml',
  'postgresql://ridgeline@db.example:5433/ml?schema=a',
])('%s is taken as it is', (address) => {
  expect(databaseAddress(address)).toBe(address);
});

test.each([
  'postgres://ridgeline:hunter2@db.example/ml',
  'postgres://db.example/ml?user=a&password=hunter2',
])('a password is refused and not repeated: %s', (address) => {
  expect(() => databaseAddress(address)).toThrow('PGPASSWORD');
  expect(() => databaseAddress(address)).not.toThrow('hunter2');
});

test.each(['./workspace.db', 'mysql://a:hunter2@b/c', 'postgres:hunter2'])(
  '%s is no address',
  (address) => {
    expect(() => databaseAddress(address)).toThrow(
      expect.objectContaining({ code: 'DATABASE_ADDRESS_INVALID', exitCode: 2 }),
    );
    expect(() => databaseAddress(address)).not.toThrow('hunter2');
  },
);
