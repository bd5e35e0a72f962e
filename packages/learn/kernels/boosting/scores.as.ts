// Raw scores of rows.

/** Adds a leaf's value to the scores of its rows. */
export function addToScores(scores: usize, rows: usize, count: i32, value: f32): void {
  for (let k: i32 = 0; k < count; k++) {
    const score = scores + ((<usize>load<u32>(rows + ((<usize>k) << 2))) << 2);
    store<f32>(score, load<f32>(score) + value);
  }
}
