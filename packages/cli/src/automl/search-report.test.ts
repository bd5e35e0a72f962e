import { stripVTControlCharacters } from 'node:util';
import type { Trial } from '@ridgeline/automl';
import { expect, test } from 'vitest';
import { reportSearch } from './search-report.ts';

const trial = {
  ...{ number: 1, learner: 'ridge', description: '', state: 'completed', score: 0.5 },
  ...{ sampleRows: 10, trainSeconds: 0.1, error: null },
} as unknown as Trial;
const progress = {
  ...{ elapsedSeconds: 2, remainingSeconds: 8, trialsDone: 1, bestScore: 0.5 },
  phase: 'floor',
} as const;

function shown(isTTY: boolean, columns = 80): string {
  let written = '';
  const write = (text: string) => {
    written += text;
    return true;
  };
  const report = reportSearch('accuracy', { isTTY, columns, write: write as never });
  report.progress('reading data.csv');
  report.onProgress(progress);
  report.onTrialEnd(trial);
  report.onTrialEnd({ ...trial, state: 'failed', score: null, error: 'no memory' });
  report.end();
  return stripVTControlCharacters(written.replaceAll('\r\u001b[2K', '<'));
}

test('on a terminal a search is one line, with the failures above it', () => {
  expect(shown(true)).toBe(
    '<reading data.csv<2 s, 8 s left: floor, 1 trials, best accuracy 0.5' +
      '<Trial 1 ridge: failed after 0.1 s: no memory\n<',
  );
});

test('the line never wraps', () => {
  expect(shown(true, 25)).toContain('<2 s, 8 s left: floor, 1 <');
});

test('elsewhere it is a line a trial', () => {
  expect(shown(false)).toBe(
    'reading data.csv\nTrial 1 ridge: accuracy 0.5 (10 rows, 0.1 s)\n' +
      'Trial 1 ridge: failed after 0.1 s: no memory\n',
  );
});
