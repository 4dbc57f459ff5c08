// The address over which a command is answered later: how often, and with what.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { boltBot, town } from "./slack-bot.ts";

describe("response addresses of the local Slack", () => {
  let world: Awaited<ReturnType<typeof town>>;
  let bot: Awaited<ReturnType<typeof boltBot>>;
  beforeEach(async () => {
    world = await town({});
    bot = await boltBot(world.slack);
  });
  afterEach(async () => {
    await bot.stop();
    await world.slack.stop();
  });

  /** Where a command that somebody gave is answered. */
  async function responseAddress(): Promise<string> {
    let address = "";
    bot.app.command("/request", async ({ ack, command }) => {
      await ack();
      address = command.response_url;
    });
    await world.slack.slash("U2", "C1", "/request list");
    return address;
  }

  it("answers over the response address, five times", async () => {
    const { slack } = world;
    const address = await responseAddress();
    const answer = (body: object) => fetch(address, { method: "POST", body: JSON.stringify(body) });
    for (let count = 1; count <= 5; count += 1) {
      const response = await answer({
        text: `part ${count}`,
        response_type: count === 5 ? "in_channel" : "ephemeral",
      });
      expect(response.status).toBe(200);
    }
    expect((await answer({ text: "part 6" })).status).toBe(404);
    expect(slack.seenBy("U2")).toHaveLength(5);
    expect(slack.messages("C1").map(({ text }) => text)).toEqual(["part 5"]);
    expect(world.refusals()).toMatchObject([{ method: "response_url", code: "used_url" }]);
  });

  it("refuses what is no JSON object at a response address, which keeps its other uses", async () => {
    const { slack } = world;
    const address = await responseAddress();
    for (const body of ["plain words", '["a list"]', ""]) {
      const response = await fetch(address, { method: "POST", body });
      expect(response.status).toBe(400);
      expect(await response.json()).toEqual({ ok: false, error: "invalid_payload" });
    }
    expect(slack.seenBy("U2")).toEqual([]);
    expect(world.refusals().map(({ code }) => code)).toEqual(Array(3).fill("invalid_payload"));
    const response = await fetch(address, { method: "POST", body: JSON.stringify({ text: "at last" }) });
    expect(response.status).toBe(200);
  });
});
