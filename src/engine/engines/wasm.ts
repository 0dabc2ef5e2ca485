import { engine } from '../../../registry/units';
import { EagerSource } from '../eager/source';

/** WebAssembly, operation by operation. */
@engine({
  id: 'wasm',
  title: 'WebAssembly',
  summary: "Operation by operation on TensorFlow.js's WebAssembly backend.",
  revision: 1,
  compiled: false,
  threads: false,
})
export class WebAssembly extends EagerSource {
  constructor() {
    super('wasm', ['wasm']);
  }
}
