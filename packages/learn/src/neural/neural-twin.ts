// The kernels of neural networks in TypeScript: the oracle of the compiled ones, and what runs where
// there are none. `Math.fround` after every operation makes doubles into float32 arithmetic exactly.

import { heapOf } from '../kernels/heap.ts';
import type { LinearMemory } from '../kernels/web-assembly.ts';
import type { NeuralKernels } from './neural-kernels.ts';

const { fround } = Math;

export function neuralTwin(memory: LinearMemory): NeuralKernels {
  const { f32 } = heapOf(memory);
  return {
    multiply(a, aRow, aColumn, b, c, rows, inner, width) {
      for (let i = 0; i < rows; i++) {
        const to = (c >> 2) + i * width;
        for (let k = 0; k < inner; k++) {
          const factor = f32[(a + i * aRow + k * aColumn) >> 2];
          const from = (b >> 2) + k * width;
          for (let j = 0; j < width; j++) {
            f32[to + j] = fround(f32[to + j] + fround(factor * f32[from + j]));
          }
        }
      }
    },
    rectify(values, length) {
      for (let at = values >> 2; at < (values >> 2) + length; at++) {
        f32[at] = Math.max(f32[at], 0);
      }
    },
    rectifySlopes(slopes, values, length) {
      for (let i = 0; i < length; i++) {
        if (!(f32[(values >> 2) + i] > 0)) f32[(slopes >> 2) + i] = 0;
      }
    },
    adam(values, gradient, first, second, length, decay, rate, beta1, beta2, epsilon) {
      const take1 = fround(1 - fround(beta1));
      const take2 = fround(1 - fround(beta2));
      for (let i = 0; i < length; i++) {
        const value = f32[(values >> 2) + i];
        const slope = fround(f32[(gradient >> 2) + i] + fround(fround(decay) * value));
        const m = fround(fround(fround(beta1) * f32[(first >> 2) + i]) + fround(take1 * slope));
        const square = fround(slope * slope);
        const v = fround(fround(fround(beta2) * f32[(second >> 2) + i]) + fround(take2 * square));
        const size = fround(fround(Math.sqrt(v)) + fround(epsilon));
        f32[(first >> 2) + i] = m;
        f32[(second >> 2) + i] = v;
        f32[(values >> 2) + i] = fround(value - fround(fround(fround(rate) * m) / size));
      }
    },
  };
}
