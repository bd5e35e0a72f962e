export { type LoadedModel, loadModel } from './load-model.ts';
export type {
  ModelInfo,
  ModelSignature,
  NumericColumnType,
  SignatureColumn,
} from './model-info.ts';
export { type SaveModelOptions, saveModel } from './save-model.ts';
