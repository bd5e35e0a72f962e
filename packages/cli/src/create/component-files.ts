// The components that a job or another component names, read as its parser asks for them: files of
// this machine by their path, registered ones from the server. Nothing else is read.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ComponentSource, ComponentText } from '@ridgeline/azureml-yaml';
import { hasCode, type RidgelineClient } from '@ridgeline/client';
import { CliError } from '../errors.ts';

/** What a parser that takes components tells of those that it has not been given. */
export interface Asking {
  readonly missingComponents: readonly string[];
}

export interface WithComponents<T> {
  readonly parsed: T;
  /** The texts of files of this machine, by reference: the server has none of them. */
  readonly local: Readonly<Record<string, ComponentText>>;
}

/** More are no pipeline that somebody has written. */
const mostComponents = 200;

/**
 * Parses again with what was missing, until nothing is, or nothing more is to be had: then the
 * parser's own mistake says where it was named.
 * @param file what references are relative to.
 */
export async function parseWithComponents<T extends Asking>(
  client: RidgelineClient,
  file: string,
  parse: (components: ComponentSource) => T,
): Promise<WithComponents<T>> {
  const texts = new Map<string, ComponentText>();
  const asked = new Set<string>();
  for (;;) {
    const parsed = parse({ get: (reference) => texts.get(reference) });
    const missing = parsed.missingComponents.filter((reference) => !asked.has(reference));
    if (missing.length === 0) return { parsed, local: localOf(texts) };
    if (asked.size + missing.length > mostComponents) {
      throw new CliError('FILE_INVALID', `${file} names more than ${mostComponents} components`);
    }
    for (const reference of missing) {
      asked.add(reference);
      const text = await readComponent(client, file, reference);
      if (text !== null) texts.set(reference, text);
    }
  }
}

function localOf(texts: ReadonlyMap<string, ComponentText>) {
  return Object.fromEntries([...texts].filter(([reference]) => !isRegistered(reference)));
}

function isRegistered(reference: string): boolean {
  return reference.startsWith('azureml:');
}

async function readComponent(
  client: RidgelineClient,
  file: string,
  reference: string,
): Promise<ComponentText | null> {
  if (isRegistered(reference)) return registeredText(client, reference);
  const isAbsolute = path.isAbsolute(reference);
  const place = isAbsolute ? reference : path.join(path.dirname(file), reference);
  try {
    const text = await readFile(place, 'utf8');
    return { text, fileName: place, codeBase: path.posix.dirname(reference) };
  } catch {
    return null;
  }
}

async function registeredText(
  client: RidgelineClient,
  reference: string,
): Promise<ComponentText | null> {
  try {
    return await client.components.text(reference);
  } catch (error) {
    if (hasCode(error, 'COMPONENT_NOT_FOUND')) return null;
    throw error;
  }
}
