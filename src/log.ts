import { type Logger, pino, stdTimeFunctions } from "pino";

export type Log = Pick<Logger, "error" | "warn" | "info" | "debug" | "fatal"> & {
  child(fields: object): Log;
};

/**
 * Levels have a meaning (STYLE.md, renovate). error: ours, look now. warn: look in batches. info: what an operator
 * wants to read. debug: everything, message text included; no other level may carry what people wrote.
 */
export function createLog(level: string, destination?: { write(line: string): void }): Log {
  const options = {
    level,
    base: null,
    redact: {
      paths: [
        "token",
        "*.token",
        "authorization",
        "*.authorization",
        "headers",
        "*.headers",
        "url",
        "password",
        "*.password",
      ],
      censor: "[secret]",
    },
    timestamp: stdTimeFunctions.isoTime,
  };
  return destination ? pino(options, destination) : pino(options);
}
