// What a job prints arrives in order, each line once, under its number, however it is cut and however
// often it is sent.
import { setImmediate as turn } from 'node:timers/promises';
import type { StepRecord } from '@ridgeline/azure-pipelines';
import type { AgentReport } from '@ridgeline/client';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ReportSender } from './report-sender.ts';

const line = (step: string, text: string) => ({ step, kind: 'text', text, time: 0 }) as const;
const time = `${new Date(0).toISOString()} `;

/** A server's logs: a line counts under its number. */
class Logs {
  readonly byStep = new Map<string, string[]>();

  take({ log }: AgentReport): void {
    for (const { step, from, lines } of log) {
      const all = this.byStep.get(step) ?? [];
      expect(from).toBeLessThanOrEqual(all.length);
      this.byStep.set(step, [...all, ...lines.slice(all.length - from)]);
    }
  }
}

test('all lines of all steps arrive, in their order', async () => {
  const printed = fc.array(fc.tuple(fc.constantFrom('a', 'b'), fc.string({ maxLength: 20 })));
  await fc.assert(
    fc.asyncProperty(printed, fc.nat(5), async (lines, every) => {
      const logs = new Logs();
      const sender = new ReportSender(async (report) => logs.take(report));
      for (const [index, [step, text]] of lines.entries()) {
        sender.line(line(step, text));
        if (every > 0 && index % every === 0) await turn();
      }
      await sender.close();
      for (const step of ['a', 'b']) {
        const own = lines.filter(([each]) => each === step);
        const expected = own.map(([, text]) => `${time}${text.replaceAll('\n', ' ')}`);
        expect(logs.byStep.get(step) ?? []).toEqual(expected);
      }
    }),
    { numRuns: 50 },
  );
});

test('long output goes in many batches, none of them without bound', async () => {
  const logs = new Logs();
  const sizes: number[] = [];
  const sender = new ReportSender(async (report) => {
    sizes.push(JSON.stringify(report).length);
    logs.take(report);
  });
  for (let index = 0; index < 5_000; index++) sender.line(line('a', 'x'.repeat(1_000)));
  await sender.close();
  expect(logs.byStep.get('a')).toHaveLength(5_000);
  expect(sizes.length).toBeGreaterThan(4);
  expect(Math.max(...sizes)).toBeLessThan(2 * 1024 * 1024);
});

describe('a server that is away', () => {
  test('holds up the steps once much waits, and lets them go on again', async () => {
    const gate = Promise.withResolvers<void>();
    const sender = new ReportSender(() => gate.promise);
    expect(sender.drained()).toBeUndefined();
    for (let index = 0; index < 20; index++) sender.line(line('a', 'x'.repeat(1024 * 1024)));
    const drained = sender.drained();
    expect(drained).toBeInstanceOf(Promise);
    gate.resolve();
    await drained;
    await sender.close();
    expect(sender.drained()).toBeUndefined();
  });

  test('that never takes anything again is told at the end', async () => {
    const sender = new ReportSender(() => Promise.reject(new Error('given up')));
    sender.line(line('a', 'x'));
    await expect(sender.close()).rejects.toThrow('given up');
    sender.line(line('a', 'y'));
    expect(sender.drained()).toBeUndefined();
  });
});

test('of a step that changes while a report is on its way, only the newest goes', async () => {
  const seen: string[] = [];
  const gate = Promise.withResolvers<void>();
  const sender = new ReportSender(async ({ steps }) => {
    for (const { state } of steps) seen.push(state);
    await gate.promise;
  });
  const record = (state: StepRecord['state']) => ({ id: 'main.1', state }) as StepRecord;
  sender.record(record('pending'));
  await turn();
  await turn();
  sender.record(record('inProgress'));
  sender.record(record('completed'));
  gate.resolve();
  await sender.close();
  expect(seen).toEqual(['pending', 'completed']);
});
