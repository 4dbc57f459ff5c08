// The interactive elements of blocks: finding them, what they offer, and what choosing means in Slack's terms.
import type { ShownControl } from "../world.ts";
import { showEmoji } from "./emoji.ts";
import { asObject, asObjects, asText, type Json, type JsonObject } from "./json.ts";

/** An interactive element with the block it stands in; `attachment` counts from 1, null outside of attachments. */
export interface Control {
  readonly block: string;
  readonly action: string;
  readonly type: string;
  readonly element: JsonObject;
  readonly attachment: number | null;
}

const MENUS = new Set(["static_select", "overflow", "radio_buttons", "external_select"]);

function inBlocks(blocks: readonly JsonObject[], attachment: number | null): Control[] {
  const controls: Control[] = [];
  for (const block of blocks) {
    const accessory = asObject(block.accessory);
    const input = asObject(block.element);
    const elements = block.type === "actions" ? asObjects(block.elements) : [];
    for (const element of [...elements, ...(accessory ? [accessory] : []), ...(input ? [input] : [])]) {
      const action = asText(element.action_id);
      const type = asText(element.type);
      if (action === null || type === null) continue;
      controls.push({ block: asText(block.block_id) ?? "", action, type, element, attachment });
    }
  }
  return controls;
}

/** Every control of a message or view, in the order it is shown. */
export function controlsOf(
  blocks: readonly JsonObject[],
  attachments: readonly JsonObject[] = [],
): Control[] {
  return [
    ...inBlocks(blocks, null),
    ...attachments.flatMap((attachment, index) => inBlocks(asObjects(attachment.blocks), index + 1)),
  ];
}

export function controlKey(control: Control): string {
  return `${control.block}/${control.action}`;
}

export function optionsOf(element: JsonObject): JsonObject[] {
  const groups = asObjects(element.option_groups);
  return groups.length > 0 ? groups.flatMap((group) => asObjects(group.options)) : asObjects(element.options);
}

function label(text: Json | undefined): string {
  return showEmoji(asText(asObject(text)?.text) ?? "");
}

/** The option a reader means: by its value, its whole label, or a part of its label. */
export function findOption(element: JsonObject, wanted: string): JsonObject | null {
  const options = optionsOf(element);
  const low = wanted.toLowerCase();
  return (
    options.find((option) => option.value === wanted) ??
    options.find((option) => label(option.text).toLowerCase() === low) ??
    options.find((option) => label(option.text).toLowerCase().includes(low)) ??
    null
  );
}

/** What stands selected before anybody touches it: an option, a person's id, typed text, or null. */
export function initialOf(element: JsonObject): JsonObject | string | null {
  return asObject(element.initial_option) ?? asText(element.initial_user) ?? asText(element.initial_value);
}

/** The entry of `state.values` for a control; null for buttons and overflow menus, which keep no state. */
export function stateOf(control: Control, chosen: JsonObject | string | null): JsonObject | null {
  switch (control.type) {
    case "button":
    case "overflow":
      return null;
    case "users_select":
      return { type: control.type, selected_user: typeof chosen === "string" ? chosen : null };
    case "plain_text_input":
    case "email_text_input":
    case "url_text_input":
    case "number_input":
      return { type: control.type, value: typeof chosen === "string" && chosen !== "" ? chosen : null };
    default:
      return { type: control.type, selected_option: typeof chosen === "string" ? null : chosen };
  }
}

/** `state` of a message or view: what each stateful control stands at. */
export function stateValues(
  controls: readonly Control[],
  chosen: ReadonlyMap<string, JsonObject | string> | null,
): { values: JsonObject } {
  const values: Record<string, Record<string, Json>> = {};
  for (const control of controls) {
    const state = stateOf(control, chosen?.get(controlKey(control)) ?? initialOf(control.element));
    if (state) values[control.block] = { ...values[control.block], [control.action]: state };
  }
  return { values };
}

/** A control as a person sees it, or null for kinds a person of the sandbox cannot use. */
export function shownControl(
  control: Control,
  chosen: ReadonlyMap<string, JsonObject | string> | null,
  personName: (id: string) => string | null,
): ShownControl | null {
  const { element } = control;
  const id = controlKey(control);
  if (control.type === "button")
    return { kind: "button", label: label(element.text), options: [], selected: null, id };
  const selected = chosen?.get(id) ?? initialOf(element);
  const placeholder = label(element.placeholder);
  if (control.type === "users_select") {
    const name = typeof selected === "string" ? (personName(selected) ?? selected) : null;
    return { kind: "people", label: placeholder, options: [], selected: name, id };
  }
  if (!MENUS.has(control.type)) return null;
  const options = optionsOf(element).map((option) => ({
    value: asText(option.value) ?? "",
    label: label(option.text),
  }));
  const shown = selected !== null && typeof selected !== "string" ? label(selected.text) : null;
  return { kind: "menu", label: placeholder, options, selected: shown, id };
}
