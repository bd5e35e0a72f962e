import { describe, expect, it } from 'vitest';
import { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import type { Node } from '../text/node.ts';
import { readYaml } from '../text/read-yaml.ts';
import { normalizeJobs, normalizeStages, normalizeSteps } from './normalize.ts';

type Normalize = (node: Node, sink: DiagnosticSink) => Node;

function plain(node: Node): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'sequence') return node.items.map(plain);
  return Object.fromEntries(node.entries.map(({ key, value }) => [key.text, plain(value)]));
}

function normalized(yaml: string, normalize: Normalize): unknown {
  const sink = new DiagnosticSink();
  const node = readYaml(yaml, 'parameter.yml', sink);
  const result = node && plain(normalize(node, sink));
  return sink.hasErrors ? sink.diagnostics.map(({ code }) => code) : result;
}

describe('step parameters', () => {
  it('row 14.7: hold tasks', () => {
    expect(normalized('- script: x\n  displayName: d\n- checkout: none\n', normalizeSteps)).toEqual(
      [
        { task: 'CmdLine@2', displayName: 'd', inputs: { script: 'x' } },
        { task: '6d15af64-176c-496d-b583-fd2ae21d4df4@1', inputs: { repository: 'none' } },
      ],
    );
  });

  it('may be one step', () => {
    expect(normalized('bash: x\n', normalizeSteps)).toEqual({
      task: 'Bash@3',
      inputs: { targetType: 'inline', script: 'x' },
    });
  });

  it('are the same when they pass on to another template', () => {
    const once = normalized('- pwsh: x\n  env: { a: b }\n', normalizeSteps);
    expect(normalized(JSON.stringify(once), normalizeSteps)).toEqual(once);
  });

  it('let pass what is still to be expanded', () => {
    const steps = '- template: a.yml\n  parameters: { x: y }\n- ${{ if x }}:\n  - script: z\n';
    expect(normalized(steps, normalizeSteps)).toEqual([
      { template: 'a.yml', parameters: { x: 'y' } },
      { '${{ if x }}': [{ script: 'z' }] },
    ]);
  });

  it('are checked before any template reads them', () => {
    expect(normalized('- scirpt: x\n- script: y\n  nmae: z\n- text\n', normalizeSteps)).toEqual([
      'KEY_MISSING',
      'KEY_UNKNOWN',
      'VALUE_WRONG_TYPE',
    ]);
  });
});

describe('job and stage parameters', () => {
  it('hold lists of variables, tasks, and texts in their contexts', () => {
    const job =
      '- job: a\n  variables: { x: 1 }\n  templateContext: { deep: [{ y: 2, z: }] }\n  steps:\n  - script: s\n';
    expect(normalized(job, normalizeJobs)).toEqual([
      {
        job: 'a',
        variables: [{ name: 'x', value: '1' }],
        templateContext: { deep: [{ y: '2', z: '' }] },
        steps: [{ task: 'CmdLine@2', inputs: { script: 's' } }],
      },
    ]);
  });

  it('reach the steps of every hook', () => {
    const job =
      'deployment: a\nstrategy:\n  canary:\n    increments: [10]\n    deploy: { steps: [{ script: s }] }\n    on: { failure: { steps: [{ bash: b }] } }\n';
    expect(normalized(job, normalizeJobs)).toMatchObject({
      strategy: {
        canary: {
          deploy: { steps: [{ task: 'CmdLine@2' }] },
          on: { failure: { steps: [{ task: 'Bash@3' }] } },
        },
      },
    });
  });

  it('reach the jobs of every stage', () => {
    const stages =
      '- stage: A\n  variables: { v: w }\n  jobs:\n  - job: a\n    steps: [{ script: s }]\n';
    expect(normalized(stages, normalizeStages)).toMatchObject([
      {
        variables: [{ name: 'v', value: 'w' }],
        jobs: [{ steps: [{ task: 'CmdLine@2' }] }],
      },
    ]);
  });

  it('are checked down to their steps', () => {
    const stages = '- stage: A\n  jobs:\n  - job: a\n    steps: [{ scritp: s }]\n';
    expect(normalized(stages, normalizeStages)).toEqual(['KEY_MISSING']);
  });
});
