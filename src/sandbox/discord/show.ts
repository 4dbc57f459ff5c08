// A message as a person sees it: its words, its controls, everything on it.
import type { ShownControl, ShownMessage } from "../world.ts";
import { type Component, Flag, type Message, MessageType } from "./model.ts";
import { plain, type Reader } from "./plain.ts";
import type { Guild } from "./state.ts";

/** The words of a message: content, embeds and components from top to bottom, buttons and menus left out. */
function words(guild: Guild, message: Message, reader: Reader): string {
  const parts: string[] = [];
  const add = (text: string | undefined): void => {
    if (text) parts.push(plain(guild, text, reader));
  };
  const started = message.type === MessageType.threadCreated;
  add(started ? `started a thread: ${message.content}` : message.content);
  if (!(message.flags & Flag.suppressEmbeds)) {
    for (const { author, title, description, fields, footer } of message.embeds) {
      // Authors and footers know no markup.
      if (author) parts.push(author.name);
      add(title);
      add(description);
      for (const field of fields ?? []) {
        add(field.name);
        add(field.value);
      }
      if (footer) parts.push(footer.text);
    }
  }
  for (const component of everyComponent(message.components)) {
    if (component.type === 10) add(component.content);
    else if (component.type === 11 && component.description) parts.push(`[image: ${component.description}]`);
    for (const item of component.items ?? [])
      if (item.description) parts.push(`[image: ${item.description}]`);
  }
  return parts.join("\n");
}

/** Every control that can be used, top to bottom; disabled ones are left out. */
export function controlsOf(guild: Guild, message: Message): ShownControl[] {
  const controls: ShownControl[] = [];
  for (const component of everyComponent(message.components)) {
    const control = component.disabled ? null : controlOf(guild, component);
    if (control) controls.push(control);
  }
  return controls;
}

export function* everyComponent(list: readonly Component[]): Iterable<Component> {
  for (const component of list) {
    yield component;
    if (component.components) yield* everyComponent(component.components);
    if (component.accessory) yield component.accessory;
    if (component.component) yield component.component;
  }
}

function controlOf(guild: Guild, component: Component): ShownControl | null {
  const id = component.custom_id ?? component.url ?? "";
  switch (component.type) {
    case 2: {
      const label = [component.emoji?.name, component.label].filter(Boolean).join(" ");
      return { kind: "button", label, options: [], selected: null, id };
    }
    case 3: {
      const options = (component.options ?? []).map(({ value, label }) => ({ value, label }));
      const selected = component.options?.find((option) => option.default)?.label ?? null;
      return { kind: "menu", label: component.placeholder ?? "", options, selected, id };
    }
    case 5: {
      const chosen = component.default_values?.[0]?.id;
      const selected = chosen ? (guild.users.get(chosen)?.name ?? chosen) : null;
      return { kind: "people", label: component.placeholder ?? "", options: [], selected, id };
    }
    default:
      return null;
  }
}

/** Whether clients show this as a message of its own: a thread's starter is the parent's message once more. */
export function isShown(message: Message): boolean {
  return message.type !== MessageType.threadStarter && !(message.flags & Flag.loading);
}

export function shownMessage(guild: Guild, message: Message, reader: Reader): ShownMessage {
  const { channel, author } = message;
  const reactions: Record<string, readonly string[]> = {};
  for (const [key, { users }] of message.reactions ?? []) reactions[key] = [...users];
  const top = channel.thread && channel.parent;
  return {
    id: message.id,
    channel: (channel.thread ? channel.parent : channel)?.id ?? channel.id,
    // The first message of a forum post is the top: it carries the thread's own id.
    thread: top && message.id !== channel.id ? channel.id : null,
    author: { id: author.id, name: author.name, bot: author.bot },
    text: words(guild, message, reader),
    controls: controlsOf(guild, message),
    reactions,
    files: message.attachments.map((attachment) => attachment.filename),
    at: message.at,
    editedAt: message.editedAt,
    deleted: message.deleted,
    onlyFor: message.onlyFor?.id ?? null,
    direct: channel.recipient?.id ?? null,
  };
}
