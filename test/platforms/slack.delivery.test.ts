// What Slack's adapter promises of connections and acknowledgements, against the local Slack through the real SDK.
import { afterEach, describe, expect, test } from "vitest";
import { SiempreError } from "../../src/errors.ts";
import { createLog } from "../../src/log.ts";
import type { Modal } from "../../src/messages/card.ts";
import { createSlack } from "../../src/platforms/slack/index.ts";
import { closeAll, type Desk, type Disposables, line, openDesk } from "./slack/desk.ts";
import { wallClock } from "./slack/local.ts";

const open: Disposables = [];
afterEach(() => closeAll(open));

/** Starts the bot and waits for both its sockets. */
async function started(desk: Desk): Promise<Desk> {
  await desk.platform.start(desk.heard);
  await desk.until("Two sockets", () => desk.slack.connections() === 2);
  return desk;
}

const faultOf = async (tried: Promise<unknown>): Promise<SiempreError> => {
  const error = await tried.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof SiempreError) return error;
  throw new Error(`No SiempreError but ${String(error)}`);
};

describe("starting", () => {
  test.each([
    ["SLACK_BOT_TOKEN", { botToken: "xoxb-wrong" }],
    ["SLACK_APP_TOKEN", { appToken: "xapp-wrong" }],
  ])("with a wrong %s names the variable, at once", async (variable, adapter) => {
    const desk = await openDesk(open, { adapter });
    const fault = await faultOf(desk.platform.start(desk.heard));
    expect(fault.code).toBe("platform_unauthorized");
    expect(fault.message).toContain(`Check ${variable}`);
    expect(fault.message).not.toContain("wrong");
    expect(desk.slack.connections()).toBe(0);
  });

  test("with the two tokens swapped names the first one at fault", async () => {
    const desk = await openDesk(open);
    const { tokens, apiUrl } = desk.slack;
    const swapped = createSlack({
      botToken: tokens.app,
      appToken: tokens.bot,
      apiUrl,
      clock: wallClock,
      log: desk.log,
    });
    const fault = await faultOf(swapped.start(desk.heard));
    expect([fault.code, fault.message.includes("SLACK_BOT_TOKEN")]).toEqual(["platform_unauthorized", true]);
  });

  test("survives a Slack that cannot be reached for a moment", async () => {
    const desk = await openDesk(open);
    desk.faults.plan("auth.test", { kind: "status", status: 503 });
    desk.faults.plan("auth.test", { kind: "cut", when: "before" });
    desk.faults.plan("apps.connections.open", { kind: "status", status: 500 }, 3);
    await started(desk);
    expect(await desk.platform.workspaces()).toEqual([{ id: desk.slack.workspace, name: "Local" }]);
  });
});

describe("two sockets", () => {
  test("share what arrives: nothing is lost, nothing comes twice, no gap is seen", async () => {
    const desk = await started(await openDesk(open));
    for (let n = 0; n < 6; n += 1) await desk.slack.say("U0MARTA", "C0HELP1", `Message ${n}`);
    await desk.until("All messages", () => desk.heard.messages().length === 6);
    expect(new Set(desk.heard.messages().map((event) => event.text)).size).toBe(6);
    expect(desk.heard.gaps).toBe(0);
  });

  test("both lost: they come back by themselves, and history is asked for", async () => {
    const desk = await started(await openDesk(open));
    desk.slack.cut();
    await desk.until("Word of a gap", () => desk.heard.gaps === 1);
    await desk.until("Two sockets again", () => desk.slack.connections() === 2);
    await desk.slack.say("U0MARTA", "C0HELP1", "Are you back?");
    await desk.until("The message", () => desk.heard.messages().length === 1);
    expect(desk.heard.gaps).toBe(1);
  });

  test("asked to come again by Slack do so at once", async () => {
    const desk = await started(await openDesk(open));
    let reconnected = 0;
    desk.slack.observe((happening) => {
      if (happening.kind === "connected") reconnected += 1;
    });
    desk.slack.refresh();
    await desk.until("Two new sockets", () => reconnected === 2 && desk.slack.connections() === 2);
  });

  test("survive that Slack cannot open new ones for a while", async () => {
    const desk = await started(await openDesk(open));
    desk.faults.plan("apps.connections.open", { kind: "status", status: 500 }, 2);
    desk.faults.plan("apps.connections.open", { kind: "cut", when: "before" }, 2);
    desk.slack.cut();
    await desk.until("Two sockets again", () => desk.slack.connections() === 2);
  });

  test("silent for too long: history is asked for, and again", async () => {
    const desk = await started(await openDesk(open, { adapter: { silenceMs: 50 } }));
    await desk.until("Word of two gaps", () => desk.heard.gaps >= 2);
  });

  test("are closed by stop, even while Slack is being asked for one", async () => {
    const desk = await openDesk(open);
    desk.faults.plan("apps.connections.open", { kind: "slow", ms: 1 });
    desk.faults.plan("apps.connections.open", { kind: "slow", ms: 300 });
    await desk.platform.start(desk.heard);
    await desk.platform.stop();
    await desk.until("No socket", () => desk.slack.connections() === 0);
  });
});

