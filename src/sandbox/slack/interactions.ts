// What a person does to the bot besides writing: buttons, menus, slash commands, message shortcuts.
import { Refusal } from "./api-call.ts";
import { type Control, controlKey, controlsOf, findOption, stateValues } from "./controls.ts";
import { asObject, asText, type JsonObject } from "./json.ts";
import { plain } from "./mrkdwn.ts";
import { handleOf, messageJson } from "./payloads.ts";
import type { SlackChannel, SlackMessage } from "./records.ts";
import { readerOf } from "./shown.ts";
import type { Surface } from "./surface.ts";
import { stamp } from "./ts.ts";

export interface Shortcut {
  /** As people see it in the message menu. */
  name: string;
  callback_id: string;
}

export class Interactions {
  readonly #surface: Surface;
  readonly #shortcuts: readonly Shortcut[] | null;
  readonly #commands: readonly string[] | null;

  constructor(surface: Surface, shortcuts: readonly Shortcut[] | null, commands: readonly string[] | null) {
    this.#surface = surface;
    this.#shortcuts = shortcuts;
    this.#commands = commands;
  }

  async press(person: string, ts: string, label: string): Promise<void> {
    const { workspace } = this.#surface;
    const message = this.#seen(person, ts);
    const reader = readerOf(workspace, person);
    const labelOf = (control: Control) => plain(asText(asObject(control.element.text)?.text) ?? "", reader);
    const buttons = controlsOf(message.blocks, message.attachments).filter(({ type }) => type === "button");
    const button = buttons.find((control) => labelOf(control).toLowerCase().includes(label.toLowerCase()));
    if (!button) {
      const there = buttons.map(labelOf).join(", ") || "none";
      throw new Error(`Message ${ts} has no button "${label}" for ${person}; there are: ${there}.`);
    }
    const { text, value, style, url } = button.element;
    await this.#act(person, message, button, { text, value, style, url });
  }

  async choose(person: string, ts: string, wanted: string): Promise<void> {
    const message = this.#seen(person, ts);
    for (const control of controlsOf(message.blocks, message.attachments)) {
      const isPeople = control.type === "users_select" && this.#surface.workspace.people.has(wanted);
      const option = isPeople || control.type === "button" ? null : findOption(control.element, wanted);
      if (!isPeople && !option) continue;
      message.selected ??= new Map();
      if (control.type !== "overflow") message.selected.set(controlKey(control), option ?? wanted);
      const { placeholder, initial_option, initial_user } = control.element;
      const chosen: JsonObject = option ? { selected_option: option } : { selected_user: wanted };
      return this.#act(person, message, control, { ...chosen, placeholder, initial_option, initial_user });
    }
    throw new Error(`No menu of message ${ts} offers "${wanted}" to ${person}.`);
  }

