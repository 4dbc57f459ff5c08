import fc from "fast-check";
import { expect, test } from "vitest";
import { wellFormed } from "../../src/domain/well-formed.ts";

const text = fc.string({ unit: fc.constantFrom("a", "😀", "\ud83d", "\ude00", "\0", "é", "\ufffd") });
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3 },
    text,
    fc.constantFrom(null, undefined, 3, true),
    fc.array(tie("tree"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("text", "name", "files"), tie("tree"), { noNullPrototype: true }),
  ),
}));

test("every text can be kept afterwards, nothing else changed, and a second time changes nothing", () => {
  fc.assert(
    fc.property(tree, (value) => {
      const clean = wellFormed(value);
      const json = JSON.stringify(clean) ?? "";
      // How JSON writes the halves of a sign and U+0000, which PostgreSQL refuses.
      expect(json).not.toMatch(/\\u(d[89a-f]|0000)/);
      expect(wellFormed(clean)).toBe(clean);
      const was = JSON.stringify(value) ?? "";
      if (was === json) expect(clean).toBe(value);
      else expect(json.replaceAll("\ufffd", "")).toBe(was.replaceAll(/\\u(?:d[0-9a-f]{3}|0000)|\ufffd/g, ""));
    }),
    { numRuns: 2_000 },
  );
});

test("an emoji stays one", () => {
  expect(wellFormed({ text: "thanks 😀", files: [{ name: "half \ud83d.png" }] })).toEqual({
    text: "thanks 😀",
    files: [{ name: "half \ufffd.png" }],
  });
});
