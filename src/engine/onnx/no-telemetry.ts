/**
 * Imported before onnxruntime, which reads this once while its binary is loaded. Without it every run of some seconds
 * writes a device id and a queue of events below the user's cache folder, and tries to send them away.
 */
process.env.ORT_DISABLE_TELEMETRY = '1';
