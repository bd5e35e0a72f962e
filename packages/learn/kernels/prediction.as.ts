// The kernels that predict with ensembles of trees, gathered from the files of prediction/. Pointers
// are byte offsets into the imported memory. What an image holds, and where, is written down beside
// the code that makes it: src/tree/quick-scorer-image.ts and src/tree/flat-image.ts.

export { walkRow, walkRows } from './prediction/flat-walk.as';
export { score32, score64 } from './prediction/quick-scorer.as';
export { scoreEight32, scoreEight64 } from './prediction/quick-scorer-simd.as';
