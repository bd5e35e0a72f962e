// Prints the final YAML of a pipeline.
import { printJsonLine, printResult } from '../output/print.ts';
import type { ExpandOptions } from './expand-command.ts';
import { loadWell } from './load.ts';
import { withOrigins } from './with-origins.ts';

/** @throws CiFailed */
export async function expand(file: string | undefined, options: ExpandOptions): Promise<void> {
  const { prepared, compiled } = await loadWell(file, options);
  const { finalYaml: yaml, sourceMap } = compiled;
  if (options.json === true) return printJsonLine({ file: prepared.file, yaml, sourceMap });
  printResult((options.sourceMap === true ? withOrigins(yaml, sourceMap) : yaml).trimEnd());
}
