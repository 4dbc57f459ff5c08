// Answering an interaction in time: at once, or deferred before three seconds are over and filled in later.
// https://docs.discord.com/developers/interactions/receiving-and-responding#responding-to-an-interaction
import { Routes } from "discord.js";
import type { ActCall } from "../../domain/events.ts";
import type { Lang } from "../../domain/words.ts";
import type { Log } from "../../log.ts";
import type { Answer, Button } from "../../messages/card.ts";
import type { Api } from "./api.ts";
import { Code, codeOf } from "./faults.ts";
import type { Heard } from "./interactions.ts";
import { DEFER_AFTER_MS } from "./limits.ts";
import type { Setting } from "./markup.ts";
import { renderModal } from "./modal.ts";
import type { InteractionPayload } from "./payloads.ts";
import { filesOf, renderCard, renderLine, type Upload } from "./render.ts";

const Reply = { message: 4, deferredMessage: 5, deferredUpdate: 6, modal: 9 } as const;
const EPHEMERAL = 64;
/** A command must be answered with something: this, when there is nothing to say. */
const DONE = "✓";

/** Discord shows a form only as the first answer, within three seconds, and never after another form. */
const formTooLate: Readonly<Record<Lang, string>> = {
  en: "That took a moment too long to open the form. Please try once more.",
  es: "Ha tardado demasiado en abrirse el formulario. Prueba otra vez, por favor.",
};

type Ids = Pick<InteractionPayload, "id" | "token" | "application_id">;

interface Body {
  data: Record<string, unknown>;
  files: readonly Upload[];
}

/** Lets `act` answer and brings its answer to the person. Never rejects: what cannot be told is logged. */
export async function answer(
  api: Api,
  log: Log,
  ids: Ids,
  heard: Heard,
  act: (call: ActCall) => Promise<Answer>,
): Promise<void> {
  const conversation = new Conversation(api, ids, heard);
  let deferral: Promise<void> | null = null;
  const timer = setTimeout(() => {
    deferral = conversation.defer();
    // Awaited below, where it can be told apart from the answer's own failure.
    deferral.catch(() => {});
  }, DEFER_AFTER_MS);
  try {
    const given = await act(heard.call);
    clearTimeout(timer);
    if (deferral) {
      await (deferral as Promise<void>);
      await conversation.fill(given);
    } else await conversation.reply(given);
  } catch (error) {
    const code = codeOf(error);
    const fields = { act: heard.call.act, surface: heard.call.surface, code };
    // A repeated request after a broken connection: the first one arrived.
    if (code === Code.alreadyAnswered) log.debug(fields, "Interaction had been answered already");
    else if (code === Code.unknownInteraction) {
      log.warn(fields, "Discord had given up on an interaction before it was answered");
    } else log.error({ ...fields, err: error }, "An interaction could not be answered");
  } finally {
    clearTimeout(timer);
  }
}

/** A control nobody can act on any more (a menu that was cleared) is acknowledged, so that no failure is shown. */
export async function dismiss(api: Api, ids: Ids): Promise<void> {
  await api.call("post", Routes.interactionCallback(ids.id, ids.token), "acknowledging a control", {
    body: { type: Reply.deferredUpdate },
    auth: false,
  });
}

class Conversation {
  readonly #api: Api;
  readonly #ids: Ids;
  readonly #heard: Heard;
  readonly #setting: Setting;

  constructor(api: Api, ids: Ids, heard: Heard) {
    this.#api = api;
    this.#ids = ids;
    this.#heard = heard;
    this.#setting = { workspace: heard.workspace, direct: heard.direct };
  }

  /** The first answer. */
  async reply(given: Answer): Promise<void> {
    if (given.kind === "modal" && this.#heard.canOpenForm) {
      await this.#callback(Reply.modal, { data: renderModal(given.modal, this.#setting), files: [] });
    } else if (given.kind === "nothing" && this.#heard.onMessage) await this.#callback(Reply.deferredUpdate);
    else await this.#callback(Reply.message, this.#body(given));
  }

  /** Shows whoever acted, and nobody else, that something is being done. */
  async defer(): Promise<void> {
    await this.#callback(Reply.deferredMessage, { data: { flags: EPHEMERAL }, files: [] });
  }

  /**
   * The answer after a deferral. It edits (or takes away) what the deferral showed: an edit may be repeated when the
   * connection breaks, a message of its own would then stand twice, and webhooks know no nonce.
   */
  async fill(given: Answer): Promise<void> {
    const { data, files } = this.#body(given);
    const { application_id: app, token } = this.#ids;
    const shown = Routes.webhookMessage(app, token);
    if (given.kind === "nothing" && this.#heard.onMessage) {
      await this.#api.call("delete", shown, "taking a deferral away", { auth: false });
      return;
    }
    const { flags: _flags, ...edit } = data;
    await this.#api.call("patch", shown, "filling in a deferred answer", {
      body: edit,
      files,
      auth: false,
    });
  }

  async #callback(type: number, body: Body | null = null): Promise<void> {
    const { id, token } = this.#ids;
    await this.#api.call("post", Routes.interactionCallback(id, token), "answering an interaction", {
      body: body ? { type, data: body.data } : { type },
      ...(body ? { files: body.files } : {}),
      auth: false,
    });
  }

  #fault(text: string, again: Button | undefined): Record<string, unknown> {
    if (!again) return renderLine(text);
    const blocks = [
      { kind: "text", text: [text] },
      { kind: "actions", items: [again] },
    ] as const;
    return { ...renderCard({ summary: text, blocks }, this.#setting) };
  }

  #body(given: Answer): Body {
    switch (given.kind) {
      case "card":
        return {
          data: { ...renderCard(given.card, this.#setting), flags: EPHEMERAL },
          files: filesOf(given.card),
        };
      case "error":
        return { data: { ...this.#fault(given.text, given.again), flags: EPHEMERAL }, files: [] };
      case "modal":
        return {
          data: { ...renderLine(formTooLate[this.#heard.call.lang ?? "en"]), flags: EPHEMERAL },
          files: [],
        };
      case "nothing":
        return { data: { content: DONE, flags: EPHEMERAL, allowed_mentions: { parse: [] } }, files: [] };
      default:
        return given satisfies never;
    }
  }
}
