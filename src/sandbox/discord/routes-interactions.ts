// Answers to interactions: the callback, and the webhook that stays open for 15 minutes.
import { refuse } from "./errors.ts";
import type { Interactions } from "./interactions.ts";
import type { Discord } from "./posting.ts";
import type { Call, Router } from "./router.ts";

export function interactionRoutes(router: Router, discord: Discord, interactions: Interactions): void {
  const open = { open: true };
  const token = (call: Call): string => {
    if (call.params.application !== discord.guild.bot.id) throw refuse.unknownWebhook();
    return call.params.token ?? "";
  };
  const id = (call: Call): string => call.params.message ?? "";
  router.add(
    "POST",
    "/interactions/:interaction/:token/callback",
    (call) => {
      const { interaction = "", token: key = "" } = call.params;
      const answer = interactions.callback(interaction, key, call.body, call.uploads);
      return call.query.get("with_response") === "true" ? answer : undefined;
    },
    open,
  );
  const webhook = "/webhooks/:application/:token";
  const message = `${webhook}/messages/:message`;
  router.add("POST", webhook, (call) => interactions.followup(token(call), call.body, call.uploads), open);
  router.add("GET", message, (call) => interactions.read(token(call), id(call)), open);
  router.add(
    "PATCH",
    message,
    (call) => interactions.edit(token(call), id(call), call.body, call.uploads),
    open,
  );
  router.add("DELETE", message, (call) => interactions.delete(token(call), id(call)), open);
}
