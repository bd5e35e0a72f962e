// The README's example does what the README says.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';

const readme = readFileSync(path.join(import.meta.dirname, '..', 'README.md'), 'utf8');

it("the README's example prints what stands below it", () => {
  const [, code = '', output] = /```ts\n(.*?)```\n\nprints\n\n```\n(.*?)```/s.exec(readme) ?? [];
  const index = pathToFileURL(path.join(import.meta.dirname, 'index.ts')).href;
  const folder = mkdtempSync(path.join(tmpdir(), 'readme-'));
  try {
    const file = path.join(folder, 'example.ts');
    writeFileSync(file, code.replace('@ridgeline/azure-pipelines', index));
    expect(execFileSync(process.execPath, [file], { encoding: 'utf8' })).toBe(output);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