  async #act(person: string, message: SlackMessage, control: Control, fields: JsonObject): Promise<void> {
    const { workspace, deliveries } = this.#surface;
    const { channel } = message;
    const ephemeral = message.onlyFor !== null;
    const controls = controlsOf(message.blocks, message.attachments);
    const reply = await deliveries.interaction(
      "interactive",
      {
        type: "block_actions",
        ...this.#surface.from(person),
        container: {
          type: control.attachment === null ? "message" : "message_attachment",
          message_ts: message.ts,
          ...(control.attachment === null ? {} : { attachment_id: control.attachment, is_app_unfurl: false }),
          channel_id: channel.id,
          is_ephemeral: ephemeral,
          ...(message.root ? { thread_ts: message.root.ts } : {}),
        },
        trigger_id: this.#surface.trigger(person),
        channel: { id: channel.id, name: payloadName(channel) },
        // An ephemeral message is not kept by Slack, so its payload cannot show it.
        ...(ephemeral ? {} : { message: messageJson(workspace, message, { history: true, metadata: true }) }),
        state: stateValues(controls, message.selected),
        response_url: this.#surface.responseUrl(channel, person, message),
        actions: [
          {
            type: control.type,
            block_id: control.block,
            action_id: control.action,
            ...fields,
            action_ts: stamp(workspace.mint()),
          },
        ],
      },
      false,
    );
    if (reply.kind !== "acked") this.#silent(channel, person);
  }

  async slash(person: string, channelId: string, typed: string): Promise<void> {
    const { workspace, deliveries } = this.#surface;
    const channel = this.#memberOf(person, channelId);
    const match = /^(\/\S+)\s*([\s\S]*)$/.exec(typed.trim());
    if (!match) throw new Error(`A slash command begins with "/": "${typed}".`);
    const [, command = "", rest = ""] = match;
    if (this.#commands && !this.#commands.includes(command))
      throw new Error(`${command} is not a command of the app; there are: ${this.#commands.join(", ")}.`);
    const record = this.#ours(person, `run ${command}`);
    const reply = await deliveries.interaction(
      "slash_commands",
      {
        token: "local-verification-token",
        team_id: workspace.id,
        team_domain: workspace.domain,
        channel_id: channel.id,
        channel_name: payloadName(channel),
        user_id: person,
        user_name: handleOf(record),
        command,
        text: this.#escaped(rest),
        api_app_id: workspace.appId,
        is_enterprise_install: "false",
        response_url: this.#surface.responseUrl(channel, person, null),
        trigger_id: this.#surface.trigger(person),
      },
      true,
    );
    if (reply.kind === "timeout" || reply.kind === "unreachable") {
      return this.#surface.notice(channel, person, `${command} failed: the app didn't respond in time.`);
    }
    // A command alone may be answered in plain words as well.
    const answer = reply.kind === "words" ? { text: reply.text } : reply.payload;
    if (Object.keys(answer).length === 0) return;
    try {
      this.#surface.answer(channel, person, answer, null);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#surface.refused(command, error);
      this.#surface.notice(channel, person, `${command} failed with the error "invalid_command_response".`);
    }
  }

  /** With `should_escape`, mentions and channels in a command carry the name after a bar. */
  #escaped(text: string): string {
    const { workspace } = this.#surface;
    return text
      .replace(/<@([A-Za-z0-9_-]+)>/g, (whole, id: string) => {
        const person = workspace.people.get(id);
        return person ? `<@${id}|${handleOf(person)}>` : whole;
      })
      .replace(/<#([A-Za-z0-9_-]+)>/g, (whole, id: string) => {
        const channel = workspace.channels.get(id);
        return channel ? `<#${id}|${channel.name}>` : whole;
      });
  }

  async shortcut(person: string, channelId: string, ts: string, name: string): Promise<void> {
    const { workspace, deliveries } = this.#surface;
    const channel = this.#memberOf(person, channelId);
    const message = this.#seen(person, ts);
    this.#ours(person, `use the shortcut "${name}"`);
    const trigger = this.#surface.trigger(person);
    // The real payload of a shortcut has neither the app's id nor a username.
    const { api_app_id: _, user, ...rest } = this.#surface.from(person);
    const { username: __, ...who } = asObject(user) ?? {};
    const from = { ...rest, user: who };
    const reply = await deliveries.interaction(
      "interactive",
      {
        type: "message_action",
        ...from,
        action_ts: stamp(workspace.mint()),
        channel: { id: channel.id, name: payloadName(channel) },
        callback_id: this.#callbackOf(name),
        trigger_id: trigger,
        response_url: this.#surface.responseUrl(channel, person, message),
        message_ts: message.ts,
        message: messageJson(workspace, message, { history: true, metadata: true }),
      },
      false,
    );
    if (reply.kind !== "acked") this.#silent(channel, person);
  }

  #callbackOf(name: string): string {
    if (!this.#shortcuts) return name.toLowerCase().replace(/[^a-z]+/g, "_");
    const known = this.#shortcuts.find((shortcut) => shortcut.name.toLowerCase() === name.toLowerCase());
    if (known) return known.callback_id;
    const there = this.#shortcuts.map((shortcut) => shortcut.name).join(", ");
    throw new Error(`The app has no message shortcut "${name}"; there are: ${there}.`);
  }

  #silent(channel: SlackChannel, person: string): void {
    const { name } = this.#surface.workspace.person(this.#surface.workspace.botUser);
    this.#surface.notice(channel, person, `${name} didn't respond in time.`);
  }

  #ours(person: string, what: string) {
    const record = this.#surface.workspace.person(person);
    if (record.external)
      throw new Error(`${person} belongs to another organisation, who cannot ${what} in Slack Connect.`);
    return record;
  }

  #memberOf(person: string, id: string): SlackChannel {
    const { workspace } = this.#surface;
    const channel = workspace.channel(id);
    if (!workspace.isMember(channel, person)) throw new Error(`${person} is not in channel ${id}.`);
    return channel;
  }

  #seen(person: string, ts: string): SlackMessage {
    const { workspace } = this.#surface;
    const message = workspace.messages.get(ts);
    const visible = message && !message.deleted && (message.onlyFor === null || message.onlyFor === person);
    if (!visible) throw new Error(`${person} sees no message ${ts}.`);
    this.#memberOf(person, message.channel.id);
    return message;
  }
}

/** The channel name as interaction payloads carry it. */
function payloadName(channel: SlackChannel): string {
  return channel.kind === "private" ? "privategroup" : channel.name;
}
