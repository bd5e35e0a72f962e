// A number with its noun in messages: `1 row`, `2 rows`.

export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
