// What goes over the wire, held against Discord's own description by whoever brings one. The sandbox brings none, so that
// a demonstration needs no schema validator; tests do (test/sandbox/discord-strict).

/** A REST call as it came in. */
export interface InspectedCall {
  method: string;
  /** The documented route, e.g. `/channels/:channel/messages`. */
  pattern: string;
  /** The path as it was asked for, without `/api/v10`. */
  path: string;
  query: URLSearchParams;
  /** The JSON body or `payload_json`; undefined when there is none. */
  body: unknown;
  uploads: number;
}

/** Each method returns what is wrong, in one sentence each; nothing when all is as described. */
export interface Inspector {
  /** A request with a fault is refused with 50035 and not carried out. */
  request(call: InspectedCall): readonly string[];
  /** A fault here is the local server's own, and is told as a refusal with code `500`. */
  answer(call: InspectedCall, status: number, body: unknown): readonly string[];
  /** As `answer`; `d` of a dispatch named `t`. */
  dispatch(t: string, d: unknown): readonly string[];
}
