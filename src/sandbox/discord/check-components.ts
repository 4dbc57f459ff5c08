// The rules of components: action rows, components v2, modals.
// https://docs.discord.com/developers/components/reference
import type { Form } from "./form.ts";
import { type Component, Flag } from "./model.ts";

const Type = {
  row: 1,
  button: 2,
  stringSelect: 3,
  textInput: 4,
  userSelect: 5,
  channelSelect: 8,
  section: 9,
  textDisplay: 10,
  thumbnail: 11,
  gallery: 12,
  file: 13,
  separator: 14,
  container: 17,
  label: 18,
  upload: 19,
} as const;

const isSelect = (type: unknown): boolean =>
  type === Type.stringSelect ||
  (typeof type === "number" && type >= Type.userSelect && type <= Type.channelSelect);
const V2_TOP = [1, 9, 10, 12, 13, 14, 17];
const V2_CONTAINER = [1, 9, 10, 12, 13, 14];

interface Seen {
  ids: Set<string>;
  count: number;
  text: number;
  inModal: boolean;
}

/** Checks the components of a message; faults are added to the form. */
export function checkMessageComponents(form: Form, flags: number): Component[] {
  const v2 = (flags & Flag.componentsV2) !== 0;
  const seen: Seen = { ids: new Set(), count: 0, text: 0, inModal: false };
  const list = form.list("components", { max: v2 ? 40 : 5 });
  for (const each of list) {
    checkType(each, v2 ? V2_TOP : [Type.row]);
    check(each, seen);
  }
  if (v2 && seen.count > 40) {
    form.fault(
      "components",
      "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
      "The total number of components is limited to 40",
    );
  }
  if (v2 && seen.text > 4000) {
    form.fault(
      "components",
      "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
      "The total displayable text size cannot exceed 4000",
    );
  }
  return numbered(list.map((each) => each.body as Component));
}

/** Checks a modal: title, custom id, one to five rows or labels. */
export function checkModal(form: Form): void {
  form.text("title", { min: 1, max: 45, required: true });
  form.text("custom_id", { min: 1, max: 100, required: true });
  const seen: Seen = { ids: new Set(), count: 0, text: 0, inModal: true };
  for (const each of form.list("components", { min: 1, max: 5, required: true })) {
    checkType(each, [Type.row, Type.textDisplay, Type.label]);
    check(each, seen);
  }
}

function check(form: Form, seen: Seen): void {
  seen.count += 1;
  form.whole("id", { min: 0, max: 2 ** 31 - 1 });
  switch (form.body.type) {
    case Type.row:
      checkRow(form, seen);
      return;
    case Type.button:
      checkButton(form, seen);
      return;
    case Type.textInput:
      checkTextInput(form, seen);
      return;
    case Type.section: {
      for (const each of form.list("components", { min: 1, max: 3, required: true })) {
        checkType(each, [Type.textDisplay]);
        check(each, seen);
      }
      const accessory = form.object("accessory", true);
      if (accessory) {
        checkType(accessory, [Type.button, Type.thumbnail]);
        check(accessory, seen);
      }
      return;
    }
    case Type.textDisplay: {
      const text = form.text("content", { min: 1, max: 4000, required: true });
      seen.text += text?.length ?? 0;
      return;
    }
    case Type.thumbnail:
      form.object("media", true)?.url("url", true);
      form.text("description", { max: 1024 });
      return;
    case Type.gallery:
      for (const item of form.list("items", { min: 1, max: 10, required: true })) {
        item.object("media", true)?.url("url", true);
        item.text("description", { max: 1024 });
      }
      return;
    case Type.file:
      form.object("file", true)?.url("url", true);
      return;
    case Type.separator:
      form.choice("spacing", [1, 2]);
      return;
    case Type.container:
      for (const each of form.list("components", { min: 1, max: 40, required: true })) {
        checkType(each, V2_CONTAINER);
        check(each, seen);
      }
      return;
    case Type.label: {
      form.text("label", { min: 1, max: 45, required: true });
      form.text("description", { min: 1, max: 100 });
      const inner = form.object("component", true);
      if (inner) {
        checkType(inner, [3, 4, 5, 6, 7, 8, 19, 21, 22, 23]);
        check(inner, seen);
      }
      return;
    }
    case Type.upload:
      checkCustomId(form, seen);
      return;
    default:
      if (isSelect(form.body.type)) checkSelect(form, seen);
  }
}

