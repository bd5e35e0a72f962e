import { expect, test } from 'vitest';
import { readSettings } from './settings.ts';

test('reads every variable', () => {
  const settings = readSettings({
    AZUREML_MODEL_DIR: '/models/a',
    AZUREML_ENTRY_SCRIPT: 'score.ts',
    SCORING_TIMEOUT_MS: '5000',
    PORT: '0',
    HOST: '::1',
    SERVICE_NAME: 'diabetes',
    SERVICE_PATH_PREFIX: '/api/v1/service/diabetes',
    RIDGELINE_MODEL_NAME: 'm',
    RIDGELINE_MODEL_VERSION: '3',
    RIDGELINE_SCORING_KEYS: 'a, b',
    RIDGELINE_BODY_LIMIT_BYTES: '1000',
  });
  expect(settings).toEqual({
    modelFolder: '/models/a',
    scriptPath: 'score.ts',
    scoringTimeoutMs: 5000,
    port: 0,
    host: '::1',
    serviceName: 'diabetes',
    servicePathPrefix: '/api/v1/service/diabetes',
    modelName: 'm',
    modelVersion: '3',
    keys: ['a', 'b'],
    bodyLimitBytes: 1000,
  });
});

test('what is not set or blank is left to the defaults', () => {
  expect(readSettings({ AZUREML_MODEL_DIR: '/models/a', PORT: ' ' })).toEqual({
    modelFolder: '/models/a',
  });
});

test.each([
  ['AZUREML_MODEL_DIR', '', /AZUREML_MODEL_DIR is not set/],
  ['PORT', 'http', /PORT is 'http'; it must be a whole number from 0 to 65535/],
  ['PORT', '65536', /PORT/],
  ['SCORING_TIMEOUT_MS', '0', /SCORING_TIMEOUT_MS/],
  ['SCORING_TIMEOUT_MS', '1e3', /SCORING_TIMEOUT_MS/],
  ['RIDGELINE_SCORING_KEYS', ',', /RIDGELINE_SCORING_KEYS must be keys/],
])('%s=%j is refused', (name, value, message) => {
  expect(() => readSettings({ AZUREML_MODEL_DIR: '/m', [name]: value })).toThrow(
    expect.objectContaining({
      code: 'SCORING_SETTING_INVALID',
      message: expect.stringMatching(message),
    }),
  );
});

test('a wrong list of keys is refused without quoting it', () => {
  expect(() =>
    readSettings({ AZUREML_MODEL_DIR: '/m', RIDGELINE_SCORING_KEYS: 'my secret' }),
  ).toThrow(expect.objectContaining({ message: expect.not.stringContaining('my') }));
});
