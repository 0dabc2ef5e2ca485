import { engine } from '../../../registry/units';
import type { Availability, Engine, EngineOptions, EngineSource } from '../../core/contracts/engine';

/** Programs as ONNX models, run by onnxruntime. */
@engine({
  id: 'onnx',
  title: 'ONNX Runtime',
  summary: "ONNX models on ONNX Runtime's CPU binary, which comes inside its npm package.",
  revision: 1,
  compiled: true,
  threads: true,
  automatic: 2,
})
export class Onnx implements EngineSource {
  async available(): Promise<Availability> {
    const reason = 'its binary for this platform comes with the package';
    const version = this.load().OnnxEngine.version;
    return { available: true, implementation: 'onnxruntime-node', version, reason };
  }

  async open({ threads }: EngineOptions): Promise<Engine> {
    return new (this.load().OnnxEngine)(threads);
  }

  private load() {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded when the engine is asked for
    return require('../onnx/engine') as typeof import('../onnx/engine');
  }
}
