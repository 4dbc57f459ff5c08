// A support desk on the local Slack with the adapter beside it: what only Slack's adapter promises is tested on it.
import { shortcuts } from "../../../src/acts/catalogue.ts";
import type { Log } from "../../../src/log.ts";
import type { Card } from "../../../src/messages/card.ts";
import type { EnsureRequest, Platform, PostRef, Target } from "../../../src/platforms/platform.ts";
import { createSlack, type SlackOptions } from "../../../src/platforms/slack/index.ts";
import { PlannedFaults } from "../../../src/sandbox/slack/faults.ts";
import {
  type LocalSlack,
  type LocalSlackOptions,
  startLocalSlack,
} from "../../../src/sandbox/slack/server.ts";
import { Heard } from "../contract/heard.ts";
import { quietLog, wallClock } from "./local.ts";
import { heldToForm } from "./strict.ts";

export interface Desk {
  slack: LocalSlack;
  platform: Platform;
  heard: Heard;
  faults: PlannedFaults;
  /** `method: code` of everything the local Slack refused. */
  refused: string[];
  /** How often each Web API method was called. */
  called: Map<string, number>;
  log: Log;
  ensure(target: Target, text: string, more?: Partial<EnsureRequest>): Promise<PostRef>;
  help: Target;
  under(root: string): Target;
  until<T>(what: string, find: () => T | undefined | null | false): Promise<T>;
}

export const line = (text: string): Card => ({ summary: text, blocks: [{ kind: "text", text: [text] }] });

/** People: Marta (customer), Ana (staff), Luis. Channels: help, and team (private, Ana and Luis). Not yet started. */
export async function openDesk(
  open: Disposables,
  more: { slack?: Partial<LocalSlackOptions>; adapter?: Partial<SlackOptions> } = {},
): Promise<Desk> {
  const faults = new PlannedFaults();
  const called = new Map<string, number>();
  const slack = heldToForm(
    await startLocalSlack({
      clock: wallClock,
      shortcuts: shortcuts().map((act) => ({ name: act.shortcut?.en ?? act.name, callback_id: act.name })),
      fault: (method) => {
        called.set(method, (called.get(method) ?? 0) + 1);
        return faults.of(method);
      },
      ...more.slack,
    }),
  );
  open.push(() => slack.stop());
  slack.addPerson({ id: "U0MARTA", name: "Marta", locale: "es-ES" });
  slack.addPerson({ id: "U0ANA", name: "Ana", groups: ["support"] });
  slack.addPerson({ id: "U0LUIS", name: "Luis" });
  slack.addChannel({ id: "C0HELP1", name: "help", kind: "text", private: false });
  slack.addChannel({
    id: "C0TEAM1",
    name: "team",
    kind: "text",
    private: true,
    members: ["U0ANA", "U0LUIS"],
  });
  const refused: string[] = [];
  slack.observe((happening) => {
    if (happening.kind === "refused") refused.push(`${happening.method}: ${happening.code}`);
  });
  const platform = createSlack({
    botToken: slack.tokens.bot,
    appToken: slack.tokens.app,
    apiUrl: slack.apiUrl,
    clock: wallClock,
    log: quietLog,
    speed: 100,
    ...more.adapter,
  });
  open.push(() => platform.stop());
  const heard = new Heard();
  const help: Target = { kind: "channel", workspace: slack.workspace, channel: "C0HELP1" };
  return {
    slack,
    platform,
    heard,
    faults,
    refused,
    called,
    log: quietLog,
    help,
    under: (root) => ({ kind: "thread", workspace: slack.workspace, channel: "C0HELP1", root, title: "" }),
    until: (what, find) => heard.until(what, find),
    ensure: (target, text, request = {}) =>
      platform.ensure({
        target,
        card: line(text),
        lang: "en",
        key: "one",
        known: null,
        suspect: false,
        ...request,
      }),
  };
}

/** What to undo after a test, the last first. */
export type Disposables = (() => Promise<void>)[];

export async function closeAll(open: Disposables): Promise<void> {
  for (const close of open.splice(0).reverse()) await close();
}
