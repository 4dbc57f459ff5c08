// What Slack refuses in the elements of blocks. https://docs.slack.dev/reference/block-kit/block-elements
import { type Faults, ID_LENGTH } from "./block-faults.ts";
import { asObject, asObjects, asText, isList, type JsonObject } from "./json.ts";
import { checkRichText } from "./rich-text.ts";

const ACTS = ["type", "action_id"];
const CHOICE = [...ACTS, "placeholder", "confirm", "focus_on_load"];
const LISTED = ["options", "option_groups"];
const TYPED = [...ACTS, "placeholder", "focus_on_load", "dispatch_action_config", "initial_value"];
const CONVERSATION = ["default_to_current_conversation", "filter"];

/** Every element type with the fields it has. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  button: [...ACTS, "text", "value", "url", "style", "confirm", "accessibility_label"],
  checkboxes: [...ACTS, "options", "initial_options", "confirm", "focus_on_load"],
  radio_buttons: [...ACTS, "options", "initial_option", "confirm", "focus_on_load"],
  overflow: [...ACTS, "options", "confirm"],
  datepicker: [...CHOICE, "initial_date"],
  timepicker: [...CHOICE, "initial_time", "timezone"],
  datetimepicker: [...ACTS, "initial_date_time", "confirm", "focus_on_load"],
  static_select: [...CHOICE, ...LISTED, "initial_option"],
  multi_static_select: [...CHOICE, ...LISTED, "initial_options", "max_selected_items"],
  external_select: [...CHOICE, "initial_option", "min_query_length"],
  multi_external_select: [...CHOICE, "initial_options", "min_query_length", "max_selected_items"],
  users_select: [...CHOICE, "initial_user"],
  multi_users_select: [...CHOICE, "initial_users", "max_selected_items"],
  conversations_select: [...CHOICE, "initial_conversation", "response_url_enabled", ...CONVERSATION],
  multi_conversations_select: [...CHOICE, "initial_conversations", "max_selected_items", ...CONVERSATION],
  channels_select: [...CHOICE, "initial_channel", "response_url_enabled"],
  multi_channels_select: [...CHOICE, "initial_channels", "max_selected_items"],
  workflow_button: [...ACTS, "text", "workflow", "style", "confirm", "accessibility_label"],
  plain_text_input: [...TYPED, "multiline", "min_length", "max_length"],
  rich_text_input: [...TYPED, "min_lines", "max_lines"],
  email_text_input: TYPED,
  url_text_input: TYPED,
  number_input: [...TYPED, "is_decimal_allowed", "min_value", "max_value"],
  file_input: [...ACTS, "filetypes", "max_files"],
  feedback_buttons: [...ACTS, "positive_button", "negative_button"],
  icon_button: [...ACTS, "icon", "text", "accessibility_label", "value", "visible_to_user_ids", "confirm"],
};

const ONLY_INPUTS = [
  ...["plain_text_input", "email_text_input", "url_text_input", "number_input", "file_input"],
  "rich_text_input",
];
const ONLY_CONTEXT_ACTIONS = ["feedback_buttons", "icon_button"];

/** Element types that may stand in an actions block and as a section's accessory. */
export const INTERACTIVE: ReadonlySet<string> = new Set(
  Object.keys(FIELDS).filter((type) => !ONLY_INPUTS.includes(type) && !ONLY_CONTEXT_ACTIONS.includes(type)),
);
/** Element types that may stand in an input block. */
export const INPUTS: ReadonlySet<string> = new Set(
  [...ONLY_INPUTS, ...INTERACTIVE].filter(
    (type) => !["button", "overflow", "workflow_button"].includes(type),
  ),
);
export const CONTEXT_ACTIONS: ReadonlySet<string> = new Set(ONLY_CONTEXT_ACTIONS);

/** How many options each kind of list may offer. */
const MOST_OPTIONS: Readonly<Record<string, number>> = {
  static_select: 100,
  multi_static_select: 100,
  radio_buttons: 10,
  checkboxes: 10,
  overflow: 5,
};

