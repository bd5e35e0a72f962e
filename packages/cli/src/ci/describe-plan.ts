// A plan as people read it: the graph from top to bottom, each stage and job with what becomes of
// it, what it waits for, and why it would not run.
import {
  checksOf,
  type EnvironmentCheck,
  type LocalEnvironments,
  type PlannedJob,
  type PlannedPart,
  type PlannedStage,
} from '@ridgeline/azure-pipelines';
import { style } from '../output/style.ts';

type Outlook = PlannedPart['outlook'];

const words: Readonly<Record<Outlook, string>> = {
  runs: 'runs',
  skipped: 'skipped',
  fails: 'fails',
  unknown: 'open',
};

const colours: Readonly<Record<Outlook, (text: string) => string>> = {
  runs: style.green,
  skipped: style.dim,
  fails: style.red,
  unknown: style.yellow,
};

export function describePlan(
  stages: readonly PlannedStage[],
  environments: LocalEnvironments,
): string {
  const isBare = stages.length === 1 && stages[0]?.stage.id === '__default';
  const lines = stages.flatMap((each) =>
    isBare ? jobLines(each, '') : stageLines(each, environments),
  );
  return lines.join('\n');
}

function stageLines(planned: PlannedStage, known: LocalEnvironments): readonly string[] {
  const { stage, isManual, environments } = planned;
  const facts = [
    waits(stage.dependsOn),
    isManual ? 'started by hand' : '',
    ...environments.map((name) => checkWords(name, known)),
  ];
  const head = line(`stage ${stage.id}`, planned, facts);
  // Why a stage is not run says it for its jobs too.
  const jobs = planned.outlook === 'skipped' ? [] : jobLines(planned, '  ');
  return [head, ...reasons(planned, '    '), ...jobs];
}

const checkNames: Readonly<Record<EnvironmentCheck['type'], string>> = {
  branchControl: 'looks at the branch',
  requiredTemplate: 'looks at the template',
  approval: 'asks for approval',
  businessHours: 'waits for business hours',
  invokeRestApi: 'asks an API',
  exclusiveLock: 'takes the lock',
};

/** In the order in which they are looked at. */
function checkWords(environment: string, known: LocalEnvironments): string {
  const types = new Set(checksOf(environment, known).map(({ type }) => type));
  const named = Object.entries(checkNames).flatMap(([type, words]) =>
    types.has(type as EnvironmentCheck['type']) ? [words] : [],
  );
  return named.length === 0 ? '' : `${named.join(', ')}: ${environment}`;
}

function jobLines({ jobs }: PlannedStage, indent: string): readonly string[] {
  return jobs.flatMap((planned) => [
    indent +
      line(jobWords(planned), planned, [waits(planned.job.dependsOn), ...instances(planned)]),
    ...reasons(planned, `${indent}    `),
  ]);
}

function jobWords({ job }: PlannedJob): string {
  const kind = job.kind === 'deployment' ? 'deployment' : 'job';
  return job.id === '__default' ? 'job' : `${kind} ${job.id}`;
}

function instances({ job, instances: known, outlook }: PlannedJob): readonly string[] {
  if (outlook === 'skipped') return [];
  if (known === undefined) return ['as many times as a job before it says'];
  const what = job.deployment === undefined ? 'legs' : job.deployment.kind;
  return known.length === 0 ? [] : [`${what}: ${known.join(', ')}`];
}

function line(name: string, { outlook, afterFailure }: PlannedPart, facts: readonly string[]) {
  const others = [
    ...facts,
    // That what follows a failure is skipped is what everyone expects.
    afterFailure === 'runs' && outlook !== 'runs' ? 'runs after a failure' : '',
    afterFailure === 'runs' && outlook === 'runs' ? 'also after a failure' : '',
  ].filter((fact) => fact !== '');
  const behind = others.length === 0 ? '' : `  ${style.dim(`(${others.join('; ')})`)}`;
  return `${name}: ${colours[outlook](words[outlook])}${behind}`;
}

function waits(names: readonly string[]): string {
  return names.length === 0 ? '' : `after ${names.join(', ')}`;
}

function reasons({ outlook, reasons: lines }: PlannedPart, indent: string): readonly string[] {
  return outlook === 'runs' ? [] : lines.map((text) => style.dim(indent + text));
}

/** Without the bodies of jobs: `expand --json` has those. */
export function planJson(stages: readonly PlannedStage[]) {
  return stages.map(({ stage, jobs, ...part }) => ({
    stage: stage.id,
    displayName: stage.displayName.text,
    dependsOn: stage.dependsOn,
    ...part,
    jobs: jobs.map(({ job, ...planned }) => ({
      job: job.id,
      kind: job.kind,
      displayName: job.displayName.text,
      dependsOn: job.dependsOn,
      ...planned,
    })),
  }));
}
