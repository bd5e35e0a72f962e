// The kernels of histogram gradient boosting, gathered from the files of boosting/. Pointers are byte
// offsets into the imported memory; who calls has checked every length.

export { binColumn, binsByRow, sortFloats } from './boosting/binning.as';
export { findNumericSplit } from './boosting/find-split.as';
export { packGradients, packSoftmaxGradients, softmaxProbabilities } from './boosting/gradients.as';
export { buildHistogram, buildHistogramOf } from './boosting/histogram.as';
export { addPacked, subtractPacked } from './boosting/packed-sums.as';
export { drawRows, listRows, partitionRows } from './boosting/partition.as';
export { addLeafValues } from './boosting/scores.as';
