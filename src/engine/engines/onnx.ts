import { engine } from '../../../registry/units';
import type { Availability, Engine, EngineOptions, EngineSource } from '../../core/contracts/engine';
import { packageFile } from '../../core/package';

const library = 'onnxruntime-node';

/** Programs as ONNX models, run by onnxruntime. */
@engine({
  id: 'onnx',
  title: 'ONNX Runtime',
  summary: "ONNX models on ONNX Runtime's CPU binary, which comes inside an optional npm package.",
  revision: 1,
  compiled: true,
  threads: true,
  automatic: 2,
})
export class Onnx implements EngineSource {
  async available(): Promise<Availability> {
    try {
      const { version } = this.load().OnnxEngine;
      const reason = 'its binary for this platform comes with the package';
      return { available: true, implementation: library, version, reason };
    } catch (error) {
      if (!isMissing(error)) throw error;
      const reason = `${library} is not installed; npm install --ignore-scripts ${library}@${wanted} brings it`;
      return { available: false, implementation: library, reason };
    }
  }

  async open({ threads }: EngineOptions): Promise<Engine> {
    return new (this.load().OnnxEngine)(threads);
  }

  private load() {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded when the engine is asked for
    return require('../onnx/engine') as typeof import('../onnx/engine');
  }
}

/** Its install script asks for CUDA parts elsewhere than at the npm registry; where it fails, npm leaves the package out. */
const wanted = packageFile.optionalDependencies[library];

const isMissing = (error: unknown): boolean =>
  (error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND' &&
  String((error as Error).message).includes(`'${library}'`);
