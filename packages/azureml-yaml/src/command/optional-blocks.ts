// `$[[ … ]]` in a command: its content stands only where all inputs in it have values.
import { expressionsIn } from '../expression/template.ts';

const blockStart = '$[[';
const blockEnd = ']]';

export interface OptionalBlock {
  /** Index of its `$`. */
  readonly start: number;
  /** Index after its last `]`. */
  readonly end: number;
  readonly isClosed: boolean;
  /** The inputs that stand in it. */
  readonly inputs: readonly string[];
}

/** In the order of the text; blocks do not stand in one another. */
export function optionalBlocks(text: string): OptionalBlock[] {
  const blocks: OptionalBlock[] = [];
  let start = text.indexOf(blockStart);
  while (start !== -1) {
    const close = text.indexOf(blockEnd, start + blockStart.length);
    const end = close === -1 ? text.length : close + blockEnd.length;
    blocks.push({ start, end, isClosed: close !== -1, inputs: inputsIn(text.slice(start, end)) });
    start = text.indexOf(blockStart, end);
  }
  return blocks;
}

function inputsIn(text: string): string[] {
  return expressionsIn(text).flatMap(({ reference }) =>
    reference?.kind === 'input' ? [reference.name] : [],
  );
}

/** The text with its blocks gone, or only their brackets. Spaces stand in for what goes, so that
 * all that stays is where it was.
 * @param isPresent whether an input has a value */
export function resolveBlocks(text: string, isPresent: (input: string) => boolean): string {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end, isClosed, inputs } of optionalBlocks(text)) {
    if (!isClosed) break;
    parts.push(text.slice(at, start));
    parts.push(
      inputs.every(isPresent) ? withoutBrackets(text, start, end) : ' '.repeat(end - start),
    );
    at = end;
  }
  parts.push(text.slice(at));
  return parts.join('');
}

function withoutBrackets(text: string, start: number, end: number): string {
  const inner = text.slice(start + blockStart.length, end - blockEnd.length);
  return `${' '.repeat(blockStart.length)}${inner}${' '.repeat(blockEnd.length)}`;
}
