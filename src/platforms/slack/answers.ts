// The direct answer to whoever acted: in the acknowledgement where Slack takes it there, else ephemeral or as a modal.
import { z } from "zod";
import type { Lang } from "../../domain/words.ts";
import { SiempreError } from "../../errors.ts";
import type { Log } from "../../log.ts";
import type { Answer, Card } from "../../messages/card.ts";
import type { Calls } from "./calls.ts";
import { slackCode } from "./faults.ts";
import { withImage } from "./files.ts";
import type { Interaction } from "./interactions.ts";
import { CALL_TIMEOUT_MS } from "./limits.ts";
import type { Rendered } from "./render.ts";
import { renderCard, renderModal } from "./render.ts";

const done = z.object({});

const TOO_LATE: Readonly<Record<Lang, string>> = {
  en: "That took too long for Slack to open the form. Please try once more.",
  es: "Tardó demasiado y Slack no abrió el formulario. Inténtalo otra vez.",
};

function cardOfError(text: string): Card {
  return { summary: text, blocks: [{ kind: "text", text: [text] }] };
}

/**
 * What the acknowledgement itself can carry, or null when the answer must go another way. Slash commands take a
 * message (it works in channels the bot is not in, and costs no call); submitted views take errors and another view.
 */
export function acknowledgement(
  { reply, fields, call }: Interaction,
  answer: Answer,
  lang: Lang,
): Record<string, unknown> | null {
  if (answer.kind === "nothing") return {};
  if (reply === "slash" && answer.kind !== "modal") {
    const card = answer.kind === "error" ? cardOfError(answer.text) : answer.card;
    return card.file ? null : { response_type: "ephemeral", ...renderCard(card, lang) };
  }
  if (reply !== "view") return null;
  if (answer.kind === "modal")
    return { response_action: "update", view: renderModal(answer.modal, call.where) };
  if (answer.kind !== "error") return null;
  const named = answer.field !== undefined && fields.includes(answer.field) ? answer.field : fields[0];
  return named === undefined ? null : { response_action: "errors", errors: { [named]: answer.text } };
}

export interface AnswersOptions {
  calls: Calls;
  log: Log;
  apiUrl: string;
}

/** A response_url leads to Slack, or to wherever the Web API itself is; never anywhere else a payload may name. */
function trusted(url: string, apiUrl: string): boolean {
  const { origin } = new URL(url);
  return origin === "https://hooks.slack.com" || origin === new URL(apiUrl).origin;
}

export interface Answers {
  /** Delivers an answer the acknowledgement did not carry. Rejects when the person could not be reached. */
  deliver(interaction: Interaction, answer: Answer, lang: Lang): Promise<void>;
}

export function createAnswers({ calls, log, apiUrl }: AnswersOptions): Answers {
  async function byResponseUrl(url: string, shown: Rendered): Promise<void> {
    if (!trusted(url, apiUrl))
      throw new SiempreError(
        "platform_invalid",
        "A response_url leads away from Slack; no answer was sent there.",
      );
    const answer = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ response_type: "ephemeral", replace_original: false, ...shown }),
      signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
    });
    if (!answer.ok)
      throw new SiempreError(
        "platform_unavailable",
        `Slack refused a late answer (HTTP ${answer.status}): a response_url lives 30 minutes and takes 5 answers.`,
      );
  }

  /**
   * chat.postEphemeral stands in the thread where it belongs and says what is wrong; it is refused where the bot or
   * the person is no member, and there the response_url still works.
   */
  async function ephemeral(interaction: Interaction, card: Card, lang: Lang): Promise<void> {
    const { call, responseUrl } = interaction;
    await withImage(calls, card, async (image) => {
      const shown = renderCard(card, lang, image);
      const thread = call.where.thread === null ? {} : { thread_ts: call.where.thread };
      const args = { channel: call.where.channel, user: call.by.id, ...thread, ...shown };
      try {
        await calls.call("chat.postEphemeral", args, done);
      } catch (error) {
        const code = error instanceof SiempreError ? error.code : null;
        const notThere = code === "platform_gone" || code === "platform_forbidden";
        if (!notThere || responseUrl === null) throw error;
        await byResponseUrl(responseUrl, shown);
      }
    });
  }

  async function deliver(interaction: Interaction, answer: Answer, lang: Lang): Promise<void> {
    switch (answer.kind) {
      case "nothing":
        return;
      case "card":
        return await ephemeral(interaction, answer.card, lang);
      case "error":
        return await ephemeral(interaction, cardOfError(answer.text), lang);
      case "modal": {
        const { trigger, call } = interaction;
        if (trigger === null) {
          log.warn(
            { act: call.act },
            "A modal answered a late submission; there is nothing left to open it with.",
          );
          return await ephemeral(interaction, cardOfError(TOO_LATE[lang]), lang);
        }
        try {
          const view = renderModal(answer.modal, call.where);
          await calls.call("views.open", { trigger_id: trigger, view }, done);
        } catch (error) {
          if (slackCode(error) !== "expired_trigger_id") throw error;
          await ephemeral(interaction, cardOfError(TOO_LATE[lang]), lang);
        }
        return;
      }
      default:
        return answer satisfies never;
    }
  }

  return { deliver };
}
