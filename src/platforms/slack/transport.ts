// How the SDK's client reaches Slack: as its `fetch` it takes anything that answers in this shape. Node's own fetch wraps
// each body in web streams and costs two to three times as much CPU a call (docs/decisions/0027); this is undici's plain
// request, on the same connections.
import type { webApi } from "@slack/bolt";
import { request } from "undici";

/**
 * One request, its answer read whole. Redirects are not followed: to the SDK one is an answer that is not 200, hence an
 * error. Rejects like fetch when there is no answer, or when `signal` ends before it is read.
 */
export const transport: webApi.FetchFunction = async (
  url,
  { method = "GET", headers = {}, body = null, signal } = {},
) => {
  // The SDK makes a form of bytes alone, and pictures go another way (calls.ts).
  if (body !== null && typeof body !== "string") throw new TypeError("Only text is sent to Slack's Web API.");
  const answer = await request(url, {
    method: method === "POST" ? "POST" : "GET",
    headers,
    body,
    signal: signal ?? null,
  });
  const text = await answer.body.text();
  const { statusCode: status, statusText } = answer;
  const of = (name: string) => {
    const value = answer.headers[name];
    return Array.isArray(value) ? value.join(", ") : (value ?? null);
  };
  return {
    ok: status >= 200 && status < 300,
    status,
    statusText,
    url: String(url),
    headers: {
      get: (name) => of(name.toLowerCase()),
      entries: () => Object.keys(answer.headers).map((name) => [name, of(name) ?? ""]),
    },
    text: async () => text,
    json: async () => JSON.parse(text),
    arrayBuffer: async () => new TextEncoder().encode(text).buffer,
  };
};
