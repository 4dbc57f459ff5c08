// Everything the local Slack sends, said and done once, by the name of the vendor's sample it must look like.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { startLocalSlack } from "../../../src/sandbox/slack/server.ts";
import { wallClock } from "./local.ts";

type Payload = Record<string, unknown>;

const BUTTON = {
  type: "button",
  text: { type: "plain_text", text: "Claim" },
  action_id: "claim",
  value: "4",
};
const FIELD = {
  type: "input",
  block_id: "words",
  label: { type: "plain_text", text: "Words" },
  element: { type: "plain_text_input", action_id: "words" },
};
const VIEW = {
  type: "modal",
  callback_id: "reply",
  notify_on_close: true,
  title: { type: "plain_text", text: "Reply" },
  submit: { type: "plain_text", text: "Send" },
  blocks: [FIELD],
};

/** `events/…`, `interactive/…` and `api/…` → everything that was sent under that name. */
export async function recorded(): Promise<Map<string, Payload[]>> {
  const found = new Map<string, Payload[]>();
  const keep = (name: string, payload: Payload) => found.set(name, [...(found.get(name) ?? []), payload]);
  const slack = await startLocalSlack({
    clock: wallClock,
    shortcuts: [{ name: "Claim", callback_id: "claim" }],
  });
  const call = async (method: string, args: Payload = {}, token = slack.tokens.bot): Promise<Payload> => {
    const answer = await fetch(`${slack.apiUrl}${method}`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify(args),
    });
    const read = (await answer.json()) as Payload;
    if (read.ok !== true) throw new Error(`${method}: ${JSON.stringify(read)}`);
    keep(`api/${method}`, read);
    return read;
  };
  let arrived = () => {};
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    if (text.startsWith("{")) {
      const body: Payload = JSON.parse(text);
      if (body.type === "url_verification") return response.end(String(body.challenge));
      keep(nameOf(body), body);
    } else {
      const form = Object.fromEntries(new URLSearchParams(text));
      const payload: Payload = form.payload === undefined ? form : JSON.parse(form.payload);
      keep(interactionOf(payload), payload);
      if (payload.type === "message_action")
        await call("views.open", { trigger_id: payload.trigger_id, view: VIEW });
    }
    response.end();
    arrived();
    return undefined;
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    await slack.deliverTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    slack.addPerson({ id: "U9", name: "Zoe", external: true });
    slack.addPerson({ id: "U1", name: "Ana Ruiz" });
    slack.addPerson({ id: "U2", name: "Luis" });
    slack.addPerson({ id: "U2", name: "Luis Gil", groups: ["support"] });
    slack.addChannel({ id: "C1", name: "help", kind: "text", private: false });
    const { botUser } = slack;
    const said = await slack.say("U1", "C1", "hello");
    await slack.say("U1", "C1", `<@${botUser}> hello`);
    await slack.edit("U1", "C1", said, "hello again");
    await slack.say("U2", "C1", "also here", { thread: said, broadcast: true });
    await slack.say("U1", "C1", "", {
      files: [{ name: "a.png", mime: "image/png", bytes: new Uint8Array(3) }],
    });
    await slack.say("U9", "C1", `<@${botUser}> from elsewhere`);
    slack.integration("C1", "Form", "A new entry");
    await slack.react("U2", "C1", said, "eyes");
    await slack.react("U2", "C1", said, "eyes", false);
    const gone = await slack.say("U1", "C1", "never mind");
    await slack.remove("U1", "C1", gone);
    const link = { url: "https://example.com", title: "Example", text: "An example" };
    slack.unfurl(said, link);
    const reply = await slack.say("U2", "C1", "with a typo", { thread: said });
    await slack.edit("U2", "C1", reply, "without");
    await slack.edit("U2", "C1", reply, "without any");
    await slack.remove("U2", "C1", reply);
    slack.topic("U1", "C1", "Be kind");
    slack.addPerson({ id: "U3", name: "Nora" });
    slack.join("U3", "C1", "U2");
    slack.rename("C1", "support");
    slack.overload();

    for (const method of ["auth.test", "bots.info", "team.info", "users.list", "conversations.list"])
      await call(method);
    await call("users.info", { user: "U1", include_locale: true });
    await call("users.conversations");
    await call("usergroups.list", { include_users: true });
    const { usergroups } = await call("usergroups.list");
    const [group] = usergroups as { id: string }[];
    await call("usergroups.users.list", { usergroup: group?.id });
    await call("conversations.info", { channel: "C1", include_num_members: true });
    await call("conversations.members", { channel: "C1" });
    await call("conversations.join", { channel: "C1" });
    await call("apps.connections.open", {}, slack.tokens.app);
    const menu = {
      type: "static_select",
      action_id: "tier",
      placeholder: { type: "plain_text", text: "Tier" },
      options: ["1", "2"].map((value) => ({ text: { type: "plain_text", text: value }, value })),
      initial_option: { text: { type: "plain_text", text: "1" }, value: "1" },
    };
    const card = [{ type: "actions", elements: [BUTTON, menu] }];
    const posted = await call("chat.postMessage", { channel: "C1", text: "card", blocks: card });
    await call("chat.postEphemeral", { channel: "C1", user: "U1", text: "psst" });
    await call("chat.getPermalink", { channel: "C1", message_ts: said });
    const eyes = { channel: "C1", timestamp: said, name: "eyes" };
    await call("reactions.add", eyes);
    await call("reactions.remove", eyes);
    await call("pins.add", { channel: "C1", timestamp: said });
    const upload = await call("files.getUploadURLExternal", { filename: "chart.png", length: 3 });
    await fetch(String(upload.upload_url), { method: "POST", body: "png" });
    await call("files.completeUploadExternal", { files: [{ id: upload.file_id }] });

    await slack.press("U1", String(posted.ts), "Claim");
    await slack.choose("U1", String(posted.ts), "2");
    const inside = await call("chat.postMessage", {
      channel: "C1",
      thread_ts: said,
      text: "card",
      blocks: card,
    });
    await slack.press("U1", String(inside.ts), "Claim");
    await slack.slash("U1", "C1", "/request list");
    await slack.shortcut("U1", "C1", said, "Claim");
    await slack.submit("U1", { words: "yes" });
    await slack.shortcut("U1", "C1", said, "Claim");
    await slack.dismiss("U1");
    await call("chat.delete", { channel: "C1", ts: posted.ts });
    slack.archive("C1", true);
    slack.archive("C1", false);
    slack.removeBot("C1");
    await new Promise<void>((resolve) => {
      arrived = () => {
        if (found.has("events/MemberLeftChannelPayload") && found.has("events/ChannelArchivePayload"))
          resolve();
      };
      arrived();
    });
    return found;
  } finally {
    await slack.stop();
    server.closeAllConnections();
    server.close();
  }
}

const SUBTYPES: Readonly<Record<string, string>> = {
  message_changed: "MessageChanged",
  message_deleted: "MessageDeleted",
  thread_broadcast: "MessageThreadBroadcast",
  file_share: "MessageFileShare",
  bot_message: "MessageBot",
  channel_topic: "MessageChannelTopic",
  channel_join: "MessageChannelJoin",
};

function nameOf(body: Payload): string {
  const event = (body.event ?? body) as Payload;
  const name =
    event.type === "message"
      ? (SUBTYPES[String(event.subtype)] ?? "Message")
      : String(event.type).replace(/(^|_)(\w)/g, (_, __, letter: string) => letter.toUpperCase());
  return `events/${name}Payload`;
}

function interactionOf({ type, command }: Payload): string {
  if (command !== undefined) return "interactive/SlashCommandPayload";
  const names: Readonly<Record<string, string>> = {
    block_actions: "BlockAction",
    message_action: "MessageShortcut",
    view_submission: "ViewSubmission",
    view_closed: "ViewClosed",
  };
  return `interactive/${names[String(type)]}Payload`;
}
