// The addresses of registered components and of what belongs to them: `azureml:name:version`,
// `azureml:name@latest`, and azureml://components/NAME/versions/VERSION/<path> for their files.
import { posix } from 'node:path';
import { parseAssetReference } from '@ridgeline/azureml-yaml';
import { quote } from '../checks/check-text.ts';
import { RidgelineError } from '../errors.ts';
import type { Component, ComponentText } from './component.ts';

export interface ComponentAddress {
  readonly name: string;
  /** Or 'latest'. */
  readonly version: string;
  /** Of a file or a code folder of the component, as its text has it; null for the component. */
  readonly path: string | null;
}

/** @throws RidgelineError COMPONENT_NOT_FOUND for what is no address of a component */
export function parseComponentAddress(reference: string): ComponentAddress {
  const [, name, version, path] =
    /^azureml:\/\/components\/([^/]+)\/versions\/([^/]+)(?:\/(.*))?$/s.exec(reference) ?? [];
  if (name !== undefined && version !== undefined) {
    return { name: decoded(name), version: decoded(version), path: path ?? null };
  }
  if (reference.startsWith('azureml:') && !reference.startsWith('azureml:/')) {
    return ofAssetReference(reference);
  }
  throw notAnAddress(reference);
}

export function componentBase({ name, version }: Pick<Component, 'name' | 'version'>): string {
  return `azureml://components/${name}/versions/${version}`;
}

/** The text of the component, or of one of its files; null where it has no such file. */
export function componentText(component: Component, path: string | null): ComponentText | null {
  const base = componentBase(component);
  const { name, version, text } = component;
  if (path === null) return { text, fileName: `azureml:${name}:${version}`, codeBase: base };
  const found = Object.entries(component.components).find(([key]) => isSamePath(key, path));
  if (found === undefined) return null;
  const folder = posix.dirname(posix.normalize(found[0]));
  const codeBase = folder === '.' ? base : `${base}/${folder}`;
  return { text: found[1].text, fileName: `${base}/${posix.normalize(path)}`, codeBase };
}

/** The id of the code that a path of the component stands for; null where there is none. */
export function componentCode(component: Component, path: string): string | null {
  const entries = Object.entries(component.code);
  const found = entries.find(([key]) => key === `./${path}`);
  return (found ?? entries.find(([key]) => isSamePath(key, path)))?.[1] ?? null;
}

// `./src`, `src` and `src/` are the same folder; so is `/src` of the machine where it was registered.
function isSamePath(one: string, other: string): boolean {
  const plain = (path: string) => posix.join(path, '.').replace(/^\/+|\/+$/g, '');
  return plain(one) === plain(other);
}

function ofAssetReference(reference: string): ComponentAddress {
  try {
    const { name, version, label } = parseAssetReference(reference);
    return { name, version: version ?? label ?? 'latest', path: null };
  } catch (cause) {
    throw notAnAddress(reference, cause);
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function notAnAddress(reference: string, cause?: unknown): RidgelineError {
  const message = `${quote(reference)} names no component; write 'azureml:name:version' or 'azureml:name@latest'`;
  return new RidgelineError('COMPONENT_NOT_FOUND', message, { cause });
}
