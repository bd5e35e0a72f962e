// What steps and jobs name of the pipeline's own resources has to be there.

import type { DiagnosticSink } from '../../diagnostic/diagnostic-sink.ts';
import { didYouMean, listNames, shorten } from '../../diagnostic/did-you-mean.ts';
import { isRuntimeText, isUnexpanded } from '../../schema/read-word.ts';
import { stepLists } from '../all-steps.ts';
import type { Pipeline, Text } from '../pipeline.ts';
import type { Resources } from '../resources.ts';
import { isCheckout, isDownload, type Step } from '../step.ts';

export function checkReferences(pipeline: Pipeline, sink: DiagnosticSink): void {
  const check = new ReferenceCheck(pipeline.resources, sink);
  for (const { job, steps } of stepLists(pipeline)) {
    for (const repository of job.uses?.repositories ?? []) check.repository(repository);
    for (const step of steps) check.step(step);
  }
}

class ReferenceCheck {
  readonly #repositories: Aliases;
  readonly #pipelines: Aliases;
  readonly #containers: Aliases;

  constructor(resources: Resources, sink: DiagnosticSink) {
    const { repositories, pipelines, builds, containers } = resources;
    this.#repositories = new Aliases('repository', 'repositories', ['self'], repositories, sink);
    this.#pipelines = new Aliases('pipeline', 'pipelines', [], [...pipelines, ...builds], sink);
    this.#containers = new Aliases('container', 'containers', ['host'], containers, sink);
  }

  step(step: Step): void {
    if (step.target !== undefined) this.#containers.check(step.target.container);
    if (isCheckout(step)) {
      const repository = inputOf(step, 'repository');
      if (repository !== undefined) this.repository(repository);
    } else if (isDownload(step.task.name)) {
      this.#source(inputOf(step, 'source') ?? inputOf(step, 'buildType'));
    }
  }

  /** `git://project/repository@ref` names one that is not among the resources. */
  repository(name: Text): void {
    if (!name.text.includes('://')) this.#repositories.check(name);
  }

  /** The task has words of its own there; what is none of them is what a shortcut has named. */
  #source(source: Text | undefined): void {
    const isWord = /^(current|specific|none|)$/i.test(source?.text.trim() ?? '');
    if (source !== undefined && !isWord) this.#pipelines.check(source);
  }
}

class Aliases {
  readonly #word: string;
  readonly #list: string;
  readonly #names: readonly string[];
  readonly #folded: ReadonlySet<string>;
  readonly #sink: DiagnosticSink;

  /** `word`: as in `a repository resource`; `list`: the key of `resources`. */
  constructor(
    word: string,
    list: string,
    implied: readonly string[],
    resources: readonly { readonly alias?: string }[],
    sink: DiagnosticSink,
  ) {
    this.#word = word;
    this.#list = list;
    this.#names = [...implied, ...resources.flatMap(({ alias }) => alias ?? [])];
    this.#folded = new Set(this.#names.map((name) => name.toLowerCase()));
    this.#sink = sink;
  }

  check({ text, origin }: Text): void {
    const isKnown = this.#folded.has(text.trim().toLowerCase());
    if (isKnown || isRuntimeText(text) || isUnexpanded(text)) return;
    const message = `There is no ${this.#word} resource "${shorten(text)}".${this.#advice(text)}`;
    this.#sink.report('NAME_UNKNOWN', origin, message);
  }

  #advice(text: string): string {
    const near = didYouMean(text, this.#names);
    if (near !== '') return near;
    const have = this.#names.length === 0 ? '' : ` There is ${listNames(this.#names)}.`;
    return `${have} Add it below "resources", "${this.#list}", or correct it.`;
  }
}

/** Inputs have their names in any letter case. */
export function inputOf({ inputs }: Step, name: string): Text | undefined {
  const exact = inputs.get(name);
  if (exact !== undefined) return exact;
  const wanted = name.toLowerCase();
  return [...inputs].find(([key]) => key.toLowerCase() === wanted)?.[1];
}
