import { expect, it } from 'vitest';
import { instanceEnvironment } from './instance-environment.ts';

const options = {
  endpointName: 'diabetes',
  modelName: 'm',
  modelVersion: '3',
  modelFolder: '/models/m/3',
  scriptPath: '/code/score.ts',
  internalKey: 'internal',
  prepared: { PATH: '/node:/usr/bin' },
  wanted: { LEVEL: 'debug', SERVICE_NAME: 'my service' },
};

it('says what to serve, and lets the user name the service', () => {
  expect(instanceEnvironment(options, { PATH: '/usr/bin', LANG: 'C' })).toEqual({
    LANG: 'C',
    PATH: '/node:/usr/bin',
    LEVEL: 'debug',
    SERVICE_NAME: 'my service',
    SERVICE_PATH_PREFIX: '/api/v1/service/diabetes',
    AZUREML_MODEL_DIR: '/models/m/3',
    AZUREML_ENTRY_SCRIPT: '/code/score.ts',
    RIDGELINE_MODEL_NAME: 'm',
    RIDGELINE_MODEL_VERSION: '3',
    RIDGELINE_SCORING_KEYS: 'internal',
    HOST: '127.0.0.1',
    PORT: '0',
  });
});

it("keeps the server's own secrets from the scoring script", () => {
  const machine = { PATH: '/bin', RIDGELINE_SECRET_KEY: 's', AWS_SECRET_ACCESS_KEY: 's' };
  expect(Object.values(instanceEnvironment(options, machine))).not.toContain('s');
});

it('names no script when the model scores by itself', () => {
  const environment = instanceEnvironment({ ...options, scriptPath: null }, {});
  expect(environment).not.toHaveProperty('AZUREML_ENTRY_SCRIPT');
});
