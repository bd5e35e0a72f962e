import { describe, expect, it } from 'vitest';
import { formatDiagnostic } from '../diagnostic/diagnostic.ts';
import { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import type { Step } from '../pipeline/step.ts';
import { builtInRegistry } from './built-in-tasks.ts';

const tasks = builtInRegistry();
const origin = { file: 'ci.yml', line: 7, column: 5 };

function check(
  reference: string,
  inputs: Readonly<Record<string, string>> = {},
): readonly string[] {
  const [name = '', version = ''] = reference.split('@');
  const texts = Object.entries(inputs).map(([key, text]) => [key, { text, origin }] as const);
  const step: Step = {
    refName: 's',
    task: { name, version },
    inputs: new Map(texts),
    env: new Map(),
    enabled: true,
    origin,
  };
  const sink = new DiagnosticSink();
  tasks.checkStep(step, sink);
  return sink.diagnostics.map(formatDiagnostic);
}

describe('steps against their tasks', () => {
  it.each([
    ['CmdLine@2', { script: 'x' }],
    ['bash@3', { targetType: 'inline', SCRIPT: 'x' }],
    ['6c731c3c-3c68-459a-a5c9-bde6e6595b5b@3.1.2', { filePath: 'x.sh' }],
    ['AzureCLI@1', { azureSubscription: 'c', scriptLocation: 'inlineScript', inlineScript: 'x' }],
    ['AzureCLI@1', { azureSubscription: 'c', scriptLocation: '$(where)', scriptPath: 'x' }],
    ['PublishTestResults@2', { testResultsFormat: 'junit', testRunner: '' }],
    [
      'charleszipp.azure-pipelines-tasks-terraform.azure-pipelines-tasks-terraform-cli.TerraformCLI@0',
      { command: 'init', backendType: 'azurerm' },
    ],
    [
      'ms-air-aiagility.vss-services-azureml.azureml-restApi-task.MLPublishedPipelineRestAPITask@0',
      { azureSubscription: 'c', PipelineId: 'p' },
    ],
    ['HelmDeploy@0', { chartVersion: '1', somethingOfHelm: 'x' }],
  ])('%s %j is well', (reference, inputs) => {
    expect(check(reference, inputs)).toEqual([]);
  });

  it.each([
    [
      'AzureCLl@1',
      {},
      'error TASK_UNKNOWN: The task "AzureCLl" is not known here. Did you mean "AzureCLI"?',
    ],
    [
      'publisher.extension.contribution.TerraformCLl@0',
      {},
      'error TASK_UNKNOWN: The task "publisher.extension.contribution.TerraformCLl" is not known here. Did you mean "TerraformCLI"?',
    ],
    [
      'AzureCLI@7',
      {},
      'error TASK_VERSION_UNKNOWN: The task "AzureCLI" has no version 7. There is "AzureCLI@0", "AzureCLI@1" or "AzureCLI@2".',
    ],
    [
      'Bash@3',
      { targetType: 'inline' },
      'error TASK_INPUT_MISSING: The task "Bash" needs the input "script" while targetType = inline. Add it to the step\'s "inputs".',
    ],
    [
      'CmdLine@2',
      { script: 'x', workingDirectry: 'y' },
      'warning TASK_INPUT_UNKNOWN: The task "CmdLine" has no input "workingDirectry", so it has no effect. Did you mean "workingDirectory"?',
    ],
    [
      'CmdLine@2',
      { script: 'x', failOnStderr: 'yes' },
      'warning TASK_INPUT_INVALID: The input "failOnStderr" of "CmdLine" is "yes"; expected "true" or "false".',
    ],
    [
      'PublishCodeCoverageResults@1',
      { codeCoverageTool: 'Coberture', summaryFileLocation: 'x' },
      'warning TASK_INPUT_INVALID: The input "codeCoverageTool" of "PublishCodeCoverageResults" is "Coberture"; expected "Cobertura" or "JaCoCo". Did you mean "Cobertura"?',
    ],
  ])('%s %j is told by name and line', (reference, inputs, message) => {
    expect(check(reference, inputs)).toEqual([`ci.yml:7:5: ${message}`]);
  });

  it('all mistakes of a step are told in one go', () => {
    expect(check('AzureCLI@2', { scriptLocation: 'nowhere', foo: 'x' })).toHaveLength(4);
  });

  it('a task that is only known by name is a warning that says what to do', () => {
    const [message] = check('VSBuild@1', { solution: '**/*.sln' });
    expect(message).toContain('warning TASK_NOT_SUPPORTED: The task "VSBuild" does not run here.');
    expect(message).toContain('DotNetCoreCLI');
  });
});

describe('the built-in tasks', () => {
  it('have names, versions and inputs that are no two the same', () => {
    for (const task of tasks.all()) {
      const names = task.inputs.flatMap((one) => [one.name, ...(one.aliases ?? [])]);
      const lower = names.map((name) => name.toLowerCase());
      expect([task.name, lower.filter((name, at) => lower.indexOf(name) !== at)]).toEqual([
        task.name,
        [],
      ]);
      expect(task.versions.length).toBeGreaterThan(0);
    }
  });

  it('are found by every version that they have', () => {
    for (const task of tasks.all()) {
      for (const version of task.versions) {
        expect(tasks.find({ name: task.name.toUpperCase(), version })?.versions).toContain(version);
      }
    }
  });

  it('a brought task hides a built-in one of its name and version', () => {
    const own = { ...tasks.named('Bash')[0], unsupported: 'mine' } as (typeof all)[number];
    const all = tasks.all();
    expect(tasks.with([own]).find({ name: 'bash', version: '3' })?.unsupported).toBe('mine');
    expect(tasks.find({ name: 'bash', version: '3' })?.unsupported).toBeUndefined();
  });
});
