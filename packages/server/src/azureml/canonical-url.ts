// Azure's addresses in the one spelling that the routes have. Clients write `pipelineruns` and
// `PipelineRuns`, and the oldest of them the prefix `/api/v1.0`. Names in an address are left alone:
// they mean something in their own spelling.
import { azureAddresses, mlflowBelowWorkspace } from './addresses.ts';

interface Pattern {
  readonly segments: readonly string[];
  /** How many segments are words and no names: the most exact pattern is the right one. */
  readonly words: number;
}

const patterns: readonly Pattern[] = azureAddresses
  .map((address) => {
    const segments = address.split('/').slice(1);
    return { segments, words: segments.filter(isWord).length };
  })
  .toSorted((a, b) => b.words - a.words);

const azurePrefix = /^\/+(pipelines|history|modelmanagement|mlflow|api\/v1\.0\/subscriptions)\//i;

/**
 * @param url path and query, as they came.
 * @returns the same where it is none of Azure's addresses.
 */
export function canonicalUrl(url: string, workspaceName: string): string {
  if (!azurePrefix.test(url)) return url;
  const end = url.indexOf('?');
  const path = (end === -1 ? url : url.slice(0, end)).replace(/^\/+/, '/').replace(/\/+$/, '');
  const query = end === -1 ? '' : url.slice(end);
  return `${mlflowPath(path, workspaceName) ?? canonicalPath(path) ?? path}${query}`;
}

function mlflowPath(path: string, workspaceName: string): string | null {
  const [, workspace = '', rest] = mlflowBelowWorkspace.exec(path) ?? [];
  if (rest === undefined || !isSameWorkspace(decoded(workspace), workspaceName)) return null;
  return rest;
}

/** Azure's names of resources are the same in any case. */
export function isSameWorkspace(name: string, workspaceName: string): boolean {
  return name.toLowerCase() === workspaceName.toLowerCase();
}

function canonicalPath(path: string): string | null {
  const segments = path
    .replace(/^\/api\//i, '/pipelines/')
    .replace(/\/runs(?::|%3a)query$/i, '/runs/query')
    .split('/')
    .slice(1);
  const pattern = patterns.find((each) => fits(each, segments));
  if (pattern === undefined) return null;
  const spelt = pattern.segments.map((word, index) => (isWord(word) ? word : segments[index]));
  return `/${spelt.join('/')}`;
}

function fits(pattern: Pattern, segments: readonly string[]): boolean {
  if (pattern.segments.length !== segments.length) return false;
  return pattern.segments.every(
    (word, index) => !isWord(word) || isSameWord(word, segments[index] ?? ''),
  );
}

function isSameWord(word: string, segment: string): boolean {
  return word.toLowerCase() === decoded(segment).toLowerCase();
}

function isWord(segment: string): boolean {
  return !segment.startsWith(':');
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