describe("an event", () => {
  test("that was not committed is not acknowledged, and comes again until it is", async () => {
    const desk = await started(
      await openDesk(open, { slack: { sockets: { ackTimeoutMs: 100, retryWaitsMs: [0, 50, 50] } } }),
    );
    let tries = 0;
    desk.heard.take = () => {
      tries += 1;
      if (tries < 3) throw new Error("The database is away.");
    };
    await desk.slack.say("U0MARTA", "C0HELP1", "Nobody can log in");
    await desk.until("The message", () => desk.heard.messages().length === 1);
    expect([tries, desk.heard.rejected.length, desk.slack.lostEvents()]).toEqual([3, 2, 0]);
  });

  test("is acknowledged only when it is committed: until then it comes again", async () => {
    const sockets = { ackTimeoutMs: 150, retryWaitsMs: [0, 60_000] };
    const desk = await started(await openDesk(open, { slack: { sockets } }));
    let taken = 0;
    const commits: (() => void)[] = [];
    desk.heard.take = () => {
      taken += 1;
      return new Promise<void>((resolve) => commits.push(resolve));
    };
    await desk.slack.say("U0MARTA", "C0HELP1", "Slow day");
    await desk.until("A second delivery", () => taken === 2);
    expect(desk.heard.messages()).toEqual([]);
    for (const commit of commits) commit();
    await desk.until("Both committed", () => desk.heard.messages().length === 2);
  });

  test("given up by Slack is looked for in history", async () => {
    const desk = await started(
      await openDesk(open, { slack: { sockets: { ackTimeoutMs: 50, retryWaitsMs: [0, 0, 0] } } }),
    );
    desk.heard.take = () => {
      throw new Error("The database is away.");
    };
    await desk.slack.say("U0MARTA", "C0HELP1", "Nobody can log in");
    await desk.until("Word of a gap", () => desk.heard.gaps > 0);
    expect(desk.heard.rejected).toHaveLength(4);
  });

  test("is told although names cannot be found out", async () => {
    const desk = await started(await openDesk(open));
    desk.faults.plan("users.info", { kind: "status", status: 500 }, 9);
    await desk.slack.say("U0MARTA", "C0HELP1", "Hello");
    await desk.until("The message", () => desk.heard.messages().length === 1);
    expect(desk.heard.messages()[0]?.author.name).toBe("U0MARTA");
  });

  test("does not let what people wrote or the tokens into the log above debug", async () => {
    const lines: string[] = [];
    const log = createLog("info", { write: (one) => lines.push(one) });
    const desk = await started(await openDesk(open, { adapter: { log } }));
    desk.heard.take = () => {
      throw new Error("The database is away.");
    };
    await desk.slack.say("U0MARTA", "C0HELP1", "my secret card number");
    await desk.until("A line about it", () => lines.length > 0);
    desk.slack.cut();
    await desk.until("Two sockets again", () => desk.slack.connections() === 2 && desk.heard.gaps > 0);
    const all = lines.join("\n");
    for (const secret of ["secret card", desk.slack.tokens.bot, desk.slack.tokens.app])
      expect(all).not.toContain(secret);
  });
});

const form: Modal = {
  act: "say_back",
  args: { request: "r-1" },
  title: "Say back",
  submit: "Send",
  cancel: "Not now",
  fields: [{ name: "line", label: "What", multiline: false, required: true, max: 100 }],
};

