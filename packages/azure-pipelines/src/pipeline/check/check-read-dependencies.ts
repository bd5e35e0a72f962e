// What expressions read of other jobs and stages is there only for those that are waited for;
// of any other they read nothing, and no one is told.

import type { DiagnosticSink } from '../../diagnostic/diagnostic-sink.ts';
import { didYouMean, shorten } from '../../diagnostic/did-you-mean.ts';
import { type Expression, walk } from '../../expression/expression.ts';
import type { Job, Stage, Text } from '../pipeline.ts';

export class ReadDependencies {
  readonly #stages: readonly Stage[];
  readonly #sink: DiagnosticSink;

  constructor(stages: readonly Stage[], sink: DiagnosticSink) {
    this.#stages = stages;
    this.#sink = sink;
  }

  ofStage(expression: Expression | undefined, { origin }: Text, stage: Stage): void {
    for (const name of namesRead(expression, 'dependencies')) {
      if (has(stage.dependsOn, name)) continue;
      const all = this.#stages.map(({ id }) => id);
      const message = `The condition of stage "${stage.id}" reads "${shorten(name)}", which the stage does not depend on, and so finds nothing.${advice(name, all)}`;
      this.#sink.report('DEPENDENCY_NOT_DECLARED', origin, message);
    }
  }

  ofJob(expression: Expression | undefined, text: Text, job: Job, stage: Stage): void {
    for (const name of namesRead(expression, 'dependencies')) {
      if (has(job.dependsOn, name)) continue;
      const all = stage.jobs.map(({ id }) => id);
      const message = `The job "${job.id}" reads "${shorten(name)}", which it does not depend on, and so finds nothing.${this.#isStage(name) ? stageAdvice(name) : advice(name, all)}`;
      this.#sink.report('DEPENDENCY_NOT_DECLARED', text.origin, message);
    }
    this.#ofOtherStages(expression, text, stage);
  }

  /** Evaluated in each job of the stage: `dependencies` are jobs there, never stages. */
  ofStageVariable(expression: Expression | undefined, text: Text, stage: Stage): void {
    for (const name of namesRead(expression, 'dependencies')) {
      const isJob = stage.jobs.some(({ id }) => id.toLowerCase() === name.toLowerCase());
      if (isJob) continue;
      const message = `A variable of stage "${stage.id}" reads "${shorten(name)}", which is no job of it, and so finds nothing.${stageAdvice(name)}`;
      this.#sink.report('DEPENDENCY_NOT_DECLARED', text.origin, message);
    }
    this.#ofOtherStages(expression, text, stage);
  }

  #ofOtherStages(expression: Expression | undefined, { origin }: Text, stage: Stage): void {
    for (const name of namesRead(expression, 'stageDependencies')) {
      if (has(stage.dependsOn, name)) continue;
      const all = this.#stages.map(({ id }) => id);
      const message = `The stage "${stage.id}" does not depend on "${shorten(name)}", so that nothing of it can be read here.${advice(name, all)}`;
      this.#sink.report('DEPENDENCY_NOT_DECLARED', origin, message);
    }
  }

  #isStage(name: string): boolean {
    return has(
      this.#stages.map(({ id }) => id),
      name,
    );
  }
}

function advice(name: string, all: readonly string[]): string {
  return has(all, name) ? ' Add it to "dependsOn".' : didYouMean(name, all);
}

function stageAdvice(name: string): string {
  return ` Another stage is read as "stageDependencies.${shorten(name)}.<job>".`;
}

function has(names: readonly string[], name: string): boolean {
  return names.some((one) => one.toLowerCase() === name.toLowerCase());
}

/** `x` of `dependencies.x` and `dependencies['x']`. */
function namesRead(expression: Expression | undefined, context: string): readonly string[] {
  if (expression === undefined) return [];
  const names = new Set<string>();
  for (const part of walk(expression)) {
    if (part.kind !== 'path' || part.target.kind !== 'name') continue;
    if (part.target.name.toLowerCase() !== context.toLowerCase()) continue;
    const [first] = part.steps;
    const index = first?.kind === 'index' ? first.index : undefined;
    if (index?.kind === 'literal' && typeof index.value === 'string') names.add(index.value);
  }
  return [...names];
}
