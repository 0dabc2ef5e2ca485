/** Time is an argument like randomness; this is the only file that reads the machine's clock. */
export interface Clock {
  /** Milliseconds that never run backwards, for durations. */
  milliseconds(): number;
  /** Date and time of day in ISO 8601, for provenance. */
  timestamp(): string;
}

export const systemClock: Clock = {
  milliseconds: () => performance.now(),
  timestamp: () => new Date(Date.now()).toISOString(),
};
