// What people read besides the log is masked as the log is: of a summary with a secret in it a
// masked copy is kept.

import { randomUUID } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { AttachmentKind } from './job-host.ts';
import type { JobScope } from './job-scope.ts';

/** Larger ones are refused: nobody reads them, and they cannot be masked in memory. */
const maxBytes = 16 * 1024 * 1024;

export async function attachMasked(
  job: JobScope,
  kind: AttachmentKind,
  file: string,
  details: { readonly step: string },
): Promise<void> {
  const { host, folders } = job.settings;
  const { size } = await stat(file);
  if (size > maxBytes)
    throw new Error(`'${file}' has ${size} bytes; a ${kind} may have ${maxBytes}`);
  const named = { ...details, name: job.masker.mask(path.basename(file)) };
  const bytes = await readFile(file);
  const text = bytes.toString('utf8');
  const masked = job.masker.mask(text);
  if (masked === text) return host.attach(kind, file, named);
  const copy = path.join(folders.temp, `${randomUUID()}-${named.name}`);
  await writeFile(copy, masked);
  return host.attach(kind, copy, named);
}
