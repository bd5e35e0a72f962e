// The kernels that search for the splits of forests, gathered from the files of forest/. They work on
// one block of state, written down in forest/state.as.ts; the same search in TypeScript, which gives
// the same bits, is src/forest/typescript-splitter.ts.

export { visitNode } from './forest/visit.as';
