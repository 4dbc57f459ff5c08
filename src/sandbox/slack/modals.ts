// Modals: opened and changed by the bot, filled in, submitted and dismissed by a person.
import type { ShownModal } from "../world.ts";
import { Refusal } from "./api-call.ts";
import { keptObject, viewFaults, withIds } from "./blocks.ts";
import { type Control, controlKey, controlsOf, findOption, initialOf, stateValues } from "./controls.ts";
import { asObject, asObjects, asText, type JsonObject } from "./json.ts";
import type { Surface } from "./surface.ts";

interface View {
  readonly id: string;
  readonly person: string;
  /** As the bot gave it, with an id on every block and element. */
  source: JsonObject;
  hash: string;
  /** Block ids the bot chose itself: these name the fields. */
  named: ReadonlySet<string>;
  filled: Map<string, JsonObject | string>;
  errors: Record<string, string>;
}

/** A field with the input block around it. */
interface Field {
  readonly control: Control;
  readonly block: JsonObject;
  readonly name: string;
  readonly label: string;
}

const DEEPEST_STACK = 3;
const NO_ANSWER = "We had some trouble connecting. Try again?";

export class Modals {
  readonly #surface: Surface;
  /** The stack of open views of each person, the visible one last. */
  readonly #open = new Map<string, View[]>();
  readonly #homes = new Map<string, JsonObject>();

  constructor(surface: Surface) {
    this.#surface = surface;
  }

  /** views.open: replaces whatever is open. */
  open(person: string, source: JsonObject): JsonObject {
    const view = this.#make(person, source);
    this.#open.set(person, [view]);
    this.#tell(view);
    return this.#json(view);
  }

  /** views.push. */
  push(person: string, source: JsonObject): JsonObject {
    const stack = this.#open.get(person) ?? [];
    if (stack.length >= DEEPEST_STACK)
      throw new Refusal("push_limit_reached", "three views are open already");
    const view = this.#make(person, source);
    this.#open.set(person, [...stack, view]);
    this.#tell(view);
    return this.#json(view);
  }

