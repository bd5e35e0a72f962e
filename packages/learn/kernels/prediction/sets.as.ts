// Sets of categories: the number of 32-bit words, then the words.

/** Whether the code `value`, which is not missing, is in the set. */
export function isInSet(value: f32, set: usize): bool {
  const words = load<u32>(set);
  if (!(value >= 0 && value < <f32>(words << 5))) return false;
  const code = <u32>value;
  return ((load<u32>(set + ((<usize>(code >> 5)) << 2), 4) >> (code & 31)) & 1) !== 0;
}
