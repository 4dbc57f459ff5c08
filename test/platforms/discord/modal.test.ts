// A form on Discord.
import { describe, expect, test } from "vitest";
import type { Setting } from "../../../src/platforms/discord/markup.ts";
import { renderModal } from "../../../src/platforms/discord/modal.ts";

const setting: Setting = { workspace: "410000000000000001", direct: false };

describe("a form", () => {
  test("keeps Discord's sizes and has an introduction where there is room", () => {
    const field = (name: string) => ({
      name,
      label: "L".repeat(60),
      value: "v".repeat(50),
      placeholder: "p".repeat(200),
      hint: "h".repeat(200),
      multiline: true,
      required: true,
      max: 40,
    });
    const body = renderModal(
      {
        act: "say_back",
        args: { request: "r" },
        title: "T".repeat(60),
        submit: "Send",
        cancel: "No",
        intro: ["In your name."],
        fields: ["a", "b"].map(field),
      },
      setting,
    );
    expect(body).toMatchObject({ custom_id: "say_back?request=r", title: `${"T".repeat(44)}…` });
    const components = body.components as Record<string, unknown>[];
    expect(components.map((component) => component.type)).toEqual([10, 18, 18]);
    expect(components[1]).toMatchObject({
      label: `${"L".repeat(44)}…`,
      component: { type: 4, custom_id: "a", style: 2, max_length: 40, value: "v".repeat(40) },
    });
    const full = renderModal(
      {
        act: "x",
        args: {},
        title: "T",
        submit: "S",
        cancel: "C",
        intro: ["intro"],
        fields: ["a", "b", "c", "d", "e", "f"].map(field),
      },
      setting,
    );
    expect(full.components).toHaveLength(5);
  });
});
