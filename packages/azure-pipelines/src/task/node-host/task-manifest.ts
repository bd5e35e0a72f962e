// A task's `task.json`: what the host needs of it, checked, as others wrote it.

import { readFile } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { TaskFailure } from '../task-outcome.ts';

export interface TaskManifest {
  readonly folder: string;
  readonly id?: string;
  readonly name: string;
  readonly major: number;
  readonly inputs: readonly ManifestInput[];
  readonly outputVariables: readonly string[];
  readonly pre?: NodeHandler;
  readonly main: NodeHandler;
  readonly post?: NodeHandler;
}

export interface ManifestInput {
  readonly name: string;
  /** `string`, `multiLine`, `boolean`, `pickList`, `filePath`, `connectedService:AzureRM`, ... */
  readonly type: string;
  readonly aliases: readonly string[];
  readonly required: boolean;
  readonly defaultValue?: string;
  readonly visibleRule?: string;
  /** Of a pick list that takes no other values. */
  readonly options?: readonly string[];
}

export interface NodeHandler {
  /** An absolute path inside the task's folder. */
  readonly script: string;
  readonly workingDirectory?: string;
}

type Json = Readonly<Record<string, unknown>>;

/** @throws TaskFailure for a folder that holds no task that Node can run */
export async function readTaskManifest(folder: string): Promise<TaskManifest> {
  const file = join(folder, 'task.json');
  const json = parseObject(await readFile(file, 'utf8').catch(() => missing(file)), file);
  const name = textOf(json.name);
  const main = handlerOf(folder, json.execution);
  if (name === undefined) throw new TaskFailure(`${file} has no 'name'`);
  if (main === undefined) throw new TaskFailure(noHandler(name, json.execution));
  const pre = handlerOf(folder, json.prejobexecution);
  const post = handlerOf(folder, json.postjobexecution);
  const id = textOf(json.id);
  return {
    folder,
    name,
    major: Number.parseInt(textOf(objectOf(json.version).Major) ?? '0', 10) || 0,
    inputs: listOf(json.inputs).map(inputOf),
    outputVariables: listOf(json.OutputVariables ?? json.outputVariables).flatMap(
      (one) => textOf(objectOf(one).name) ?? [],
    ),
    main,
    ...(id === undefined ? {} : { id }),
    ...(pre === undefined ? {} : { pre }),
    ...(post === undefined ? {} : { post }),
  };
}

function missing(file: string): never {
  throw new TaskFailure(`${file} is not there, so its folder is no task`);
}

function parseObject(text: string, file: string): Json {
  try {
    const json: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
    if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json as Json;
  } catch {
    // Told below, as for JSON of another shape.
  }
  throw new TaskFailure(`${file} is no JSON object`);
}

/** The handler of the newest Node that the task has one for: Node, Node10, Node16, Node20_1, ... */
function handlerOf(folder: string, handlers: unknown): NodeHandler | undefined {
  const known = Object.entries(objectOf(handlers)).flatMap(([key, handler]) => {
    const match = /^Node(\d*)(?:_\d+)?$/i.exec(key);
    return match === null ? [] : [{ version: Number(match[1] || 6), handler: objectOf(handler) }];
  });
  const newest = known.sort((a, b) => b.version - a.version)[0]?.handler;
  const target = textOf(newest?.target);
  if (newest === undefined || target === undefined) return undefined;
  const workingDirectory = textOf(newest.workingDirectory);
  return {
    script: insideFolder(folder, target),
    ...(workingDirectory === undefined ? {} : { workingDirectory }),
  };
}

function insideFolder(folder: string, target: string): string {
  const script = resolve(folder, target.replaceAll('\\', '/'));
  const path = relative(folder, script);
  if (!path.startsWith('..') && !isAbsolute(path)) return script;
  throw new TaskFailure(`The handler '${target}' lies outside of its task's folder`);
}

function noHandler(name: string, handlers: unknown): string {
  const known = Object.keys(objectOf(handlers)).join(', ') || 'none';
  return `The task '${name}' has no handler for Node (it has: ${known}), so it cannot run here`;
}

function inputOf(json: unknown): ManifestInput {
  const input = objectOf(json);
  const type = textOf(input.type) ?? 'string';
  const defaultValue = textOf(input.defaultValue);
  const visibleRule = textOf(input.visibleRule);
  const options = Object.keys(objectOf(input.options));
  const editable = textOf(objectOf(input.properties).EditableOptions)?.toLowerCase() === 'true';
  return {
    name: textOf(input.name) ?? '',
    type,
    aliases: listOf(input.aliases).flatMap((alias) => textOf(alias) ?? []),
    required: textOf(input.required)?.toLowerCase() === 'true',
    ...(defaultValue === undefined ? {} : { defaultValue }),
    ...(visibleRule === undefined ? {} : { visibleRule }),
    ...(options.length === 0 || editable ? {} : { options }),
  };
}

/** Files of tasks write booleans and numbers with and without quotes. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'boolean' || typeof value === 'number' ? String(value) : undefined;
}

function objectOf(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Json)
    : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
