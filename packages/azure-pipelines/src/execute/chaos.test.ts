// A cancel at any moment: whatever it hits, the job ends, its always() steps have run, and nothing of
// it goes on.

import { existsSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { script } from './job-run.fixture.ts';
import { MemoryHost } from './memory-host.fixture.ts';
import { run, temporaryFolder } from './testing.fixture.ts';

describe('a cancel at any moment', () => {
  it('leaves a true result behind, with all always() steps run', async () => {
    const folder = await temporaryFolder();
    let round = 0;
    const moment = fc.record({ line: fc.nat(60), cancels: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(moment, async ({ line, cancels }) => {
        round += 1;
        const mark = path.join(folder, `tidied-${round}`);
        const host = new MemoryHost();
        host.onLine = ({ text }) => {
          // By its last line the job has ended.
          const isLast = text === 'Finishing: Finalize job';
          if (cancels && host.lines.length === line && !isLast) host.cancel();
        };
        const { finished, results } = await run(
          [
            script('for i in $(seq 10); do echo "line $i"; done; sleep 0.02'),
            script('echo more; sleep 0.02', { retryCountOnTaskFailure: '1' }),
            script(`echo tidy; touch ${mark}`, { condition: 'always()' }),
          ],
          { host },
        );
        const wasCanceled = host.signal.aborted;
        expect(existsSync(mark)).toBe(true);
        expect(finished.result).toBe(wasCanceled ? 'canceled' : 'succeeded');
        expect(results[2]).toBe('succeeded');
        expect(finished.steps.every(({ state }) => state === 'completed')).toBe(true);
        for (const result of results) expect(result).toBeDefined();
      }),
      { numRuns: 40 },
    );
  });
});
