// `--parameter name=value`: a list or an object is written as YAML, all else is the text as it
// stands; the parameter's type makes a number or a boolean of it.
import { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { readYaml } from '../text/read-yaml.ts';
import { toPlain } from './node-to-plain.ts';
import { invalid } from './read-settings.ts';

/** @throws LocalRunError SETTINGS_INVALID */
export function readParameter(name: string, text: string): unknown {
  if (!/^\s*(?:[[{]|-\s|[^\s:'"]+:(?:\s|$))/.test(text) || isPlainText(text)) return text;
  const sink = new DiagnosticSink();
  const node = readYaml(text, `--parameter ${name}`, sink);
  const [mistake] = sink.diagnostics.filter(({ severity }) => severity === 'error');
  if (mistake !== undefined) throw invalid(`--parameter ${name}`, mistake.message);
  return node === undefined ? '' : toPlain(node);
}

/** One line with `key: value` in it is more often a text than an object: `{key: value}` is one. */
function isPlainText(text: string): boolean {
  return !/^\s*[[{]/.test(text) && !text.includes('\n');
}
