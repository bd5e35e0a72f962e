// Conditions and `$[ ]`: their syntax, the names that they may use, and whether what they read of
// other jobs and stages can be there. Their values belong to the run.

import type { DiagnosticSink } from '../../diagnostic/diagnostic-sink.ts';
import { shorten } from '../../diagnostic/did-you-mean.ts';
import type { Expression } from '../../expression/expression.ts';
import { ExpressionMistake } from '../../expression/expression-mistake.ts';
import { runtimeExpressionOf } from '../../expression/template-text.ts';
import { isUnexpanded } from '../../schema/read-word.ts';
import { stepLists } from '../all-steps.ts';
import type { Job, Pipeline, Stage, Strategy, Text, VariableEntry } from '../pipeline.ts';
import { ReadDependencies } from './check-read-dependencies.ts';
import { type ExpressionPlace, PlaceParser } from './place-parser.ts';

export function checkExpressions(pipeline: Pipeline, sink: DiagnosticSink): void {
  const check = new ExpressionCheck(pipeline.stages, sink);
  for (const value of valuesOf(pipeline.variables)) check.field(value);
  for (const stage of pipeline.stages) check.stage(stage);
  for (const { steps } of stepLists(pipeline)) {
    for (const { condition } of steps) check.condition(condition, 'stepCondition');
  }
}

class ExpressionCheck {
  readonly #reads: ReadDependencies;
  readonly #sink: DiagnosticSink;
  readonly #parsers: Readonly<Record<ExpressionPlace, PlaceParser>> = {
    stageCondition: new PlaceParser('stageCondition'),
    jobCondition: new PlaceParser('jobCondition'),
    stepCondition: new PlaceParser('stepCondition'),
    field: new PlaceParser('field'),
  };

  constructor(stages: readonly Stage[], sink: DiagnosticSink) {
    this.#reads = new ReadDependencies(stages, sink);
    this.#sink = sink;
  }

  stage(stage: Stage): void {
    const { condition } = stage;
    const expression = this.condition(condition, 'stageCondition');
    if (condition !== undefined) this.#reads.ofStage(expression, condition, stage);
    for (const value of valuesOf(stage.variables)) {
      this.#reads.ofStageVariable(this.field(value), value, stage);
    }
    for (const job of stage.jobs) this.#job(job, stage);
  }

  #job(job: Job, stage: Stage): void {
    const { condition } = job;
    const expression = this.condition(condition, 'jobCondition');
    if (condition !== undefined) this.#reads.ofJob(expression, condition, job, stage);
    for (const field of fieldsOf(job)) this.#reads.ofJob(this.field(field), field, job, stage);
  }

  condition(condition: Text | undefined, place: ExpressionPlace): Expression | undefined {
    return condition && this.#parse(condition, condition.text, place);
  }

  /** A text is an expression only as a whole: `a$[ b ]` is a text. */
  field(field: Text): Expression | undefined {
    const source = runtimeExpressionOf(field.text)?.text;
    return source === undefined ? undefined : this.#parse(field, source, 'field');
  }

  #parse({ origin }: Text, source: string, place: ExpressionPlace): Expression | undefined {
    if (isUnexpanded(source)) return undefined;
    const parsed = this.#parsers[place].parse(source);
    if (!(parsed instanceof ExpressionMistake)) return parsed;
    const message = `In "${shorten(source.trim())}": ${parsed.message}`;
    this.#sink.report(parsed.code, origin, message);
    return undefined;
  }
}

function fieldsOf(job: Job): readonly Text[] {
  const { continueOnError, timeoutInMinutes, cancelTimeoutInMinutes, container, strategy } = job;
  const own = [continueOnError, timeoutInMinutes, cancelTimeoutInMinutes, container?.image];
  const fields = [...own, ...strategyFields(strategy), ...valuesOf(job.variables)];
  return fields.filter((field) => field !== undefined);
}

function strategyFields(strategy: Strategy | undefined): readonly (Text | undefined)[] {
  if (strategy === undefined) return [];
  if (strategy.kind === 'runtime') return [strategy.runtime, strategy.maxParallel];
  return [strategy.kind === 'parallel' ? strategy.count : undefined, strategy.maxParallel];
}

function valuesOf(variables: readonly VariableEntry[]): readonly Text[] {
  return variables.flatMap((entry) => (entry.kind === 'value' ? entry.value : []));
}
