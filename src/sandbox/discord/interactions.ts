// Interactions: a person acts, the bot has 3 s to answer, then 15 min for what follows.
// https://docs.discord.com/developers/interactions/receiving-and-responding
import { randomBytes } from "node:crypto";
import { checkModal } from "./check-components.ts";
import { type AllowedMentions, checkMessage, type MessageBody, type Upload } from "./check-message.ts";
import { FormFaults, invalidForm, type Json, refuse } from "./errors.ts";
import { Form } from "./form.ts";
import { Intent } from "./gateway.ts";
import { interactionJson, messageType, traceOf } from "./interaction-json.ts";
import type { Modals } from "./modals.ts";
import {
  type Channel,
  type Component,
  Flag,
  type InteractionTrace,
  InteractionType,
  type Message,
  MessageType,
  type User,
} from "./model.ts";
import { change, type Discord, post, remove } from "./posting.ts";
import { messageJson } from "./wire.ts";

const TOKEN_LIFE_MS = 15 * 60_000;
const FAILED = "The application did not respond";

export interface InteractionRequest {
  type: 2 | 3 | 4 | 5;
  user: User;
  channel: Channel;
  data: Json;
  /** The message whose control was used, also through a modal. */
  source: Message | null;
  /** Of a command: its shown name and kind. */
  command?: { name: string; type: number; target?: string };
  /** Of a form: what opened it. */
  trigger?: InteractionTrace;
}

/** How the bot took it. `failed`: no answer in time. */
export type Outcome = "answered" | "modal" | "failed";

export interface Interaction extends InteractionRequest {
  id: string;
  token: string;
  at: number;
  /** Null until the first callback. */
  answer: number | null;
  failed: boolean;
  original: Message | null;
  choices: Json[] | null;
  settle(outcome: Outcome): void;
}

export interface Deadlines {
  /** Real milliseconds to the first callback. */
  firstMs: number;
  /** Real milliseconds a person's act waits for a deferred answer to be filled. */
  deferredMs: number;
}

export class Interactions {
  readonly #discord: Discord;
  readonly #modals: Modals;
  readonly #deadlines: Deadlines;
  readonly #byToken = new Map<string, Interaction>();

  constructor(discord: Discord, modals: Modals, deadlines: Deadlines) {
    this.#discord = discord;
    this.#modals = modals;
    this.#deadlines = deadlines;
  }

