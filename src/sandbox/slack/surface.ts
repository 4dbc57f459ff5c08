// What interactions share: who acts, the trigger and the response address they carry, and the refusals observers see.
import { randomBytes } from "node:crypto";
import { CallArguments, Refusal } from "./api-call.ts";
import { type Content, contentOf, needSomething, POST_TEXT } from "./content.ts";
import type { Deliveries } from "./deliveries.ts";
import type { JsonObject } from "./json.ts";
import { change, post, remove } from "./messages.ts";
import { handleOf } from "./payloads.ts";
import type { SlackChannel, SlackMessage } from "./records.ts";
import { Timed } from "./timed.ts";
import type { LocalWorkspace } from "./workspace.ts";

export interface Lifetimes {
  /** Real milliseconds a trigger_id is good for. Slack: 3,000. */
  triggerMs: number;
  /** Real milliseconds a response_url is good for. Slack: 30 min. */
  responseUrlMs: number;
}

const RESPONSE_USES = 5;

interface Hook {
  readonly channel: SlackChannel;
  readonly person: string;
  readonly message: SlackMessage | null;
  uses: number;
}

export class Surface {
  readonly workspace: LocalWorkspace;
  readonly deliveries: Deliveries;
  readonly #lifetimes: Lifetimes;
  readonly #triggers = new Timed<{ person: string; used: boolean }>();
  readonly #hooks = new Timed<Hook>();

  constructor(workspace: LocalWorkspace, deliveries: Deliveries, lifetimes: Lifetimes) {
    this.workspace = workspace;
    this.deliveries = deliveries;
    this.#lifetimes = lifetimes;
  }

  /** Tells observers that the bot did something Slack refuses. */
  refused(method: string, refusal: Refusal): void {
    this.workspace.announce(() => ({ kind: "refused", method, code: refusal.code, detail: refusal.message }));
  }

  /** A trigger_id for this person. */
  trigger(person: string): string {
    const id = `${this.workspace.mint()}.${this.workspace.seconds()}.${randomBytes(16).toString("hex")}`;
    this.#triggers.put(id, { person, used: false }, this.#lifetimes.triggerMs);
    return id;
  }

  /** Uses up a trigger_id and returns whose it was. */
  takeTrigger(id: string): string {
    const trigger = this.#triggers.get(id);
    if (!trigger) {
      const code = /^\d+\.\d+\.[0-9a-f]{32}$/.test(id) ? "expired_trigger_id" : "invalid_trigger_id";
      throw new Refusal(code, `the trigger ${id} is no longer or never was valid`);
    }
    if (trigger.used) throw new Refusal("exchanged_trigger_id", `the trigger ${id} has been used`);
    trigger.used = true;
    return trigger.person;
  }

  responseUrl(channel: SlackChannel, person: string, message: SlackMessage | null): string {
    const id = randomBytes(12).toString("hex");
    this.#hooks.put(id, { channel, person, message, uses: 0 }, this.#lifetimes.responseUrlMs);
    return `${this.workspace.base}response/${this.workspace.id}/${id}`;
  }

  /** A POST to a response_url. Refusals: `expired_url`, `used_url` and those of a message. */
  respond(id: string, body: JsonObject): void {
    const hook = this.#hooks.get(id);
    if (!hook) throw new Refusal("expired_url", "the response_url is no longer or never was valid");
    hook.uses += 1;
    if (hook.uses > RESPONSE_USES)
      throw new Refusal("used_url", `the response_url was used ${RESPONSE_USES} times`);
    if (body.delete_original === true && hook.message) {
      remove(this.workspace, hook.message);
      return;
    }
    this.answer(hook.channel, hook.person, body, hook.message);
  }

  /** A message in answer to an interaction: seen by the person alone unless the bot asks otherwise. */
  answer(channel: SlackChannel, person: string, body: JsonObject, original: SlackMessage | null): void {
    const args = new CallArguments(body);
    const content = contentOf(this.workspace, args, POST_TEXT);
    needSomething(content);
    if (args.flag("replace_original") && original) {
      change(this.workspace, original, filled(content), this.workspace.botUser);
      return;
    }
    const root = this.workspace.messages.get(args.text("thread_ts") ?? "") ?? null;
    post(this.workspace, {
      channel,
      root: root && (root.root ?? root),
      author: this.workspace.botUser,
      botId: this.workspace.botId,
      ...filled(content),
      onlyFor: body.response_type === "in_channel" ? null : person,
    });
  }

  /** Slack's own word to a person when the bot was silent. */
  notice(channel: SlackChannel, person: string, text: string): void {
    post(this.workspace, { channel, author: "USLACKBOT", text, onlyFor: person });
  }

  /** The fields every interaction payload begins with. */
  from(person: string): JsonObject {
    const record = this.workspace.person(person);
    const name = handleOf(record);
    return {
      user: { id: person, username: name, name, team_id: record.team },
      team: { id: this.workspace.id, domain: this.workspace.domain },
      enterprise: null,
      is_enterprise_install: false,
      api_app_id: this.workspace.appId,
      token: "local-verification-token",
    };
  }

  close(): void {
    this.#triggers.clear();
    this.#hooks.clear();
  }
}

function filled(content: Content) {
  return {
    text: content.text ?? "",
    blocks: content.blocks ?? [],
    attachments: content.attachments ?? [],
    metadata: content.metadata,
  };
}
