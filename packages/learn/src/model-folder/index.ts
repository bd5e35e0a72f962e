export {
  holdsForecast,
  type LoadedForecast,
  loadForecastModel,
  type SaveForecastOptions,
  saveForecastModel,
} from './forecast-folder.ts';
export type { ExampleRows } from './input-example.ts';
export { type LoadedModel, loadModel } from './load-model.ts';
export type {
  ModelInfo,
  ModelSignature,
  SignatureColumn,
  SignatureColumnType,
} from './model-info.ts';
export type { NumericModelToSave, TabularModelToSave } from './model-to-save.ts';
export { predictRows, predictRowsProbabilities } from './predict-rows.ts';
export { type SaveModelOptions, type SaveSettings, saveModel } from './save-model.ts';
