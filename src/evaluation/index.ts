export { BaselinePredictor } from './baseline-predictor';
export { CompiledModel } from './compiled-model';
export { evaluate, summarise } from './evaluate';
export { ModelPredictor, recurrentRows } from './model-predictor';