  /** views.update, by `view_id` or `external_id`. */
  update(id: string | null, externalId: string | null, hash: string | null, source: JsonObject): JsonObject {
    const views = [...this.#open.values()].flat();
    const view = views.find(
      (open) => open.id === id || (externalId !== null && open.source.external_id === externalId),
    );
    if (!view) throw new Refusal("not_found", `no view ${id ?? externalId} is open`);
    if (hash !== null && hash !== view.hash) throw new Refusal("hash_conflict", "the view has changed since");
    this.#replace(view, source);
    return this.#json(view);
  }

  publish(person: string, source: JsonObject): JsonObject {
    const checked = this.#checked(source, "home");
    this.#homes.set(person, checked);
    return { ...checked, id: this.#surface.workspace.nextId("V"), team_id: this.#surface.workspace.id };
  }

  shown(person: string): ShownModal | null {
    const view = this.#top(person);
    return view ? this.#shown(view) : null;
  }

  async submit(person: string, values: Readonly<Record<string, string>>): Promise<void> {
    const view = this.#top(person);
    if (!view) throw new Error(`${person} has no modal open to submit.`);
    const fields = this.#fields(view);
    for (const [name, value] of Object.entries(values)) this.#fill(view, fields, name, value);
    view.errors = this.#missing(view, fields);
    // The client itself keeps an incomplete form back.
    if (Object.keys(view.errors).length > 0) return this.#tell(view);
    const reply = await this.#surface.deliveries.interaction(
      "interactive",
      {
        type: "view_submission",
        ...this.#surface.from(person),
        trigger_id: this.#surface.trigger(person),
        view: this.#json(view),
        response_urls: [],
      },
      true,
    );
    if (reply.kind === "timeout" || reply.kind === "unreachable") {
      view.errors = { "": NO_ANSWER };
      return this.#tell(view);
    }
    try {
      if (reply.kind === "words")
        throw new Refusal("invalid_payload", `the answer "${reply.text}" is no JSON object`);
      this.#answered(view, fields, reply.payload);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#surface.refused("view_submission", error);
      view.errors = { "": NO_ANSWER };
      this.#tell(view);
    }
  }

  async dismiss(person: string): Promise<void> {
    const view = this.#top(person);
    if (!view) throw new Error(`${person} has no modal open to close.`);
    this.#pop(view);
    if (view.source.notify_on_close !== true) return;
    const payload = {
      type: "view_closed",
      ...this.#surface.from(person),
      view: this.#json(view),
      is_cleared: false,
    };
    await this.#surface.deliveries.interaction("interactive", payload, false);
  }

  /** Does what the acknowledgement of a submission asks. */
  #answered(view: View, fields: readonly Field[], answer: JsonObject): void {
    switch (answer.response_action) {
      case undefined:
        // Empty, or an action: a body such as `{"ok":true}` leaves the form open with an error.
        if (Object.keys(answer).length > 0)
          throw new Refusal("invalid_response_action", `no response_action in ${JSON.stringify(answer)}`);
        this.#pop(view);
        return;
      case "clear":
        this.#open.delete(view.person);
        this.#closed(view.person);
        return;
      case "update":
        this.#replace(view, asObject(answer.view) ?? {});
        return;
      case "push":
        this.push(view.person, asObject(answer.view) ?? {});
        return;
      case "errors": {
        const errors: Record<string, string> = {};
        for (const [block, text] of Object.entries(asObject(answer.errors) ?? {})) {
          const field = fields.find(({ control }) => control.block === block);
          if (!field || !asText(text))
            throw new Refusal("invalid_errors", `there is no input block "${block}"`);
          errors[field.name] = asText(text) ?? "";
        }
        if (Object.keys(errors).length === 0) throw new Refusal("invalid_errors", "errors without any");
        view.errors = errors;
        this.#tell(view);
        return;
      }
      default:
        throw new Refusal("invalid_response_action", `response_action "${String(answer.response_action)}"`);
    }
  }

