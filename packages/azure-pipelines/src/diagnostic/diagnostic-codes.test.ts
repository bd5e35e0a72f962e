// The table of codes is a promise to tools that match on them: what is written of it must hold.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { diagnosticCodes } from './diagnostic-codes.ts';

const readme = readFileSync(path.join(import.meta.dirname, '..', '..', 'README.md'), 'utf8');

describe('the codes', () => {
  it("the README's table is the code's", () => {
    const rows = Object.entries(diagnosticCodes).map(
      ([code, { severity, meaning }]) => `| \`${code}\` | ${severity} | ${meaning} |`,
    );
    const table = readme.slice(readme.indexOf('## Diagnostics')).match(/^\| `.*$/gm) ?? [];
    // The formatter pads the columns of a table.
    expect(table.map((row) => row.replace(/ +/g, ' '))).toEqual(rows);
  });

  it('are words in capitals, each with a meaning that is a sentence', () => {
    for (const [code, { meaning }] of Object.entries(diagnosticCodes)) {
      expect(code).toMatch(/^[A-Z]+(?:_[A-Z]+)*$/);
      expect(meaning).toMatch(/^[A-Z].*\.$/);
    }
  });
});
