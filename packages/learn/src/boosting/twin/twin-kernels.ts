// All twins, bound to a memory: the fallback where nothing is compiled, and the oracle of the tests.

import { heapOf } from '../../kernels/heap.ts';
import type { LinearMemory } from '../../kernels/web-assembly.ts';
import type { BoostingKernels } from '../boosting-kernels.ts';
import { binColumn, binsByRow, sortFloats } from './binning.ts';
import { findNumericSplit } from './find-numeric-split.ts';
import { packGradients, packSoftmaxGradients, softmaxProbabilities } from './gradients.ts';
import { addPacked, buildHistogram, buildHistogramOf, subtractPacked } from './histogram.ts';
import { addLeafValues, drawRows, listRows, partitionRows } from './rows.ts';

export function twinKernels(memory: LinearMemory): BoostingKernels {
  const heap = heapOf(memory);
  return {
    binColumn: binColumn.bind(null, heap),
    binsByRow: binsByRow.bind(null, heap),
    sortFloats: sortFloats.bind(null, heap),
    packGradients: packGradients.bind(null, heap),
    packSoftmaxGradients: packSoftmaxGradients.bind(null, heap),
    softmaxProbabilities: softmaxProbabilities.bind(null, heap),
    buildHistogram: buildHistogram.bind(null, heap),
    buildHistogramOf: buildHistogramOf.bind(null, heap),
    addPacked: addPacked.bind(null, heap),
    subtractPacked: subtractPacked.bind(null, heap),
    findNumericSplit: findNumericSplit.bind(null, heap),
    listRows: listRows.bind(null, heap),
    drawRows: drawRows.bind(null, heap),
    partitionRows: partitionRows.bind(null, heap),
    addLeafValues: addLeafValues.bind(null, heap),
  };
}
