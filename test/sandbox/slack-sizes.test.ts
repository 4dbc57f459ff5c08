// Every size of Slack's that a bot's message or view can meet: what is just within it is taken, one more is refused.
import { WebClient } from "@slack/web-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { codeOf, silent, town } from "./slack-bot.ts";

const x = (length: number) => "x".repeat(length);
const plain = (length: number) => ({ type: "plain_text", text: x(length) });
const mrkdwn = (length: number) => ({ type: "mrkdwn", text: x(length) });
const url = (length: number) => `https://${x(length - 8)}`;
const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));
const actions = (...elements: object[]) => [{ type: "actions", elements }];
const button = (fields: object) => actions({ type: "button", action_id: "a", text: plain(1), ...fields });
const options = (count: number) => times(count, (n) => ({ text: plain(1), value: `${n}` }));
const menu = (fields: object) =>
  actions({ type: "static_select", action_id: "a", options: options(1), ...fields });
const option = (fields: object) => menu({ options: [{ text: plain(1), value: "v", ...fields }] });
const confirm = (fields: object) =>
  button({ confirm: { title: plain(1), text: plain(1), confirm: plain(1), deny: plain(1), ...fields } });
const image = (fields: object) => [{ type: "image", image_url: url(20), alt_text: "x", ...fields }];
const table = (rows: number, columns: number) => [
  { type: "table", rows: times(rows, () => times(columns, () => ({ type: "raw_text", text: "x" }))) },
];
const divider = () => ({ type: "divider" });
const input = (fields: object) => [
  { type: "input", label: plain(1), element: { type: "plain_text_input", action_id: "a" }, ...fields },
];

type Size = readonly [what: string, size: number, make: (size: number) => unknown];

const inBlocks: readonly Size[] = [
  ["blocks of a message", 50, (n) => times(n, divider)],
  ["words of a section", 3000, (n) => [{ type: "section", text: mrkdwn(n) }]],
  ["words of a header", 150, (n) => [{ type: "header", text: plain(n) }]],
  ["fields of a section", 10, (n) => [{ type: "section", fields: times(n, () => mrkdwn(1)) }]],
  ["words of a field", 2000, (n) => [{ type: "section", fields: [mrkdwn(n)] }]],
  ["things in a context", 10, (n) => [{ type: "context", elements: times(n, () => mrkdwn(1)) }]],
  ["words in a context", 3000, (n) => [{ type: "context", elements: [mrkdwn(n)] }]],
  ["elements in a row", 25, (n) => actions(...times(n, () => ({ type: "button", text: plain(1) })))],
  ["a button's label", 75, (n) => button({ text: plain(n) })],
  ["a button's value", 2000, (n) => button({ value: x(n) })],
  ["a button's address", 3000, (n) => button({ url: url(n) })],
  ["a button read aloud", 75, (n) => button({ accessibility_label: x(n) })],
  ["an action's id", 255, (n) => button({ action_id: x(n) })],
  ["a block's id", 255, (n) => [{ ...divider(), block_id: x(n) }]],
  ["a placeholder", 150, (n) => menu({ placeholder: plain(n) })],
  ["options of a menu", 100, (n) => menu({ options: options(n) })],
  ["an option's label", 75, (n) => option({ text: plain(n) })],
  ["an option's value", 150, (n) => option({ value: x(n) })],
  ["an option's description", 75, (n) => option({ description: plain(n) })],
  ["options behind dots", 5, (n) => actions({ type: "overflow", options: options(n) })],
  ["options to tick", 10, (n) => actions({ type: "checkboxes", options: options(n) })],
  ["options of which one", 10, (n) => actions({ type: "radio_buttons", options: options(n) })],
  ["a question's title", 100, (n) => confirm({ title: plain(n) })],
  ["a question's words", 300, (n) => confirm({ text: plain(n) })],
  ["a question's yes", 30, (n) => confirm({ confirm: plain(n) })],
  ["a question's no", 30, (n) => confirm({ deny: plain(n) })],
  ["a picture's words", 2000, (n) => image({ alt_text: x(n) })],
  ["a picture's address", 3000, (n) => image({ image_url: url(n) })],
  ["a picture's title", 2000, (n) => image({ title: plain(n) })],
  ["rows of a table", 100, (n) => table(n, 1)],
  ["columns of a table", 20, (n) => table(1, n)],
  ["Markdown", 12_000, (n) => [{ type: "markdown", text: x(n) }]],
];

