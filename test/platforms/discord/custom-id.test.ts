// Ids of Discord's controls carry an act and ids, never words.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { packId, unpackId } from "../../../src/platforms/discord/custom-id.ts";

describe("a control's id", () => {
  const uuid = "8f14e45f-ceea-467f-9575-1a2b3c4d5e6f";

  test("comes back as it was packed", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), fc.string({ maxLength: 8 }), { maxKeys: 2 }),
        fc.option(fc.bigInt({ min: 1n, max: (1n << 63n) - 1n }).map(String), { nil: null }),
        (args, workspace) => {
          expect(unpackId(packId("act", args, { choice: "who", workspace, twin: 2 }))).toEqual({
            act: "act",
            args: { ...args },
            choice: "who",
            workspace,
          });
        },
      ),
    );
  });

  test("with two ids of ours and a guild still fits into a hundred characters", () => {
    const args = { request: uuid, cause: uuid };
    const id = packId("choose_cause", args, { choice: "cause", workspace: "1310000000000000200" });
    expect(id.length).toBeLessThanOrEqual(100);
    expect(unpackId(id)).toEqual({
      act: "choose_cause",
      args,
      choice: "cause",
      workspace: "1310000000000000200",
    });
  });

  test("that holds words is refused, since they would be cut", () => {
    expect(() => packId("open", { text: "x".repeat(100) })).toThrow(/100/);
  });
});
