// TensorFlow.js with its gradients and its backend `cpu`, and without the advertisement that it prints when it first computes.
const tensorflow = require('@tensorflow/tfjs-core/dist/tf-core.node.js');

module.exports = tensorflow; // the two below load it too
require('@tensorflow/tfjs-backend-cpu');
require('../../src/engine/tfjs-gradients');
tensorflow.enableProdMode();
