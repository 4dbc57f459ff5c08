// An act and its arguments in one short string, for the ids of buttons, menus and modals.

/** Discord's limit for a custom id, the narrowest there is (PLATFORM-FACTS). */
export const PACKED_MAX = 100;

/** `claim?number=42`. Throws RangeError over PACKED_MAX: a control must carry ids, never words. */
export function packAct(act: string, args: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(args).toString();
  const packed = query === "" ? act : `${act}?${query}`;
  if (packed.length > PACKED_MAX) {
    throw new RangeError(
      `The control of act "${act}" needs ${packed.length} characters, ${PACKED_MAX} are allowed.`,
    );
  }
  return packed;
}

/** The reverse of packAct; anything else than its output still gives some act name, to be refused by the gate. */
export function unpackAct(packed: string): { act: string; args: Record<string, string> } {
  const mark = packed.indexOf("?");
  if (mark < 0) return { act: packed, args: {} };
  return {
    act: packed.slice(0, mark),
    args: Object.fromEntries(new URLSearchParams(packed.slice(mark + 1))),
  };
}
