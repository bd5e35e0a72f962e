import { expect, it } from 'vitest';
import { addressOf, clientFromEnvironment } from './environment.ts';

const own = { RIDGELINE_URL: 'http://own:1', RIDGELINE_TOKEN: 'own' };
const mlflow = { MLFLOW_TRACKING_URI: 'http://mlflow:2', MLFLOW_TRACKING_TOKEN: 'mlflow' };

it.each([
  ['its own pair', own, 'http://own:1'],
  ["MLflow's pair", mlflow, 'http://mlflow:2'],
  ['its own before MLflow, outside a step', { ...mlflow, ...own }, 'http://own:1'],
  [
    "the step's before all, inside a step",
    { ...mlflow, ...own, RIDGELINE_JOB_ID: 'j' },
    'http://mlflow:2',
  ],
  [
    'a whole pair before half of one',
    { ...mlflow, RIDGELINE_URL: 'http://own:1' },
    'http://mlflow:2',
  ],
])('the address is taken from %s', (_, environment, url) => {
  expect(addressOf(environment)?.url).toBe(url);
});

it('there is no client without an address and a token', () => {
  for (const environment of [
    {},
    { RIDGELINE_URL: 'http://own:1' },
    { ...own, RIDGELINE_TOKEN: '' },
  ]) {
    expect(() => clientFromEnvironment({}, environment)).toThrow(
      expect.objectContaining({ code: 'CLIENT_NOT_CONFIGURED', status: 400 }),
    );
  }
});

it('a client shows its address and never its token', () => {
  const client = clientFromEnvironment(
    {},
    { RIDGELINE_URL: 'http://own:1/', RIDGELINE_TOKEN: 's3cr3t' },
  );
  expect(client.url).toBe('http://own:1');
  expect(JSON.stringify(client)).not.toContain('s3cr3t');
});

it('a name and password in an address are dropped, never sent and never shown', () => {
  const url = 'http://ann:pass@own:1';
  const client = clientFromEnvironment({}, { RIDGELINE_URL: url, RIDGELINE_TOKEN: 't' });
  expect(client.url).toBe('http://own:1');
});
