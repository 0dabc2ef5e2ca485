// TensorFlow.js without the advertisement that it prints when it first computes.
const tensorflow = require('@tensorflow/tfjs/dist/tf.node.js');

tensorflow.enableProdMode();
module.exports = tensorflow;
