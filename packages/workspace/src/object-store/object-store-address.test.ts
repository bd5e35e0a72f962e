import { describe, expect, test } from 'vitest';
import { parseObjectStoreAddress } from './object-store-address.ts';

const azure = { kind: 'azure', account: 'acc', endpoint: 'https://acc.blob.core.windows.net' };
const emulator = {
  kind: 'azure',
  account: 'devstoreaccount1',
  endpoint: 'http://127.0.0.1:10000/devstoreaccount1',
};

test.each([
  ['s3://models', { kind: 's3', bucket: 'models', prefix: '' }],
  ['s3://my.models-1/team/a/', { kind: 's3', bucket: 'my.models-1', prefix: 'team/a' }],
  ['https://acc.blob.core.windows.net/models', { ...azure, container: 'models', prefix: '' }],
  [
    'https://acc.blob.core.windows.net/models/a/b',
    { ...azure, container: 'models', prefix: 'a/b' },
  ],
  ['wasbs://models@acc.blob.core.windows.net/a', { ...azure, container: 'models', prefix: 'a' }],
  ['abfss://models@acc.dfs.core.windows.net/a', { ...azure, container: 'models', prefix: 'a' }],
  ['http://127.0.0.1:10000/devstoreaccount1/models/a', { ...emulator, container: 'models' }],
])('%s is understood', (address, expected) => {
  expect(parseObjectStoreAddress(address)).toMatchObject(expected);
});

test('every way to write an address comes to the same one', () => {
  const text = 'https://acc.blob.core.windows.net/models/a';
  for (const address of [text, `${text}/`, 'abfss://models@acc.dfs.core.windows.net/a/']) {
    expect(parseObjectStoreAddress(address).text).toBe(text);
  }
});

describe('what is no address is refused, with how to write one', () => {
  test.each([
    '',
    'models',
    '/srv/models',
    'file:///srv/models',
    'gs://models',
    's3://',
    's3://UPPER_CASE',
    's3://a',
    's3://models/a//b',
    's3://models/a/../b/%2e%2e',
    's3://models/a b',
    'http://acc.blob.core.windows.net/models',
    'https://acc.blob.core.windows.net',
    'https://acc.blob.core.windows.net/M',
    'https://example.com/models',
    'wasbs://acc.blob.core.windows.net/models',
    'http://127.0.0.1:10000/devstoreaccount1',
  ])('%s', (address) => {
    expect(() => parseObjectStoreAddress(address)).toThrow(
      expect.objectContaining({
        code: 'ARTIFACT_STORE_ADDRESS_INVALID',
        message: expect.stringContaining('write s3://BUCKET/PREFIX'),
      }),
    );
  });

  test.each([
    'https://acc.blob.core.windows.net/models?sv=1&sig=geheim',
    's3://key:geheim@models/a',
    'https://user:geheim@acc.blob.core.windows.net/models',
    'wasbs://models:geheim@acc.blob.core.windows.net/a',
    's3://models/a#geheim',
    's3://models/ge heim',
    'geheim',
  ])('%s, and what may be a secret in it is not repeated', (address) => {
    expect(() => parseObjectStoreAddress(address)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('heim') }),
    );
  });
});
