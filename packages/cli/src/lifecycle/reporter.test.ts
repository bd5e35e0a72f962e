import { expect, test } from 'vitest';
import { reportStage } from './reporter.ts';

function recorder(isTTY: boolean) {
  const parts: string[] = [];
  const stream = { isTTY, write: (part: string) => parts.push(part) > 0 };
  return { stream, text: () => parts.join('') };
}

test('elsewhere than on a terminal each state is a line, with no control characters', () => {
  const { stream, text } = recorder(false);
  const report = reportStage('Training', stream);
  report.progress('Train Model');
  report.succeed('registered');
  expect(text()).toMatch(/^ {2}Training {7}Train Model\n✓ Training {7}registered \d+\.\d s\n$/);
});

test('on a terminal the line of a stage is written over by its end', () => {
  const { stream, text } = recorder(true);
  const report = reportStage('Training', stream);
  report.progress('Train Model');
  report.fail('failed');
  expect(text().startsWith('\r\u001b[2K')).toBe(true);
  expect(text()).toMatch(/✗.*Training {7}failed .*\n$/);
});

test('a note stays where it is, and waiting is neither success nor failure', () => {
  const { stream, text } = recorder(false);
  const report = reportStage('Release', stream);
  report.note('build 2 of Model-Deploy-CD');
  report.wait('it waits for an approval');
  expect(text()).toMatch(/^ {2}Release {8}build 2 of Model-Deploy-CD\n… Release .*approval \d/);
});
