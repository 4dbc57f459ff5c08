// Modal → Discord's form: labels with text inputs, at most five. https://docs.discord.com/developers/components/reference#label
import type { Modal } from "../../messages/card.ts";
import { packId } from "./custom-id.ts";
import { clip } from "./escape.ts";
import * as limits from "./limits.ts";
import { markup, type Setting } from "./markup.ts";

/** The body of a modal answer. `cancel` has no place: Discord's own cross closes the form. */
export function renderModal(modal: Modal, setting: Setting): Record<string, unknown> {
  // An introduction takes one of the five places.
  const intro = modal.intro ? markup(modal.intro, limits.MODAL_VALUE / 4, setting) : "";
  const room = intro === "" ? limits.MODAL_FIELDS : limits.MODAL_FIELDS - 1;
  const fields = modal.fields.slice(0, limits.MODAL_FIELDS);
  return {
    title: clip(modal.title, limits.MODAL_TITLE) || "…",
    custom_id: packId(modal.act, modal.args, { workspace: setting.direct ? setting.workspace : null }),
    components: [
      ...(intro !== "" && fields.length <= room ? [{ type: 10, content: intro }] : []),
      ...fields.map((field) => {
        const max = Math.min(Math.max(1, field.max), limits.MODAL_VALUE);
        return {
          type: 18,
          label: clip(field.label, limits.MODAL_LABEL) || field.name,
          ...(field.hint ? { description: clip(field.hint, limits.MODAL_HINT) } : {}),
          component: {
            type: 4,
            custom_id: field.name,
            style: field.multiline ? 2 : 1,
            required: field.required,
            max_length: max,
            ...(field.value ? { value: [...field.value].slice(0, max).join("").slice(0, max) } : {}),
            ...(field.placeholder ? { placeholder: clip(field.placeholder, limits.MODAL_PLACEHOLDER) } : {}),
          },
        };
      }),
    ],
  };
}
