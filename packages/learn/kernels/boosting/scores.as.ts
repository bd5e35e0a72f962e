// Raw scores of rows.

/**
 * Adds each leaf's value (float32) to the scores of its rows. `segments` has two int32 a leaf: address
 * of its first row and number of its rows.
 */
export function addLeafValues(scores: usize, segments: usize, values: usize, leafCount: i32): void {
  for (let leaf: usize = 0; leaf < <usize>leafCount; leaf++) {
    const value = load<f32>(values + (leaf << 2));
    let row = <usize>load<u32>(segments + (leaf << 3));
    const end = row + ((<usize>load<u32>(segments + (leaf << 3), 4)) << 2);
    for (; row < end; row += 4) {
      const score = scores + ((<usize>load<u32>(row)) << 2);
      store<f32>(score, load<f32>(score) + value);
    }
  }
}