const inMessages: readonly (readonly [...Size, code: string])[] = [
  ["words", 40_000, (n) => ({ text: x(n) }), "msg_too_long"],
  [
    "what all blocks show",
    13_200,
    (n) => ({
      blocks: [...times(4, () => 3000), n - 12_000].map((each) => ({ type: "section", text: mrkdwn(each) })),
    }),
    "msg_blocks_too_long",
  ],
  ["attachments", 100, (n) => ({ attachments: times(n, () => ({ fallback: "x" })) }), "too_many_attachments"],
  [
    "metadata, in bytes",
    16_000,
    (n) => ({
      metadata: {
        event_type: "x",
        event_payload: { a: x(n - JSON.stringify({ event_type: "x", event_payload: { a: "" } }).length) },
      },
    }),
    "metadata_too_large",
  ],
];

const inViews: readonly Size[] = [
  ["blocks of a view", 100, (n) => ({ blocks: times(n, divider) })],
  ["private metadata", 3000, (n) => ({ private_metadata: x(n) })],
  ["a view's callback id", 255, (n) => ({ callback_id: x(n) })],
  ["a view's own id", 255, (n) => ({ external_id: x(n) })],
  ["a field's label", 2000, (n) => ({ blocks: input({ label: plain(n) }) })],
  ["a field's hint", 2000, (n) => ({ blocks: input({ hint: plain(n) }) })],
  [
    "what a field takes",
    3000,
    (n) => ({ blocks: input({ element: { type: "plain_text_input", max_length: n } }) }),
  ],
];

describe("in the local Slack", () => {
  let world: Awaited<ReturnType<typeof town>>;
  let client: WebClient;
  beforeAll(async () => {
    world = await town();
    client = new WebClient(world.slack.tokens.bot, {
      slackApiUrl: world.slack.apiUrl,
      logger: silent,
      retryConfig: { retries: 0 },
    });
  });
  afterAll(() => world.slack.stop());

  const post = (fields: object) =>
    codeOf(client.apiCall("chat.postMessage", { channel: "C1", text: "x", ...fields }));

  it.each(inBlocks)("%s: %i", async (_, size, make) => {
    expect(await post({ blocks: make(size) })).toBe("accepted");
    expect(await post({ blocks: make(size + 1) })).toBe("invalid_blocks");
  });

  it.each(inMessages)("%s of a message: %i", async (_, size, make, code) => {
    expect(await post(make(size) as object)).toBe("accepted");
    expect(await post(make(size + 1) as object)).toBe(code);
  });

  it.each(inViews)("%s: %i", async (_, size, make) => {
    const publish = (fields: unknown) => {
      const view = { type: "home", blocks: [divider()], ...(fields as object) };
      return codeOf(client.apiCall("views.publish", { user_id: "U1", view }));
    };
    expect(await publish(make(size))).toBe("accepted");
    expect(await publish(make(size + 1))).toBe("invalid_arguments");
  });

  it("words of a message that is changed: 4,000", async () => {
    const { ts } = await client.chat.postMessage({ channel: "C1", text: "x" });
    const change = (text: string) => codeOf(client.chat.update({ channel: "C1", ts: String(ts), text }));
    expect(await change(x(4000))).toBe("accepted");
    expect(await change(x(4001))).toBe("msg_too_long");
  });
});