function checkOptions(faults: Faults, element: JsonObject, at: string, most: number): void {
  const groups = isList(element.option_groups) ? asObjects(element.option_groups) : null;
  groups?.forEach((group, index) => {
    faults.known(group, ["label", "options"], `${at}/option_groups/${index}`);
    faults.text(group.label, 75, `${at}/option_groups/${index}/label`, "plain");
  });
  const lists = groups ? groups.map((group) => asObjects(group.options)) : [asObjects(element.options)];
  for (const options of lists) {
    if (options.length === 0) faults.add("must have at least 1 option", `${at}/options`);
    if (options.length > most) faults.add(`no more than ${most} items allowed`, `${at}/options`);
    checkEach(faults, element, options, at);
  }
  const initial = asObject(element.initial_option);
  if (initial && !lists.flat().some((option) => option.value === initial.value))
    faults.add("initial_option is not one of the options", `${at}/initial_option`);
}

function checkEach(faults: Faults, element: JsonObject, options: readonly JsonObject[], at: string): void {
  const menu = String(element.type).endsWith("_select") || element.type === "overflow";
  const kind = menu ? "plain" : "any";
  const values = new Set<unknown>();
  options.forEach((option, index) => {
    const place = `${at}/options/${index}`;
    faults.known(option, ["text", "value", "description", "url"], place);
    faults.text(option.text, 75, `${place}/text`, kind);
    faults.length(option.value, 150, `${place}/value`);
    if (option.description !== undefined) faults.text(option.description, 75, `${place}/description`, kind);
    if (values.has(option.value)) faults.add("duplicate option value", `${place}/value`);
    values.add(option.value);
  });
}

function checkConfirm(faults: Faults, confirm: JsonObject, at: string): void {
  faults.known(confirm, ["title", "text", "confirm", "deny", "style"], at);
  faults.text(confirm.title, 100, `${at}/title`, "plain");
  faults.text(confirm.text, 300, `${at}/text`, "any");
  faults.text(confirm.confirm, 30, `${at}/confirm`, "plain");
  faults.text(confirm.deny, 30, `${at}/deny`, "plain");
}

/** An element whose type is known to be allowed where it stands. */
export function checkElement(faults: Faults, element: JsonObject, at: string): void {
  const type = String(element.type);
  faults.known(element, FIELDS[type] ?? [], at);
  faults.length(element.action_id, ID_LENGTH, `${at}/action_id`, "optional");
  faults.optionalText(element.placeholder, 150, `${at}/placeholder`);
  const confirm = asObject(element.confirm);
  if (confirm) checkConfirm(faults, confirm, `${at}/confirm`);
  const most = MOST_OPTIONS[type];
  if (most !== undefined) checkOptions(faults, element, at, most);
  if (type === "button") checkButton(faults, element, at);
  if (type === "plain_text_input") checkTextInput(faults, element, at);
  if (type === "number_input" && typeof element.is_decimal_allowed !== "boolean")
    faults.add("missing required field: is_decimal_allowed", at);
  if (type === "rich_text_input" && element.initial_value !== undefined)
    checkRichText(faults, asObject(element.initial_value) ?? {}, `${at}/initial_value`);
  const initialDate = asText(element.initial_date);
  if (initialDate !== null && !/^\d{4}-\d\d-\d\d$/.test(initialDate))
    faults.add("invalid date", `${at}/initial_date`);
}

function checkButton(faults: Faults, element: JsonObject, at: string): void {
  faults.text(element.text, 75, `${at}/text`, "plain");
  faults.length(element.value, 2000, `${at}/value`, "optional");
  faults.length(element.accessibility_label, 75, `${at}/accessibility_label`, "optional");
  faults.oneOf(element.style, ["primary", "danger"], `${at}/style`);
  if (element.url !== undefined) faults.web(element.url, 3000, `${at}/url`);
}

function checkTextInput(faults: Faults, element: JsonObject, at: string): void {
  const most = typeof element.max_length === "number" ? element.max_length : 3000;
  const least = typeof element.min_length === "number" ? element.min_length : 0;
  if (most < 1 || most > 3000) faults.add("must be between 1 and 3000", `${at}/max_length`);
  if (least < 0 || least > most) faults.add("must be between 0 and max_length", `${at}/min_length`);
  faults.flag(element.multiline, `${at}/multiline`);
  faults.length(element.initial_value, most, `${at}/initial_value`, "optional");
}
