// The README's list of learners is not written by hand.

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { withLearnerTable } from '../../test/learner-table.ts';

it('names every learner and parameter as they are; else run test/write-learner-table.ts', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  expect(readme).toBe(withLearnerTable(readme));
});
