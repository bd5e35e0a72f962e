// What a component's own text says of it, once it is sure that it can stand in a job: it has no
// mistakes, and what it names is there.
import {
  type ComponentDefinition,
  formatDiagnostic,
  type ParsedComponent,
  parseComponent,
} from '@ridgeline/azureml-yaml';
import { quote } from '../checks/check-text.ts';
import { RidgelineError } from '../errors.ts';
import type { ComponentText } from './component.ts';
import type { CheckedComponent } from './new-component.ts';

export interface ComponentFacts {
  readonly type: string;
  readonly displayName: string | null;
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** The text of a registered component; null where there is none. */
export type FindText = (reference: string) => Promise<ComponentText | null>;

/** More are no component that somebody has written. */
const mostRegistered = 200;

/** @throws RidgelineError COMPONENT_INVALID with every mistake and its place */
export async function componentFacts(
  component: CheckedComponent,
  findText: FindText,
): Promise<ComponentFacts> {
  const { component: definition, diagnostics } = await parseWhole(component, findText);
  if (definition === null) {
    const mistakes = diagnostics.filter(({ severity }) => severity === 'error');
    throw invalid(component, mistakes.map(formatDiagnostic).join('\n'));
  }
  assertComplete(component, definition);
  const { type, displayName, description, tags } = definition;
  return { type, displayName, description: description ?? '', tags: Object.fromEntries(tags) };
}

// The parser reads nothing: it is asked again with what it was missing, until no more is to be had.
async function parseWhole(
  component: CheckedComponent,
  findText: FindText,
): Promise<ParsedComponent> {
  const { text, fileName } = component;
  const texts = new Map(Object.entries(component.components));
  const asked = new Set(texts.keys());
  for (;;) {
    const components = { get: (reference: string) => texts.get(reference) };
    const parsed = parseComponent(text, { fileName, components });
    const missing = parsed.missingComponents.filter((reference) => !asked.has(reference));
    if (missing.length === 0) return parsed;
    for (const reference of missing) {
      asked.add(reference);
      const found = reference.startsWith('azureml:') ? await findText(reference) : null;
      if (found !== null) texts.set(reference, found);
    }
    if (asked.size > mostRegistered) {
      throw invalid(component, `it names more than ${mostRegistered} components`);
    }
  }
}

function assertComplete(component: CheckedComponent, { name, code }: ComponentDefinition): void {
  if (name !== component.name) {
    throw invalid(component, `its text names it ${quote(name)}; register it under that name`);
  }
  const missing = code.filter((path) => !Object.hasOwn(component.code, path));
  if (missing.length === 0) return;
  const paths = missing.slice(0, 10).map(quote).join(', ');
  throw invalid(component, `its code ${paths} has not been uploaded; upload it first`);
}

function invalid({ name }: CheckedComponent, problem: string): RidgelineError {
  return new RidgelineError('COMPONENT_INVALID', `component '${name}' cannot be used:\n${problem}`);
}
