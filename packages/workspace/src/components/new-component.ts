// What a caller hands in to make a component, and its checks.
import { createHash } from 'node:crypto';
import { checkAssetName, checkAssetVersion } from '../checks/check-asset.ts';
import { checkName, checkText, invalid, quote } from '../checks/check-text.ts';
import type { ComponentText } from './component.ts';

export interface NewComponent {
  /** 1 to 255 letters, digits, '_', '-' and '.', starting with a letter or digit. */
  readonly name: string;
  /** Default: that of the latest version if it is the same, else the next whole number. */
  readonly version?: string;
  /** Azure ML's component YAML, at most 1 MiB. */
  readonly text: string;
  /** For messages. */
  readonly fileName: string;
  /** For each `code` path of the text, the id of the uploaded code. */
  readonly code?: Readonly<Record<string, string>>;
  /** The component files that a pipeline component names, by reference. */
  readonly components?: Readonly<Record<string, ComponentText>>;
}

export interface CheckedComponent {
  readonly name: string;
  /** Null for the next one. */
  readonly version: string | null;
  readonly text: string;
  readonly fileName: string;
  readonly code: Readonly<Record<string, string>>;
  readonly components: Readonly<Record<string, ComponentText>>;
  readonly digest: string;
}

const textLength = 1_048_576;
const allTextLength = 8_388_608;
const pathLength = 1_024;
const entries = 200;

/** @throws RidgelineError INVALID_PARAMETER_VALUE */
export function checkNewComponent(component: NewComponent): CheckedComponent {
  const text = checkName('the text of a component', component.text, textLength);
  const code = mapEntries('code', component.code, checkCodeId);
  const components = mapEntries('components', component.components, checkComponentText);
  const length = Object.values(components).reduce(
    (sum, part) => sum + part.text.length,
    text.length,
  );
  if (length > allTextLength) {
    throw invalid(`a component's files had length ${length}, at most ${allTextLength} is allowed`);
  }
  return {
    name: checkAssetName('component name', component.name),
    version: component.version === undefined ? null : checkAssetVersion(component.version),
    text,
    fileName: checkName('file name', component.fileName, pathLength),
    code,
    components,
    digest: digestOf(text, code, components),
  };
}

function mapEntries<T>(
  label: string,
  given: Readonly<Record<string, unknown>> | undefined,
  check: (key: string, value: unknown) => T,
): Readonly<Record<string, T>> {
  const pairs = Object.entries(given ?? {});
  if (pairs.length > entries) {
    throw invalid(`at most ${entries} ${label} are allowed, got ${pairs.length}`);
  }
  return Object.fromEntries(
    pairs.map(([key, value]) => [
      checkName(`name in ${label}`, key, pathLength),
      check(key, value),
    ]),
  );
}

function checkCodeId(key: string, value: unknown): string {
  if (typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)) return value;
  throw invalid(`the code of ${quote(key)} must be the id of uploaded code, got ${quote(value)}`);
}

function checkComponentText(key: string, value: unknown): ComponentText {
  const { text, fileName, codeBase } = (value ?? {}) as Readonly<Record<string, unknown>>;
  return {
    text: checkName(`the text of ${quote(key)}`, text, textLength),
    fileName: checkName(`the file name of ${quote(key)}`, fileName, pathLength),
    codeBase: checkText(`the code base of ${quote(key)}`, codeBase, pathLength),
  };
}

// Names of files are for messages; what a step does hangs on the rest.
function digestOf(
  text: string,
  code: Readonly<Record<string, string>>,
  components: Readonly<Record<string, ComponentText>>,
): string {
  const parts = Object.entries(components).map(
    ([reference, { text, codeBase }]) => [reference, text, codeBase] as const,
  );
  const content = [text, Object.entries(code).sort(byKey), parts.sort(byKey)];
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}

// By code units: the same order under every locale.
function byKey(a: readonly [string, ...unknown[]], b: readonly [string, ...unknown[]]): number {
  if (a[0] === b[0]) return 0;
  return a[0] < b[0] ? -1 : 1;
}
