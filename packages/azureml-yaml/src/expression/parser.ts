// Names and dots to a reference. The grammar: name ('.' name)*, and the path must be one of seven.
import type { DiagnosticCode } from '../diagnostic/diagnostic-codes.ts';
import { hint, shorten } from '../diagnostic/did-you-mean.ts';
import { type ExpressionToken, lexExpression } from './lexer.ts';
import { type Reference, referenceShapes } from './reference.ts';

/** `at`: index into the whole scalar. */
export interface ExpressionProblem {
  readonly code: DiagnosticCode & ('EXPRESSION_SYNTAX_ERROR' | 'FEATURE_NOT_SUPPORTED');
  readonly at: number;
  readonly message: string;
}

export type ParsedExpression =
  | { readonly reference: Reference; readonly problem: null }
  | { readonly reference: null; readonly problem: ExpressionProblem };

type NameToken = Extract<ExpressionToken, { kind: 'name' }>;

export function parseExpression(text: string, start: number, end: number): ParsedExpression {
  const path: NameToken[] = [];
  const tokens = lexExpression(text, start, end);
  for (const [index, token] of tokens.entries()) {
    const expected = index % 2 === 0 ? 'name' : 'dot';
    if (token.kind === 'end' && expected === 'dot') break;
    if (token.kind !== expected) return syntaxError(token.at, whatIsWrong(token, expected));
    if (token.kind === 'name') path.push(token);
  }
  return referenceOf(path, end);
}

function whatIsWrong(token: ExpressionToken, expected: 'name' | 'dot'): string {
  if (token.kind === 'end') return 'the expression ends where a name is expected';
  if (token.text === '-') return "'-' cannot stand in a name; names are letters, digits and '_'";
  const wanted = expected === 'name' ? 'a name' : "'.' or the end of the expression";
  return `'${shorten(token.text)}' stands where ${wanted} is expected`;
}

function referenceOf(path: readonly NameToken[], end: number): ParsedExpression {
  const [first, second, third, fourth, fifth] = path;
  const words = path.map((token) => token.text);
  const shape = words.slice(0, 2).join('.');
  if (path.length === 2 && second !== undefined) {
    if (first?.text === 'inputs') return found({ kind: 'input', name: second.text });
    if (first?.text === 'outputs') return found({ kind: 'output', name: second.text });
    if (first?.text === 'search_space') return found({ kind: 'searchSpace', name: second.text });
  }
  if (path.length === 3 && third !== undefined) {
    if (shape === 'parent.inputs') return found({ kind: 'parentInput', name: third.text });
    if (shape === 'parent.outputs') return found({ kind: 'parentOutput', name: third.text });
    if (shape === 'parent.jobs') return found({ kind: 'step', name: third.text });
  }
  const ofStep = shape === 'parent.jobs' && path.length === 5;
  if (ofStep && third !== undefined && fifth !== undefined && fourth?.text === 'outputs') {
    return found({ kind: 'stepOutput', step: third.text, name: fifth.text });
  }
  return notAReference(path, end);
}

function found(reference: Reference): ParsedExpression {
  return { reference, problem: null };
}

/** Expressions that Azure ML has beyond these. */
const notBuilt: Readonly<Record<string, string>> = {
  creation_context: 'values of a schedule',
  default_datastore: 'the default datastore in a path',
  name: "the job's name in a path",
};

function notAReference(path: readonly NameToken[], end: number): ParsedExpression {
  const text = path.map((token) => token.text).join('.');
  const at = path[0]?.at ?? end;
  const root = path[0]?.text ?? '';
  const stepInput = /^parent\.jobs\.\w+\.inputs\.\w+$/.test(text);
  const feature = stepInput
    ? "another step's input"
    : Object.hasOwn(notBuilt, root)
      ? notBuilt[root]
      : undefined;
  if (feature !== undefined) {
    const advice = stepInput ? 'bind both to the same pipeline input' : 'write the value itself';
    const message = `expression '${shorten(text)}' (${feature}) is not supported; ${advice}`;
    return { reference: null, problem: { code: 'FEATURE_NOT_SUPPORTED', at, message } };
  }
  return syntaxError(at, `'${shorten(text)}' is no reference${advice(path)}`);
}

function advice(path: readonly NameToken[]): string {
  const root = path[0]?.text ?? '';
  const roots = ['inputs', 'outputs', 'parent'];
  if (!roots.includes(root)) return hint(root, roots);
  const shapes = referenceShapes.filter((shape) => shape.startsWith(root));
  return `; write ${shapes.join(' or ')}`;
}

function syntaxError(at: number, message: string): ParsedExpression {
  return { reference: null, problem: { code: 'EXPRESSION_SYNTAX_ERROR', at, message } };
}
