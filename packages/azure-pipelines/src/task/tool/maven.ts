// Maven: goals by the mvn program, and the test results that they leave.

import { requireProgram, runChecked } from '../program.ts';
import { splitArguments } from '../split-arguments.ts';
import type { AgentTask, TaskContext } from '../task.ts';
import { taskContext } from '../task-context.ts';
import { input } from '../task-input.ts';
import { succeeded, type TaskOutcome } from '../task-outcome.ts';
import { publishTestResults } from '../test-results/publish-test-results.ts';

export const maven: AgentTask = {
  name: 'Maven',
  ids: ['ac4ee482-65da-4485-a532-7b085873e532'],
  versions: [3, 4],
  runsOn: 'agent',
  openInputs: true,
  inputs: [
    input.path('mavenPOMFile', { default: 'pom.xml' }),
    input.text('goals', { default: 'package' }),
    input.text('options'),
    input.flag('publishJUnitResults', true),
    input.lines('testResultsFiles', { default: '**/surefire-reports/TEST-*.xml' }),
    input.text('testRunTitle'),
    input.flag('allowBrokenSymlinks', true),
  ],
  async run(context) {
    const program = requireProgram(context, 'mvn', 'Install Apache Maven, or mock this task.');
    const pom = context.pathInput('mavenPOMFile') ?? 'pom.xml';
    const words = (name: string) => splitArguments(context.input(name) ?? '');
    try {
      await runChecked(context, program, ['-B', '-f', pom, ...words('options'), ...words('goals')]);
    } finally {
      // Failed tests fail the goal, and are what their report is for.
      await publishReports(context);
    }
    return succeeded;
  },
};

async function publishReports(context: TaskContext): Promise<TaskOutcome> {
  if (!context.boolInput('publishJUnitResults')) return succeeded;
  const given = new Map([
    ['testResultsFiles', context.input('testResultsFiles') ?? ''],
    ['testRunTitle', context.input('testRunTitle') ?? ''],
  ]);
  return publishTestResults.run(taskContext(publishTestResults, given, context));
}
