// A value that a function works on: cast, compared, each cast traced. The left operand of a
// comparison decides as what the right one is taken.
import { castToDateTime, castToNumber, castToText, castToVersion, isNullLike } from './casts.ts';
import type { Decimal } from './decimal.ts';
import { ExpressionMistake } from './expression-mistake.ts';
import { foldCase } from './fold-case.ts';
import type { NodeTrace } from './trace.ts';
import { isTruthy, kindOf, type Value, type ValueKind } from './value.ts';

export class Operand {
  readonly value: Value;
  readonly #offset: number;
  readonly #trace: NodeTrace | undefined;

  constructor(value: Value, offset = 0, trace?: NodeTrace) {
    this.value = value;
    this.#offset = offset;
    this.#trace = trace;
  }

  toBoolean(): boolean {
    const result = isTruthy(this.value);
    if (typeof this.value !== 'boolean') this.#trace?.value(result);
    return result;
  }

  toText(): string {
    return this.#cast(castToText, 'String') ?? this.#refuse('String');
  }

  toNumber(): Decimal {
    return this.#cast(castToNumber, 'Number') ?? this.#refuse('Number');
  }

  equals(right: Operand): boolean {
    const { value } = this;
    if (value === null) return right.#isNullLike();
    if (typeof value === 'boolean') return value === right.toBoolean();
    if (typeof value === 'object' && (value.kind === 'array' || value.kind === 'object')) {
      return value === right.value;
    }
    return this.#order(right) === 0;
  }

  /** Null, arrays and objects on the left are compared as numbers, and fail where they are none. */
  compareTo(right: Operand): number {
    const { value } = this;
    if (typeof value === 'boolean') return Number(value) - Number(right.toBoolean());
    const kind = kindOf(value);
    const isScalar = value !== null && kind !== 'Array' && kind !== 'Object';
    const left = isScalar ? this : new Operand(this.toNumber());
    return left.#order(right) ?? right.#refuse(kindOf(left.value));
  }

  /** Undefined when the right one cannot be taken as the left one's kind. */
  #order(right: Operand): number | undefined {
    const { value } = this;
    if (typeof value === 'string') {
      const text = right.#cast(castToText, 'String');
      return text === undefined ? undefined : compareTexts(value, text);
    }
    if (typeof value !== 'object' || value === null) return undefined;
    switch (value.kind) {
      case 'number':
        return compared(right.#cast(castToNumber, 'Number'), (other) => value.compareTo(other));
      case 'version':
        return compared(right.#cast(castToVersion, 'Version'), (other) => value.compareTo(other));
      case 'dateTime':
        return compared(right.#cast(castToDateTime, 'DateTime'), (other) => value.compareTo(other));
      default:
        return undefined;
    }
  }

  #isNullLike(): boolean {
    if (isNullLike(this.value)) {
      if (this.value !== null) this.#trace?.value(null);
      return true;
    }
    this.#trace?.castFailed(kindOf(this.value), 'Null');
    return false;
  }

  #cast<T extends Value>(cast: (value: Value) => T | undefined, kind: ValueKind): T | undefined {
    const result = cast(this.value);
    if (result === undefined) this.#trace?.castFailed(kindOf(this.value), kind);
    else if (kindOf(this.value) !== kind) this.#trace?.value(result);
    return result;
  }

  /** The value itself is not shown: it may be a secret. */
  #refuse(kind: ValueKind): never {
    const from = kindOf(this.value);
    throw new ExpressionMistake(
      'EXPRESSION_FAILED',
      this.#offset,
      `a value of kind ${from} stands where one of kind ${kind} is needed, and cannot be made ` +
        `one; ${adviceFor(from, kind)}`,
    );
  }
}

function compared<T>(right: T | undefined, compare: (right: T) => number): number | undefined {
  return right === undefined ? undefined : compare(right);
}

function compareTexts(left: string, right: string): number {
  if (left === right) return 0;
  const [a, b] = [foldCase(left), foldCase(right)];
  return a < b ? -1 : a > b ? 1 : 0;
}

function adviceFor(from: ValueKind, to: ValueKind): string {
  if (to === 'String') return 'take one of its values, or write join(…) or convertToJson(…)';
  if (from === 'Array' || from === 'Object') return 'take one of its values';
  return 'put the value whose kind is meant on the left';
}