  #checked(source: JsonObject, type: "modal" | "home"): JsonObject {
    const faults = viewFaults(source);
    if (source.type !== type) faults.push(`[ERROR] expected a ${type} [json-pointer:/view/type]`);
    if (faults.length > 0) throw new Refusal("invalid_arguments", faults.join("; "), faults);
    const { workspace } = this.#surface;
    return {
      ...keptObject(source),
      blocks: withIds(asObjects(source.blocks), () => workspace.nextId("x").slice(-5)),
    };
  }

  #make(person: string, source: JsonObject): View {
    const { workspace } = this.#surface;
    return {
      id: workspace.nextId("V"),
      person,
      source: this.#checked(source, "modal"),
      hash: `${workspace.seconds()}.${workspace.nextId("h")}`,
      named: namedBlocks(source),
      filled: new Map(),
      errors: {},
    };
  }

  /** Typed values survive an update when block and action keep their ids, as in the real client. */
  #replace(view: View, source: JsonObject): void {
    const { workspace } = this.#surface;
    view.source = this.#checked(source, "modal");
    view.named = namedBlocks(source);
    view.hash = `${workspace.seconds()}.${workspace.nextId("h")}`;
    view.errors = {};
    this.#tell(view);
  }

  #pop(view: View): void {
    const rest = (this.#open.get(view.person) ?? []).filter((open) => open !== view);
    this.#open.set(view.person, rest);
    const next = rest.at(-1);
    if (next) this.#tell(next);
    else this.#closed(view.person);
  }

  #closed(person: string): void {
    this.#surface.workspace.announce(() => ({ kind: "modal_closed", person }));
  }

  #tell(view: View): void {
    this.#surface.workspace.announce(() => ({
      kind: "modal",
      person: view.person,
      modal: this.#shown(view),
    }));
  }

  #top(person: string): View | undefined {
    return this.#open.get(person)?.at(-1);
  }

  #fields(view: View): Field[] {
    return asObjects(view.source.blocks).flatMap((block) => {
      if (block.type !== "input") return [];
      return controlsOf([block]).map((control) => ({
        control,
        block,
        name: view.named.has(control.block) ? control.block : control.action,
        label: asText(asObject(block.label)?.text) ?? "",
      }));
    });
  }

  #fill(view: View, fields: readonly Field[], name: string, value: string): void {
    const low = name.toLowerCase();
    const field =
      fields.find((each) => each.name === name || each.control.action === name) ??
      fields.find((each) => each.label.toLowerCase() === low) ??
      fields.find((each) => each.label.toLowerCase().includes(low));
    if (!field) {
      const there = fields.map((each) => `${each.name} ("${each.label}")`).join(", ") || "none";
      throw new Error(`The modal has no field "${name}"; there are: ${there}.`);
    }
    const { control } = field;
    const plainValue = control.type.endsWith("_input") || control.type === "users_select";
    const chosen = plainValue ? value : findOption(control.element, value);
    if (chosen === null) throw new Error(`The field "${name}" does not offer "${value}".`);
    view.filled.set(controlKey(control), chosen);
  }

  #valueOf(view: View, control: Control): JsonObject | string | null {
    return view.filled.get(controlKey(control)) ?? initialOf(control.element);
  }

  #missing(view: View, fields: readonly Field[]): Record<string, string> {
    const errors: Record<string, string> = {};
    for (const { control, block, name } of fields) {
      const value = this.#valueOf(view, control);
      const { min_length: least, max_length: most } = control.element;
      if (value === null || value === "") {
        if (block.optional !== true) errors[name] = "Please complete this required field.";
      } else if (typeof value === "string" && typeof most === "number" && value.length > most) {
        errors[name] = `Must be less than ${most + 1} characters.`;
      } else if (typeof value === "string" && typeof least === "number" && value.length < least) {
        errors[name] = `Must be at least ${least} characters.`;
      }
    }
    return errors;
  }

  #shown(view: View): ShownModal {
    return {
      id: view.id,
      title: asText(asObject(view.source.title)?.text) ?? "",
      submit: asText(asObject(view.source.submit)?.text) ?? "",
      fields: this.#fields(view).map(({ control, block, name, label }) => {
        const value = this.#valueOf(view, control);
        return {
          name,
          label,
          value: typeof value === "string" ? value : (asText(asObject(value?.text)?.text) ?? ""),
          multiline: control.element.multiline === true,
          required: block.optional !== true,
        };
      }),
      errors: view.errors,
    };
  }

  #json(view: View): JsonObject {
    const { workspace } = this.#surface;
    const stack = this.#open.get(view.person) ?? [];
    const { source } = view;
    return {
      id: view.id,
      team_id: workspace.id,
      type: "modal",
      blocks: source.blocks,
      private_metadata: source.private_metadata ?? "",
      callback_id: source.callback_id ?? "",
      state: stateValues(controlsOf(asObjects(source.blocks)), view.filled),
      hash: view.hash,
      title: source.title,
      clear_on_close: source.clear_on_close ?? false,
      notify_on_close: source.notify_on_close ?? false,
      close: source.close ?? null,
      submit: source.submit ?? null,
      previous_view_id: stack[stack.indexOf(view) - 1]?.id ?? null,
      root_view_id: stack[0]?.id ?? view.id,
      app_id: workspace.appId,
      external_id: source.external_id ?? "",
      app_installed_team_id: workspace.id,
      bot_id: workspace.botId,
    };
  }
}

function namedBlocks(source: JsonObject): Set<string> {
  return new Set(asObjects(source.blocks).flatMap((block) => asText(block.block_id) ?? []));
}
