// An expression and what it can see → a value. Arguments are evaluated when a function asks.
import { accessAll, accessIndex } from './access.ts';
import { checkArgumentCount, unknownFunction, unknownName } from './check-names.ts';
import type { EvaluationContext } from './evaluation-context.ts';
import type { CallExpression, Expression, NameExpression, PathExpression } from './expression.ts';
import { ExpressionMistake } from './expression-mistake.ts';
import type { FunctionDefinition } from './functions/function-definition.ts';
import { genericFunctions } from './functions/generic-functions.ts';
import { MemoryMeter } from './memory-meter.ts';
import { Operand } from './operand.ts';
import { printExpression } from './print-expression.ts';
import { NodeTrace, traceText } from './trace.ts';
import { kindOf, type Value } from './value.ts';

/** Throws nothing but ExpressionMistake. */
export function evaluate(expression: Expression, context: EvaluationContext): Value {
  const evaluation = new Evaluation(context);
  context.trace?.info(`Evaluating: ${printExpression(expression)}`);
  const { value } = evaluation.evaluate(expression, 0);
  evaluation.traceResult(expression, value);
  return value;
}

class Evaluation {
  readonly #context: EvaluationContext;
  readonly #memory: MemoryMeter;
  /** What an expanded trace shows for a part of the expression. */
  readonly #realized: Map<Expression, string> | undefined;

  constructor(context: EvaluationContext) {
    this.#context = context;
    this.#memory = new MemoryMeter(context.onMemory);
    this.#realized = context.trace && new Map();
  }

  evaluate(expression: Expression, level: number): Operand {
    const trace = this.#traceAt(level);
    switch (expression.kind) {
      case 'literal':
        trace?.evaluating(kindOf(expression.value));
        return this.#done(expression, expression.value, trace);
      case 'name':
        trace?.evaluating(expression.name);
        return this.#done(expression, this.#name(expression), trace);
      case 'call':
        trace?.evaluating(expression.name);
        return this.#done(expression, this.#call(expression, level), trace);
      case 'path':
        return this.#done(expression, this.#path(expression, level), trace);
    }
  }

  traceResult(expression: Expression, value: Value): void {
    const { trace } = this.#context;
    if (trace === undefined) return;
    const expanded = printExpression(expression, (part) => this.#realized?.get(part));
    const result = this.#text(value);
    const isSame =
      expanded === result || (kindOf(value) === 'Number' && expanded === `'${result}'`);
    if (!isSame) trace.info(`Expanded: ${expanded}`);
    trace.info(`Result: ${result}`);
  }

  #done(expression: Expression, value: Value, trace: NodeTrace | undefined): Operand {
    trace?.value(value);
    if (this.#realized !== undefined && !expandsToCall(expression)) {
      this.#realized.set(expression, this.#text(value));
    }
    return new Operand(value, expression.offset, trace);
  }

  #text(value: Value): string {
    const { trace } = this.#context;
    return traceText(value, (text) => trace?.mask?.(text) ?? text);
  }

  #traceAt(level: number): NodeTrace | undefined {
    const { trace } = this.#context;
    return trace?.verbose === undefined ? undefined : new NodeTrace(trace, level);
  }

  #name({ name, offset }: NameExpression): Value {
    const value = locate(offset, () => this.#context.valueOf(name));
    if (value === undefined) throw unknownName(name, offset, this.#context.names);
    return value;
  }

  #path({ target, steps }: PathExpression, level: number): Value {
    // The innermost access is the deepest node of the original's tree.
    for (let depth = 0; depth < steps.length; depth += 1) {
      this.#traceAt(level + depth)?.evaluating('indexer');
    }
    let { value } = this.evaluate(target, level + steps.length);
    for (const [position, step] of steps.entries()) {
      const stepLevel = level + steps.length - 1 - position;
      if (step.kind === 'wildcard') value = accessAll(value, this.#memory);
      else {
        const index = this.evaluate(step.index, stepLevel + 1).value;
        const from = value;
        value = locate(step.offset, () => accessIndex(from, index, this.#memory));
      }
      if (stepLevel > level) this.#traceAt(stepLevel)?.value(value);
    }
    return value;
  }

  #call(call: CallExpression, level: number): Value {
    const generic = genericFunctions.get(call.name.toLowerCase());
    if (generic !== undefined) return this.#generic(call, generic, level);
    const own = this.#context.functions.get(call.name.toLowerCase());
    if (own === undefined) {
      throw unknownFunction(call.name, call.offset, this.#context.functions.keys());
    }
    checkArgumentCount(call, own);
    const values = call.arguments.map((argument) => this.evaluate(argument, level + 1).value);
    return locate(call.offset, () => own.call(values));
  }

  #generic(call: CallExpression, definition: FunctionDefinition, level: number): Value {
    checkArgumentCount(call, definition);
    const operands = new Map<number, Operand>();
    const argument = (index: number): Operand => {
      const part = call.arguments[index];
      const operand =
        operands.get(index) ??
        (part === undefined ? new Operand(null) : this.evaluate(part, level + 1));
      operands.set(index, operand);
      return operand;
    };
    const fail = (message: string): never => {
      throw new ExpressionMistake('EXPRESSION_FAILED', call.offset, message);
    };
    const view = { count: call.arguments.length, memory: this.#memory, argument, fail };
    return locate(call.offset, () => definition.call(view));
  }
}

function expandsToCall(expression: Expression): boolean {
  if (expression.kind === 'literal') return true;
  if (expression.kind !== 'call') return false;
  return genericFunctions.get(expression.name.toLowerCase())?.expandsTo === 'call';
}

/** Gives a mistake of a place that knows no offsets the offset of the part that was evaluated. */
function locate<T>(offset: number, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ExpressionMistake) || error.offset !== 0) throw error;
    throw new ExpressionMistake(error.code, offset, error.message);
  }
}
