import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { regressionData } from '../../test/arbitraries.ts';
import { rejectionOf } from '../../test/error-of.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { Ridge } from '../linear/ridge.ts';
import { matrixFromRows } from '../matrix/matrix-from-rows.ts';
import { loadModel } from './load-model.ts';
import { flavorVersion } from './model-info.ts';
import type { NumericModelToSave } from './model-to-save.ts';
import { type SaveSettings, saveModel } from './save-model.ts';

const x = matrixFromRows([
  [1, 2],
  [3, 5],
  [4, 4],
]);

const options: NumericModelToSave & SaveSettings = {
  onnx: false,
  model: new Ridge({ alpha: 0.5 }).fit(x, [1, 2, 3]),
  columnNames: ['AGE', 'BMI'],
  targetName: 'Y',
  clock: () => new Date('2026-01-31T12:00:00.250Z'),
  newUuid: () => '01234567-89ab-cdef-0123-456789abcdef',
};

describe('saveModel', () => {
  it('writes what MLflow would write', async () => {
    const folder = join(await temporaryFolder(), 'model');
    await saveModel(folder, {
      ...options,
      inputExample: [[1, 2.5]],
      runId: '12345678901234567890123456789e12',
      artifactPath: 'outputs/model',
    });
    expect(await readFile(join(folder, 'MLmodel'), 'utf8')).toBe(`artifact_path: outputs/model
flavors:
  ridgeline:
    estimator: Ridge
    model_file: model.json
    version: 0.1.0
model_uuid: 0123456789abcdef0123456789abcdef
run_id: '12345678901234567890123456789e12'
saved_input_example_info:
  artifact_path: input_example.json
  pandas_orient: split
  type: dataframe
signature:
  inputs: '[{"type": "double", "name": "AGE", "required": true}, {"type": "double", "name": "BMI", "required": true}]'
  outputs: '[{"type": "double", "name": "Y", "required": true}]'
  params: null
utc_time_created: '2026-01-31 12:00:00.250000'
`);
    expect(JSON.parse(await readFile(join(folder, 'model.json'), 'utf8'))).toEqual({
      formatVersion: 1,
      ...options.model.toJSON(),
    });
    expect(await readFile(join(folder, 'input_example.json'), 'utf8')).toBe(
      '{"columns":["AGE","BMI"],"data":[[1,2.5]]}\n',
    );
  });

  it('leaves out what it is not told', async () => {
    const folder = join(await temporaryFolder(), 'a', 'b', 'model');
    const info = await saveModel(folder, options);
    expect(info).toMatchObject({ runId: null, artifactPath: null, inputExampleFile: null });
    expect(await readdir(folder)).toEqual(['MLmodel', 'model.json']);
    expect(await readFile(join(folder, 'MLmodel'), 'utf8')).not.toMatch(/run_id|artifact_path/);
  });

  it('records the version of this package', () => {
    expect(flavorVersion).toBe(packageJson.version);
  });

  it('gives every save its own uuid and the time of day', async () => {
    const parent = await temporaryFolder();
    const { clock: _, newUuid: __, ...rest } = options;
    const one = await saveModel(join(parent, 'one'), rest);
    const two = await saveModel(join(parent, 'two'), rest);
    expect(one.uuid).toMatch(/^[0-9a-f]{32}$/);
    expect(two.uuid).not.toBe(one.uuid);
    expect(Math.abs(Date.parse(one.createdAt) - Date.now())).toBeLessThan(60_000);
  });

  it.each<[string, Partial<typeof options>, string]>([
    ['too few column names', { columnNames: ['AGE'] }, 'SHAPE_MISMATCH'],
    ['a name twice', { columnNames: ['AGE', 'AGE'] }, 'PARAMETER_INVALID'],
    ['an empty column name', { columnNames: ['AGE', ''] }, 'PARAMETER_INVALID'],
    ['an empty target name', { targetName: '' }, 'PARAMETER_INVALID'],
    ['an example of one column', { inputExample: [[1]] }, 'SHAPE_MISMATCH'],
    ['an example without rows', { inputExample: [] }, 'DATA_EMPTY'],
    ['a ragged example', { inputExample: [[1, 2], [3]] }, 'DATA_RAGGED'],
    ['an example with NaN', { inputExample: [[1, Number.NaN]] }, 'DATA_NOT_FINITE'],
  ])('refuses %s and writes nothing', async (_, wrong, code) => {
    const parent = await temporaryFolder();
    const error = await rejectionOf(saveModel(join(parent, 'model'), { ...options, ...wrong }));
    expect(error.code).toBe(code);
    expect(await readdir(parent)).toEqual([]);
  });
});

