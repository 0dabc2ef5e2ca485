const vm = require('node:vm');
const { TestEnvironment } = require('jest-environment-node');

// onnxruntime-node checks its outputs with `instanceof` against the constructors of the outer realm,
// while Jest runs each test file in a realm of its own. Sharing the binary-data constructors cures it.
const shared = [
  'ArrayBuffer',
  'SharedArrayBuffer',
  'DataView',
  'Int8Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'Int16Array',
  'Uint16Array',
  'Int32Array',
  'Uint32Array',
  'Float32Array',
  'Float64Array',
  'BigInt64Array',
  'BigUint64Array',
];

/**
 * A realm of its own for each test file. In the realm that Jest makes, every use of a global name (Math, Number, NaN)
 * goes through an interceptor, some 40 times as slow as the use itself. Node.js from 20.18 makes realms without.
 */
function plainRealm(intercepted) {
  const realm = vm.createContext(vm.constants.DONT_CONTEXTIFY);
  for (const key of Reflect.ownKeys(intercepted))
    if (!Object.hasOwn(realm, key) || key === 'console')
      Object.defineProperty(realm, key, Object.getOwnPropertyDescriptor(intercepted, key));
  realm.global = realm;
  realm.Error.stackTraceLimit = intercepted.Error.stackTraceLimit;
  return realm;
}

module.exports = class SharedRealmEnvironment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    if (!vm.constants?.DONT_CONTEXTIFY) return;
    const { fakeTimersModern, moduleMocker } = this;
    const global = plainRealm(this.global);
    this.context = this.global = global;
    this.moduleMocker = new moduleMocker.constructor(global);
    this.fakeTimersModern = new fakeTimersModern.constructor({ config: config.projectConfig, global });
  }

  async setup() {
    await super.setup();
    for (const name of shared) this.global[name] = globalThis[name];
  }
};
