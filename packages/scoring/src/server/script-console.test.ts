import { expect, test } from 'vitest';
import { noRequestId, runInRequest } from '../handler/request-context.ts';
import { createLog } from './log.ts';
import { createScriptConsole } from './script-console.ts';

test('each printed line carries the id of the request that printed it', async () => {
  const written: string[] = [];
  const log = createLog((text) => void written.push(text));
  const console = createScriptConsole(log);
  console.log('starting');
  const requests = ['a', 'b'].map((id) =>
    runInRequest(id, async () => {
      console.log('one\ntwo %d', 2);
      await null;
      console.error('after');
    }),
  );
  await Promise.all(requests);
  log.flush();
  expect(written.join('')).toBe(
    `${noRequestId} | starting\na | one\na | two 2\nb | one\nb | two 2\na | after\nb | after\n`,
  );
});

test('lines of one turn are written at once, later ones on their own', async () => {
  const written: string[] = [];
  const log = createLog((text) => void written.push(text));
  log.info('a', 'one');
  log.info('b', 'two');
  expect(written).toEqual([]);
  await new Promise((resolve) => setImmediate(resolve));
  expect(written).toEqual(['a | one\nb | two\n']);
  log.info('c', 'three');
  log.flush();
  expect(written).toHaveLength(2);
});
