// SVG as text: elements, attributes and escaped words. What a plot looks like is in the files beside.

type Attribute = string | number;

/** The longest word in a plot; names of columns and classes may be any text of any length. */
const longestText = 60;

/** An element with its children, which are SVG already. Numbers are rounded to hundredths. */
export function element(
  name: string,
  attributes: Readonly<Record<string, Attribute>>,
  children: readonly string[] = [],
): string {
  const shown = Object.entries(attributes)
    .map(
      ([key, value]) => ` ${key}="${typeof value === 'number' ? rounded(value) : escaped(value)}"`,
    )
    .join('');
  return children.length === 0
    ? `<${name}${shown}/>`
    : `<${name}${shown}>${children.join('')}</${name}>`;
}

/** A line of words; `x` and `y` are its anchor. */
export function words(
  text: string,
  x: number,
  y: number,
  attributes: Readonly<Record<string, Attribute>> = {},
): string {
  return element('text', { x, y, class: 'words', ...attributes }, [escaped(shortened(text))]);
}

/** At most `length` characters, cut in the middle of no character. */
export function shortened(text: string, length = longestText): string {
  const characters = [...text.slice(0, 4 * length)];
  return characters.length <= length
    ? characters.join('')
    : `${characters.slice(0, length - 1).join('')}…`;
}

/** Where two words meet in a path: `M0 0L1 1`. */
export function pathOf(points: readonly (readonly [number, number])[]): string {
  return points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${rounded(x)} ${rounded(y)}`).join('');
}

function rounded(value: number): string {
  return Number.isFinite(value) ? String(Math.round(value * 100) / 100) : '0';
}

/** Safe in an attribute and between tags; characters that XML does not allow become spaces. */
export function escaped(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
