import { engine } from '../../../registry/units';
import { EagerSource } from '../eager/source';

/** JavaScript, operation by operation. */
@engine({
  id: 'cpu',
  title: 'JavaScript',
  summary: 'Operation by operation in plain JavaScript: slow, and needs nothing.',
  revision: 1,
  compiled: false,
  threads: false,
})
export class JavaScript extends EagerSource {
  constructor() {
    super('cpu', ['cpu']);
  }
}
