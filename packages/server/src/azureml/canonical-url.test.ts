import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { azureAddresses } from './addresses.ts';
import { canonicalUrl } from './canonical-url.ts';

const canonical = (url: string) => canonicalUrl(url, 'my-ws');
const w =
  '/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/my-ws';

describe('an address of Azure ML', () => {
  test.each([
    [`/pipelines/v1.0${w}/pipelineruns/x/cancel`, `/pipelines/v1.0${w}/PipelineRuns/x/Cancel`],
    [`/api/v1.0${w}/PipelineRuns/X`, `/pipelines/v1.0${w}/PipelineRuns/X`],
    [`/API/V1.0${w}/PIPELINERUNS/X?A=B`, `/pipelines/v1.0${w}/PipelineRuns/X?A=B`],
    [`//pipelines/v1.0${w}/PipelineRuns/x//`, `/pipelines/v1.0${w}/PipelineRuns/x`],
    [`/history/v1.0${w}/experiments/e/runs:query`, `/history/v1.0${w}/experiments/e/runs/query`],
    [`/history/v1.0${w}/experiments/e/Runs%3aQuery`, `/history/v1.0${w}/experiments/e/runs/query`],
    [
      `/history/v1.0${w}/Experiments/RUNS/runs/Details/details`,
      `/history/v1.0${w}/experiments/RUNS/runs/Details/details`,
    ],
    [
      `/modelmanagement/v1.0${w}/Services/a/listKeys`,
      `/modelmanagement/v1.0${w}/services/a/listkeys`,
    ],
    [
      '/pipelines/Swagger/PipelineEndpointSubmit/swagger.json',
      '/pipelines/swagger/pipelineendpointsubmit/swagger.json',
    ],
  ])('%s becomes %s', (url, expected) => {
    expect(canonical(url)).toBe(expected);
  });

  test('keeps the names in it as they are, whatever case its words have', () => {
    const name = fc.stringMatching(/^[A-Za-z0-9%._~-]{1,12}$/);
    const address = fc.constantFrom(...azureAddresses);
    const names = fc.array(name, { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(address, names, fc.boolean(), (pattern, values, upper) => {
        const filled = (text: string) => {
          const left = [...values];
          return text.replace(/:\w+/g, () => left.pop() ?? '');
        };
        const shouted = pattern.replace(/:\w+|[^:]/g, (part) =>
          part.startsWith(':') ? part : upper ? part.toUpperCase() : part.toLowerCase(),
        );
        expect(canonical(filled(shouted))).toBe(filled(pattern));
      }),
    );
  });
});

describe('MLflow below a workspace', () => {
  test.each([
    [`/mlflow/v1.0${w}/api/2.0/mlflow/runs/get?run_id=A`, '/api/2.0/mlflow/runs/get?run_id=A'],
    [`/mlflow/v2.0${w}/api/2.0/mlflow/runs/get`, '/api/2.0/mlflow/runs/get'],
    [
      `/MLFLOW/v1.0${w.toUpperCase()}/api/2.0/mlflow-artifacts/artifacts/A/b%20c`,
      '/api/2.0/mlflow-artifacts/artifacts/A/b%20c',
    ],
  ])('%s is %s', (url, expected) => expect(canonical(url)).toBe(expected));

  test.each([
    ['of another workspace', `/mlflow/v1.0${w}x/api/2.0/mlflow/runs/get`],
    ['without an API', `/mlflow/v1.0${w}/metrics`],
    ['of Ridgeline itself', `/mlflow/v1.0${w}/health`],
  ])('%s is left as it is', (_what, url) => expect(canonical(url)).toBe(url));
});

test.each([
  '/',
  '',
  '/api/v1/jobs',
  '/api/v1/pipelines/X/',
  '/API/v1/Jobs',
  '/pipelines',
  '*',
  '/health?a=/pipelines/',
])('%j is none of Azure ML, and left as it is', (url) => expect(canonical(url)).toBe(url));

test('whatever comes becomes an address, and stays what it has become', () => {
  const part = fc.constantFrom(
    '/',
    'pipelines',
    'api',
    'v1.0',
    w,
    '..',
    '%',
    '%zz',
    '?',
    '#',
    'runs:query',
    '\0',
  );
  const url = fc.oneof(
    fc.string(),
    fc.array(part).map((parts) => `/${parts.join('/')}`),
  );
  fc.assert(
    fc.property(url, (text) => {
      expect(canonical(canonical(text))).toBe(canonical(text));
    }),
  );
});