  /** Hands an interaction to the bot. Resolves when it has answered, or its time is over. */
  async start(request: InteractionRequest): Promise<{ outcome: Outcome; interaction: Interaction }> {
    this.#forgetOld();
    const { guild, gateway } = this.#discord;
    const settled = Promise.withResolvers<Outcome>();
    const interaction: Interaction = {
      ...request,
      id: guild.nextId(),
      token: randomBytes(24).toString("base64url"),
      at: guild.clock.now(),
      answer: null,
      failed: false,
      original: null,
      choices: null,
      settle: settled.resolve,
    };
    this.#byToken.set(interaction.token, interaction);
    gateway.dispatch("INTERACTION_CREATE", Intent.always, () => interactionJson(this.#discord, interaction));
    const deadline = setTimeout(() => this.#fail(interaction), this.#deadlines.firstMs).unref();
    const outcome = await settled.promise;
    clearTimeout(deadline);
    return { outcome, interaction };
  }

  #fail(interaction: Interaction): void {
    if (interaction.answer !== null) return;
    interaction.failed = true;
    const { user, channel, type } = interaction;
    if (type === InteractionType.command || type === InteractionType.component) {
      const { bot } = this.#discord.guild;
      post(this.#discord, { author: bot, channel, content: FAILED, flags: Flag.ephemeral, onlyFor: user });
    }
    interaction.settle("failed");
  }

  /** POST /interactions/:id/:token/callback. Returns what `with_response=true` answers. */
  callback(id: string, token: string, body: Json, uploads: readonly Upload[]): Json {
    const interaction = this.#byToken.get(token);
    if (!interaction || interaction.id !== id || interaction.failed) throw refuse.unknownInteraction();
    if (interaction.answer !== null) throw refuse.alreadyAcknowledged();
    const { type } = body;
    const allowed = allowedAnswers(interaction);
    if (typeof type !== "number" || !allowed.includes(type)) {
      throw invalidForm(["type"], "BASE_TYPE_CHOICES", `Value must be one of {${allowed.join(", ")}}.`);
    }
    const data = typeof body.data === "object" && body.data !== null ? (body.data as Json) : {};
    const resource = this.#answer(interaction, type, data, uploads);
    interaction.answer = type;
    if (type === 5) {
      setTimeout(() => interaction.settle("answered"), this.#deadlines.deferredMs).unref();
    } else interaction.settle(type === 9 ? "modal" : "answered");
    const { original } = interaction;
    return {
      interaction: {
        id: interaction.id,
        type: interaction.type,
        ...(original
          ? {
              response_message_id: original.id,
              response_message_loading: (original.flags & Flag.loading) !== 0,
              response_message_ephemeral: original.onlyFor !== null,
            }
          : {}),
      },
      ...(resource ? { resource: { type, message: this.#json(resource) } } : { resource: { type } }),
    };
  }

  #answer(interaction: Interaction, type: number, data: Json, uploads: readonly Upload[]): Message | null {
    switch (type) {
      case 4: {
        const checked = checkMessage(data, uploads, null, ["data"]);
        interaction.original = this.#post(interaction, checked, messageType(interaction));
        return interaction.original;
      }
      case 5: {
        const ephemeral = typeof data.flags === "number" ? data.flags & Flag.ephemeral : 0;
        interaction.original = post(this.#discord, {
          author: this.#discord.guild.bot,
          channel: interaction.channel,
          flags: Flag.loading | ephemeral,
          type: messageType(interaction),
          onlyFor: ephemeral ? interaction.user : null,
          interaction: traceOf(interaction),
        });
        return interaction.original;
      }
      case 7: {
        const { source } = interaction;
        if (!source) throw refuse.unknownMessage();
        applyEdit(this.#discord, source, data, uploads, ["data"]);
        interaction.original = source;
        return source;
      }
      case 9: {
        const faults = new FormFaults();
        checkModal(new Form(faults, ["data"], data));
        faults.check();
        this.#modals.open(
          interaction,
          data as unknown as { title: string; custom_id: string; components: Component[] },
        );
        return null;
      }
      case 8:
        interaction.choices = Array.isArray(data.choices) ? (data.choices as Json[]) : [];
        return null;
      default:
        if (type === 6) interaction.original = interaction.source;
        return null;
    }
  }

  #post(interaction: Interaction, body: MessageBody, type: number): Message {
    const { channel, user, source } = interaction;
    const flags = body.flags ?? 0;
    const described = new Map(body.attachments?.map((each) => [each.id, each.description]));
    const everything: AllowedMentions = {
      parse: ["users", "roles", "everyone"],
      users: [],
      roles: [],
      repliedUser: false,
    };
    return post(this.#discord, {
      author: this.#discord.guild.bot,
      channel,
      content: body.content ?? "",
      embeds: body.embeds ?? [],
      components: body.components ?? [],
      uploads: body.uploads,
      describe: (upload) => described.get(upload.index) ?? null,
      flags,
      type,
      reference: type === MessageType.reply ? source : null,
      allowedMentions: body.allowedMentions ?? everything,
      interaction: traceOf(interaction),
      onlyFor: flags & Flag.ephemeral ? user : null,
    });
  }

  /** POST /webhooks/:application/:token. The first one after a deferral fills the deferred answer. */
  followup(token: string, body: Json, uploads: readonly Upload[]): Json {
    const interaction = this.#answered(token);
    const { original } = interaction;
    if (original && !original.deleted && original.flags & Flag.loading) {
      return this.edit(token, "@original", body, uploads);
    }
    return this.#json(this.#post(interaction, checkMessage(body, uploads), MessageType.reply));
  }

  read(token: string, id: string): Json {
    return this.#json(this.#message(this.#answered(token), id));
  }

  edit(token: string, id: string, body: Json, uploads: readonly Upload[]): Json {
    const interaction = this.#answered(token);
    const message = this.#message(interaction, id);
    applyEdit(this.#discord, message, body, uploads);
    interaction.settle("answered");
    return this.#json(message);
  }

  delete(token: string, id: string): void {
    const interaction = this.#answered(token);
    const message = this.#message(interaction, id);
    remove(this.#discord, message.channel, [message]);
    interaction.settle("answered");
  }

  #message(interaction: Interaction, id: string): Message {
    const found = id === "@original" ? interaction.original : (this.#discord.guild.messages.get(id) ?? null);
    const mine = found === interaction.original || found?.interaction?.id === interaction.id;
    if (!found || found.deleted || !mine) throw refuse.unknownMessage();
    return found;
  }

  #answered(token: string): Interaction {
    const interaction = this.#byToken.get(token);
    const now = this.#discord.guild.clock.now();
    if (!interaction || now - interaction.at > TOKEN_LIFE_MS) throw refuse.invalidToken();
    if (interaction.answer === null) throw refuse.unknownWebhook();
    return interaction;
  }

  #json(message: Message): Json {
    return messageJson(this.#discord.guild, message, { content: true });
  }

  #forgetOld(): void {
    const oldest = this.#discord.guild.clock.now() - TOKEN_LIFE_MS;
    for (const [token, interaction] of this.#byToken) {
      if (interaction.at > oldest) return;
      if (interaction.answer !== null || interaction.failed) this.#byToken.delete(token);
    }
  }
}

/** Changes a message as a checked edit asks; 50006 when nothing would be left. */
export function applyEdit(
  discord: Discord,
  message: Message,
  body: Json,
  uploads: readonly Upload[],
  path: readonly string[] = [],
): void {
  const checked = checkMessage(body, uploads, { flags: message.flags, empty: false }, path);
  const ids = checked.attachments && new Set(checked.attachments.map(({ id }) => id));
  const keep = ids && message.attachments.filter(({ id }) => ids.has(id));
  const left =
    (checked.content ?? message.content) !== "" ||
    (checked.embeds ?? message.embeds).length > 0 ||
    (checked.components ?? message.components).length > 0 ||
    (keep ?? message.attachments).length + uploads.length > 0;
  if (!left) throw refuse.emptyMessage();
  change(discord, message, { ...checked, keep, uploads });
}

function allowedAnswers(interaction: Interaction): readonly number[] {
  switch (interaction.type) {
    case InteractionType.command:
      return [4, 5, 9];
    case InteractionType.component:
      return [4, 5, 6, 7, 9];
    case InteractionType.modal:
      return interaction.source ? [4, 5, 6, 7] : [4, 5];
    case InteractionType.autocomplete:
      return [8];
  }
}
