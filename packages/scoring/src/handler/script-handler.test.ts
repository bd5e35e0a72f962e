import { expect, test } from 'vitest';
import { fixturePath } from '../../test/fixture-path.ts';
import { loadScriptHandler } from './script-handler.ts';

test('a script is ready to run once its init() is done', async () => {
  const handler = await loadScriptHandler(fixturePath('scripts/good.ts'));
  expect(await handler.run([1, 2], {}, {})).toEqual({ result: [2, 4] });
  expect(handler.checkInput({ data: ['x'] })).toBe('data/0 must be number, not string');
});

test.each([
  ['does-not-exist.ts', 'SCORING_SCRIPT_NOT_FOUND', /does not exist/],
  ['import-fails.ts', 'SCORING_SCRIPT_IMPORT_FAILED', /does-not-exist/],
  ['no-run.ts', 'SCORING_SCRIPT_RUN_MISSING', /does not export a function 'run'/],
  ['no-input-schema.ts', 'SCORING_SCRIPT_SCHEMA_MISSING', /does not export 'inputSchema'/],
  ['wrong-output-schema.ts', 'SCORING_SCRIPT_SCHEMA_MISSING', /something else than an object/],
  ['misspelt-schema.ts', 'SCORING_SCRIPT_SCHEMA_INVALID', /propertys/],
  ['init-text.ts', 'SCORING_SCRIPT_INIT_INVALID', /exports 'init' as string/],
  ['init-throws.ts', 'SCORING_SCRIPT_INIT_FAILED', /the model file is damaged/],
])('%s is refused with %s', async (name, code, message) => {
  const path = fixturePath(`scripts/${name}`);
  await expect(loadScriptHandler(path)).rejects.toMatchObject({
    code,
    message: expect.stringMatching(message),
  });
});