describe("an interaction", () => {
  test("is acknowledged in time although the bot takes longer, and answered afterwards", async () => {
    const desk = await started(await openDesk(open));
    let finish = () => {};
    desk.heard.answer = () =>
      new Promise((resolve) => {
        finish = () => resolve({ kind: "card", card: line("better late") });
      });
    // Resolves when Slack has its acknowledgement; over 3 s it would be a timeout and the press refused.
    await desk.slack.slash("U0ANA", "C0TEAM1", "/queue");
    finish();
    await desk.until("The answer", () =>
      desk.slack.seenBy("U0ANA").some((one) => one.text.includes("better late")),
    );
  });

  test("in a channel the bot is not in is answered all the same", async () => {
    const desk = await started(await openDesk(open));
    desk.slack.addChannel({ id: "C0ALIEN", name: "alien", kind: "text", private: false, bot: false });
    desk.heard.answer = () => ({ kind: "card", card: line("only for you") });
    await desk.slack.slash("U0ANA", "C0ALIEN", "/queue");
    await desk.until("The answer", () =>
      desk.slack.seenBy("U0ANA").some((one) => one.text.includes("only for you")),
    );
  });

  test("there, answered too late for the acknowledgement, uses the response address", async () => {
    const desk = await started(await openDesk(open));
    desk.slack.addChannel({
      id: "C0ALIEN",
      name: "alien",
      kind: "text",
      private: true,
      members: ["U0ANA"],
      bot: false,
    });
    desk.heard.answer = async () => {
      await new Promise((resolve) => setTimeout(resolve, 2600));
      return { kind: "card", card: line("only for you") };
    };
    await desk.slack.slash("U0ANA", "C0ALIEN", "/queue");
    await desk.until("The answer", () =>
      desk.slack.seenBy("U0ANA").some((one) => one.text.includes("only for you")),
    );
    expect(desk.called.get("chat.postEphemeral")).toBe(1);
  });

  test("in a thread is answered in the thread", async () => {
    const desk = await started(await openDesk(open));
    const root = await desk.slack.say("U0MARTA", "C0HELP1", "Charged twice");
    const reply = await desk.slack.say("U0MARTA", "C0HELP1", "Still", { thread: root });
    desk.heard.answer = () => ({ kind: "card", card: line("only for you") });
    await desk.slack.shortcut("U0ANA", "C0HELP1", reply, "Request actions");
    const answer = await desk.until("The answer", () =>
      desk.slack.seenBy("U0ANA").find((one) => one.text.includes("only for you")),
    );
    expect([answer.thread, answer.onlyFor]).toEqual([root, "U0ANA"]);
  });

  test("whose form comes too late is told so in the person's language", async () => {
    const desk = await started(await openDesk(open, { slack: { lifetimes: { triggerMs: 1 } } }));
    const root = await desk.slack.say("U0MARTA", "C0HELP1", "Hola");
    desk.heard.answer = () => ({ kind: "modal", modal: form });
    await desk.slack.shortcut("U0MARTA", "C0HELP1", root, "Request actions");
    const texts = () => desk.slack.seenBy("U0MARTA").map((one) => one.text);
    await desk.until("The excuse", () => texts().some((one) => one.includes("Inténtalo otra vez")));
  });

  test("a form's fault without a field stands on the first, and the form stays open", async () => {
    const desk = await started(await openDesk(open));
    desk.heard.answer = () => ({ kind: "modal", modal: form });
    await desk.slack.slash("U0ANA", "C0TEAM1", "/queue");
    await desk.until("The form", () => desk.slack.modal("U0ANA"));
    desk.heard.answer = () => ({ kind: "error", text: "Somebody else has it." });
    await desk.slack.submit("U0ANA", { line: "So" });
    expect(desk.slack.modal("U0ANA")?.errors).toEqual({ line: "Somebody else has it." });
  });

  test("a form can be answered with the next form", async () => {
    const desk = await started(await openDesk(open));
    desk.heard.answer = () => ({ kind: "modal", modal: form });
    await desk.slack.slash("U0ANA", "C0TEAM1", "/queue");
    await desk.until("The form", () => desk.slack.modal("U0ANA"));
    desk.heard.answer = () => ({ kind: "modal", modal: { ...form, title: "And now" } });
    await desk.slack.submit("U0ANA", { line: "So" });
    expect(desk.slack.modal("U0ANA")?.title).toBe("And now");
  });
});
