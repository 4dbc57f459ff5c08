// Modals: at most one open before each person, filled in and sent back.
import type { LocalPlatform, ShownModal } from "../world.ts";
import type { Json } from "./errors.ts";
import { traceOf } from "./interaction-json.ts";
import type { Interaction } from "./interactions.ts";
import type { Channel, Component, InteractionTrace, Message, User } from "./model.ts";
import { type Discord, tell } from "./posting.ts";
import { everyComponent } from "./show.ts";
import { resolvedMemberJson, userJson } from "./wire.ts";

interface Field {
  component: Component;
  label: string;
  value: string;
}

export interface OpenModal {
  id: string;
  customId: string;
  title: string;
  components: readonly Component[];
  fields: Map<string, Field>;
  errors: Record<string, string>;
  user: User;
  channel: Channel;
  source: Message | null;
  /** What opened it. */
  trigger: InteractionTrace;
}

export class Modals {
  readonly #discord: Discord;
  readonly #open = new Map<string, OpenModal>();

  constructor(discord: Discord) {
    this.#discord = discord;
  }

  /** The bot answered an interaction with a modal that was checked before. */
  open(from: Interaction, modal: { title: string; custom_id: string; components: Component[] }): void {
    const fields = new Map<string, Field>();
    const labels = new Map<Component, string>();
    for (const component of everyComponent(modal.components)) {
      if (component.component && component.label) labels.set(component.component, component.label);
      if (component.custom_id === undefined) continue;
      const label = component.label ?? labels.get(component) ?? component.custom_id;
      fields.set(component.custom_id, { component, label, value: initial(component) });
    }
    const opened: OpenModal = {
      id: from.id,
      customId: modal.custom_id,
      title: modal.title,
      components: modal.components,
      fields,
      errors: {},
      user: from.user,
      channel: from.channel,
      source: from.source,
      trigger: traceOf(from),
    };
    this.#open.set(from.user.id, opened);
    this.#tell(opened);
  }

  of(user: User): OpenModal | null {
    return this.#open.get(user.id) ?? null;
  }

  close(user: User): void {
    if (this.#open.delete(user.id)) tell(this.#discord, { kind: "modal_closed", person: user.id });
  }

  /** Writes into the fields. Returns false, with errors on the fields, when the client would not send it so. */
  fill(modal: OpenModal, values: Parameters<LocalPlatform["submit"]>[1]): boolean {
    for (const [key, value] of Object.entries(values)) {
      const field =
        modal.fields.get(key) ??
        [...modal.fields.values()].find(({ label }) => label.toLowerCase() === key.toLowerCase());
      if (!field) {
        const known = [...modal.fields].map(([name, { label }]) => `${name} (${label})`).join(", ");
        throw new Error(`the modal ${JSON.stringify(modal.title)} has no field ${key}; it has ${known}`);
      }
      field.value = chosen(field.component, value);
    }
    modal.errors = {};
    for (const [name, { component, value }] of modal.fields) {
      const fault = faultOf(component, value);
      if (fault) modal.errors[name] = fault;
    }
    const good = Object.keys(modal.errors).length === 0;
    if (!good) this.#tell(modal);
    return good;
  }

  /** The bot did not take it: the modal stays, as Discord leaves it. */
  failed(modal: OpenModal): void {
    modal.errors = { "": "Something went wrong. Try again." };
    this.#tell(modal);
  }

  #tell(modal: OpenModal): void {
    tell(this.#discord, { kind: "modal", person: modal.user.id, modal: this.shown(modal) });
  }

  /** As the person sees it; titles and labels know no markup. */
  shown(modal: OpenModal): ShownModal {
    return {
      id: modal.id,
      title: modal.title,
      submit: "Submit",
      fields: [...modal.fields].map(([name, { component, label, value }]) => ({
        name,
        label,
        value,
        multiline: component.type === 4 && component.style === 2,
        required: component.required !== false,
      })),
      errors: modal.errors,
    };
  }

  /** `data` of the submission. */
  data(modal: OpenModal): Json {
    const { guild } = this.#discord;
    const resolved: { users: Json; members: Json } = { users: {}, members: {} };
    const answer = (component: Component): Json => {
      const { type, id, custom_id } = component;
      const value = modal.fields.get(custom_id ?? "")?.value ?? "";
      const place = { type, id: id ?? 1, custom_id };
      if (type === 4) return { ...place, value };
      const user = type === 5 ? guild.users.get(value) : undefined;
      if (user) {
        resolved.users[user.id] = userJson(user);
        resolved.members[user.id] = resolvedMemberJson(user, guild.permissions(user, modal.channel));
      }
      return { ...place, values: value === "" ? [] : [value] };
    };
    const components = modal.components.map((component, index): Json => {
      const id = component.id ?? index + 1;
      if (component.type === 10) return { type: 10, id };
      if (component.component) return { type: 18, id, component: answer(component.component) };
      return { type: 1, id, components: (component.components ?? []).map(answer) };
    });
    const people = Object.keys(resolved.users).length > 0;
    return { custom_id: modal.customId, components, ...(people ? { resolved } : {}) };
  }
}

function initial(component: Component): string {
  if (component.type === 3) return component.options?.find((option) => option.default)?.value ?? "";
  if (component.default_values) return component.default_values[0]?.id ?? "";
  return component.value ?? "";
}

/** In a menu, the value behind a label. */
function chosen(component: Component, value: string): string {
  if (component.type !== 3 || value === "") return value;
  const option = component.options?.find((each) => each.value === value || each.label === value);
  if (!option) throw new Error(`${component.custom_id}: the menu does not offer ${JSON.stringify(value)}`);
  return option.value;
}

function faultOf(component: Component, value: string): string | null {
  if (value === "") return component.required === false ? null : "This field is required.";
  if (component.type !== 4) return null;
  const max = component.max_length ?? 4000;
  const min = component.min_length ?? 0;
  if (value.length > max) return `Must be ${max} or fewer in length.`;
  return value.length < min ? `Must be ${min} or more in length.` : null;
}
