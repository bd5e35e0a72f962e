// The corpus of mistaken pipelines: all that is said of each, with its place.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { mistakesIn, pipelineOf } from './testing.fixture.ts';

interface MistakenPipeline {
  readonly name: string;
  readonly yaml: string;
  /** `line:column CODE message` each, in the order of the file. */
  readonly mistakes: readonly string[];
}

const corpus: readonly MistakenPipeline[] = parse(
  readFileSync(new URL('../../testdata/mistakes.yml', import.meta.url), 'utf8'),
);

describe('mistakes', () => {
  it.each(corpus)('$name', ({ yaml, mistakes }) => {
    expect(mistakesIn(yaml)).toEqual(mistakes);
  });

  it('are all told at once, and leave no pipeline', () => {
    const all = corpus.find(({ name }) => name === 'many mistakes at once');
    expect(() => pipelineOf(all?.yaml ?? '')).toThrow(/A-1.*Nothing.*skript.*"C"/s);
  });
});