describe('a place that is taken', () => {
  it('may be an empty folder', async () => {
    const folder = await temporaryFolder();
    await saveModel(folder, options);
    expect(await readdir(folder)).toEqual(['MLmodel', 'model.json']);
  });

  it('keeps its model unless told otherwise', async () => {
    const parent = await temporaryFolder();
    const folder = join(parent, 'model');
    await saveModel(folder, options);
    const other = { ...options, newUuid: () => 'f'.repeat(32) };
    const error = await rejectionOf(saveModel(folder, other));
    expect(error).toMatchObject({ code: 'MODEL_EXISTS', status: 409 });
    expect(error.message).toContain('overwrite: true');
    expect((await loadModel(folder)).info.uuid).toBe('0123456789abcdef0123456789abcdef');
    await saveModel(folder, { ...other, overwrite: true });
    expect((await loadModel(folder)).info.uuid).toBe('f'.repeat(32));
    expect(await readdir(parent)).toEqual(['model']);
  });

  it.each([false, true])('keeps files that are no model, overwrite or not', async (overwrite) => {
    const parent = await temporaryFolder();
    await mkdir(join(parent, 'thesis'));
    await writeFile(join(parent, 'thesis', 'thesis.txt'), 'years of work');
    await writeFile(join(parent, 'file'), 'text');
    await symlink(join(parent, 'thesis'), join(parent, 'link'));
    for (const name of ['thesis', 'file', 'link']) {
      const error = await rejectionOf(saveModel(join(parent, name), { ...options, overwrite }));
      expect(error.code).toBe('MODEL_EXISTS');
    }
    expect(await readdir(parent)).toEqual(['file', 'link', 'thesis']);
    expect(await readdir(join(parent, 'thesis'))).toEqual(['thesis.txt']);
  });

  it('is won by exactly one of several writers', async () => {
    const parent = await temporaryFolder();
    const folder = join(parent, 'model');
    const { newUuid: _, ...rest } = options;
    const saves = await Promise.allSettled(
      Array.from({ length: 8 }, () => saveModel(folder, rest)),
    );
    const winners = saves.filter(({ status }) => status === 'fulfilled');
    expect(winners.length).toBe(1);
    expect(winners[0]).toMatchObject({ value: (await loadModel(folder)).info });
    expect(await readdir(parent)).toEqual(['model']);
  });

  it('is left alone when writing fails', async () => {
    const parent = await temporaryFolder();
    await writeFile(join(parent, 'file'), 'text');
    await expect(saveModel(join(parent, 'file', 'model'), options)).rejects.toThrow('file');
    await expect(saveModel(join(parent, 'x'.repeat(250)), options)).rejects.toThrow('ENAMETOOLONG');
    expect(await readdir(parent)).toEqual(['file']);
  });
});

it('save, load and predict is predict, and the names come back', async () => {
  const parent = await temporaryFolder();
  let count = 0;
  const name = fc.string({ minLength: 1, unit: 'binary' });
  await fc.assert(
    fc.asyncProperty(
      regressionData,
      fc.uniqueArray(name, { minLength: 5, maxLength: 5 }),
      fc.option(name.filter((text) => !['null', '~'].includes(text))),
      async (data, names, artifactPath) => {
        const model = new Ridge().fit(data.x, data.y);
        const columnNames = names.slice(0, model.columnCount);
        const folder = join(parent, String(count++));
        const info = await saveModel(folder, {
          model,
          columnNames,
          targetName: names[4],
          ...(artifactPath === null ? {} : { artifactPath }),
        });
        const loaded = await loadModel(folder);
        expect(loaded.info).toEqual(info);
        expect(loaded.info.signature.inputs.map((column) => column.name)).toEqual(columnNames);
        expect(loaded.model).toEqual(model);
        expect(loaded.tabular.targetName).toBe(names[4]);
        expect(loaded.predict(data.x)).toEqual(model.predict(data.x));
      },
    ),
    { numRuns: 60 },
  );
});
