// What a pipeline asks whoever queues it: for forms, command lines and their help.

import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { type PlainValue, plainOf } from '../text/plain-value.ts';
import { type CompileInput, openMain } from './expand-templates.ts';
import { readDeclarations } from './parameter-declarations.ts';

export interface DeclaredParameter {
  readonly name: string;
  /** The name where the file gives no other. */
  readonly displayName: string;
  /** As the file has it: `string`, `boolean`, `stepList`, … */
  readonly type: string;
  /** Undefined for one that must be given. */
  readonly default?: PlainValue;
  /** All that can be given; undefined where any value of the type can. */
  readonly values?: readonly PlainValue[];
}

/** In the order of the file; none where it cannot be read, which the sink then says. */
export async function declaredParameters(
  input: Pick<CompileInput, 'file' | 'source'>,
  sink: DiagnosticSink,
): Promise<readonly DeclaredParameter[]> {
  const file = await openMain(input, sink);
  if (file === undefined) return [];
  const { byName } = readDeclarations(file, sink);
  return [...byName.values()].map(({ name, displayName, typeName, defaultValue, values }) => ({
    name,
    displayName,
    type: typeName,
    ...(defaultValue === undefined ? {} : { default: plainOf(defaultValue) }),
    ...(values === undefined ? {} : { values: values.map(plainOf) }),
  }));
}