function checkRow(form: Form, seen: Seen): void {
  const children = form.list("components", { min: 1, max: 5, required: true });
  if (seen.inModal) {
    if (children.length > 1) tooWide(form);
    for (const each of children) checkType(each, [Type.textInput]);
  } else {
    const selects = children.filter((each) => isSelect(each.body.type));
    if (selects.length > 0 && children.length > 1) tooWide(form);
    for (const each of children) checkType(each, [2, 3, 5, 6, 7, 8]);
  }
  for (const each of children) check(each, seen);
}

function tooWide(form: Form): void {
  form.fault(
    "components",
    "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
    "The specified component exceeds the maximum width",
  );
}

function checkButton(form: Form, seen: Seen): void {
  form.choice("style", [1, 2, 3, 4, 5, 6], true);
  form.text("label", { max: 80 });
  const style = form.body.style;
  if (style === 5) {
    if (form.has("custom_id")) {
      form.fault(
        "custom_id",
        "BUTTON_COMPONENT_URL_AND_CUSTOM_ID",
        "A custom id and url cannot both be specified",
      );
    }
    form.url("url", true);
  } else if (style !== 6) {
    checkCustomId(form, seen);
    if (form.has("url")) {
      form.fault("url", "BUTTON_COMPONENT_INVALID_URL", "Only a button of the link style may have a url");
    }
  }
  if (style !== 6 && !form.body.label && !form.has("emoji")) {
    form.fault("label", "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", "A label or an emoji is required");
  }
}

function checkSelect(form: Form, seen: Seen): void {
  checkCustomId(form, seen);
  form.text("placeholder", { max: 150 });
  const min = form.whole("min_values", { min: 0, max: 25 });
  const max = form.whole("max_values", { min: 1, max: 25 });
  if (min !== null && max !== null && min > max) {
    form.fault("min_values", "NUMBER_TYPE_MAX", "min_values must not exceed max_values");
  }
  if (form.body.type !== Type.stringSelect) return;
  const values = new Set<unknown>();
  const options = form.list("options", { min: 1, max: 25, required: true });
  for (const option of options) {
    option.text("label", { min: 1, max: 100, required: true });
    option.text("value", { min: 1, max: 100, required: true });
    option.text("description", { max: 100 });
    if (values.has(option.body.value)) {
      option.fault(
        "value",
        "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
        "The specified option value is already used",
      );
    }
    values.add(option.body.value);
  }
  if (max !== null && options.length > 0 && max > options.length) {
    form.fault(
      "max_values",
      "NUMBER_TYPE_MAX",
      `int value should be less than or equal to ${options.length}.`,
    );
  }
}

function checkTextInput(form: Form, seen: Seen): void {
  checkCustomId(form, seen);
  form.choice("style", [1, 2], true);
  const inLabel = form.path.at(-1) === "component";
  form.text("label", inLabel ? { max: 45 } : { min: 1, max: 45, required: true });
  form.text("placeholder", { max: 100 });
  const min = form.whole("min_length", { min: 0, max: 4000 });
  const max = form.whole("max_length", { min: 1, max: 4000 });
  if (min !== null && max !== null && min > max) {
    form.fault("min_length", "NUMBER_TYPE_MAX", "min_length must not exceed max_length");
  }
  form.text("value", { max: max ?? 4000 });
}

function checkCustomId(form: Form, seen: Seen): void {
  const id = form.text("custom_id", { min: 1, max: 100, required: true });
  if (id === null) return;
  if (seen.ids.has(id)) {
    form.fault("custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated");
  }
  seen.ids.add(id);
}

function checkType(form: Form, allowed: readonly number[]): void {
  form.choice("type", allowed, true);
}

/** What Discord fills in when it gives a component back, by type. */
const DEFAULTS: Readonly<Record<number, object>> = {
  3: { min_values: 1, max_values: 1 },
  5: { min_values: 1, max_values: 1 },
  6: { min_values: 1, max_values: 1 },
  7: { min_values: 1, max_values: 1 },
  8: { min_values: 1, max_values: 1 },
  11: { description: null, spoiler: false },
  14: { spacing: 1, divider: true },
  17: { accent_color: null, spoiler: false },
};

/** Components come back with their defaults, and with numbers for those that have none. */
function numbered(list: readonly Component[]): Component[] {
  let next = 1;
  const number = (component: Component): Component => {
    const made: Component = { ...DEFAULTS[component.type], ...component, id: component.id ?? next };
    next += 1;
    if (component.components) made.components = component.components.map(number);
    if (component.accessory) made.accessory = number(component.accessory);
    return made;
  };
  return list.map(number);
}
