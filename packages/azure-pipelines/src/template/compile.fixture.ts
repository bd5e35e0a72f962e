// What the tests of this folder share: files in, plain data and lines of findings out.

import { formatDiagnostic } from '../diagnostic/diagnostic.ts';
import { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import type { MappingNode } from '../text/node.ts';
import { plainOf } from '../text/plain-value.ts';
import { type CompileInput, expandTemplates } from './expand-templates.ts';
import { sourceOf } from './template-source.ts';

export interface Compiled {
  readonly root: MappingNode | undefined;
  /** As plain data, undefined where there is no tree. */
  readonly plain: unknown;
  readonly diagnostics: readonly string[];
}

export type Files = Readonly<Record<string, string>>;

/** Compiles `main.yml` of the given files, or the one text. */
export async function compile(
  files: string | Files,
  input: Partial<CompileInput> = {},
): Promise<Compiled> {
  const sink = new DiagnosticSink();
  const source = sourceOf(typeof files === 'string' ? { 'main.yml': files } : files);
  const root = await expandTemplates({ file: 'main.yml', source, ...input }, sink);
  const diagnostics = sink.diagnostics.map(formatDiagnostic);
  return { root, plain: root && plainOf(root), diagnostics };
}

/** Of a pipeline without errors. */
export async function expand(files: string | Files, input?: Partial<CompileInput>) {
  const { plain, diagnostics } = await compile(files, input);
  const errors = diagnostics.filter((line) => !line.includes(': warning '));
  if (errors.length > 0) throw new Error(errors.join('\n'));
  return plain as Record<string, unknown>;
}

/** The first step's script, of a pipeline that consists of this expression in a step. */
export async function scriptOf(text: string, before = ''): Promise<unknown> {
  const { steps } = await expand(`${before}\nsteps:\n- script: ${text}`);
  return (steps as { script: unknown }[])[0]?.script;
}

/** The codes and places of what is found. */
export async function findings(files: string | Files, input?: Partial<CompileInput>) {
  return (await compile(files, input)).diagnostics;
}

/** A template with the declarations, called with the given parameters. */
export const filesWith = (
  declarations: string,
  given: string,
  steps = '- script: ${{ parameters.x }}',
) => ({
  'main.yml': `steps:\n- template: t.yml\n  parameters: ${given}`,
  't.yml': `parameters:\n${declarations}\nsteps:\n${steps}`,
});

/** The declaration of a parameter `x` in a list of them. */
export const typed = (type: string, more = '') => `- name: x\n  type: ${type}\n${more}`;
