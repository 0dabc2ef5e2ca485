import { engine } from '../../../registry/units';
import { EagerSource } from '../eager/source';

/** The best of TensorFlow.js that is installed, operation by operation. */
@engine({
  id: 'tensorflow',
  title: 'TensorFlow',
  summary:
    'Operation by operation on TensorFlow: tfjs-node-gpu, tfjs-node, WebAssembly or JavaScript, whichever is there first.',
  revision: 1,
  compiled: false,
  threads: false,
  automatic: 3,
})
export class TensorFlow extends EagerSource {
  constructor() {
    super('tensorflow', ['tfjs-node-gpu', 'tfjs-node', 'wasm', 'cpu']);
  }
}
