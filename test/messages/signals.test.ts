import { describe, expect, it } from "vitest";
import type { RequestView } from "../../src/domain/request/view.ts";
import { resolveForm } from "../../src/messages/forms.ts";
import { plain } from "../../src/messages/inline.ts";
import { requestCard } from "../../src/messages/request-card.ts";
import { signalCard, stillMissing } from "../../src/messages/signals.ts";
import { desk } from "../domain/request/desk.ts";
import { read, reader, viewOf } from "./view.ts";

function complaining(more: Partial<RequestView> = {}): RequestView {
  const view = viewOf(desk("8:30", { tier: 2 }), "9:45", { text: "Charged twice. I file a complaint." });
  const signals = new Map([["complaint", view.state.openedAt] as const]);
  return { ...view, state: { ...view.state, signals }, ...more };
}

describe("a complaint", () => {
  it("names what is done and what is missing, in both languages", () => {
    const facts = {
      signal: "complaint",
      quote: "file a complaint",
      link: "https://chat.example.com/1",
    } as const;
    expect(read(signalCard(complaining(), facts, reader("9:45")))).toBe(
      [
        "Ferro Bikes (#412) complains.",
        "> file a complaint",
        "Done: that we heard it.",
        "Still missing: an apology and a plan with a time.",
        "[Say sorry, give a time…] [Open] [Delete this note]",
      ].join("\n"),
    );
    expect(read(signalCard(complaining(), facts, reader("9:45", "es")))).toContain(
      "Aún falta: una disculpa y un plan con hora.",
    );
  });

  it("before it is resolved, the form says what is missing; where there is none, it says nothing", () => {
    const missing = "Still missing: an apology and a plan with a time.";
    expect(plain(resolveForm(complaining(), "en").intro ?? [])).toBe(missing);
    expect(resolveForm(viewOf(desk("8:30"), "9:45"), "en").intro).toBeUndefined();
  });

  it("hears staff say sorry in their own words, in both languages", () => {
    for (const text of [
      "We're so sorry about that",
      "Te pido disculpas",
      "Lo siento mucho, Marta",
      "PERDÓN",
    ]) {
      const view = complaining();
      const said = view.messages.map((message) => ({ ...message, role: "staff" as const, text, row: "r2" }));
      expect(stillMissing({ ...view, messages: [...view.messages, ...said] }, "en")).not.toContain("apology");
    }
  });
});

describe("something private where others read", () => {
  it("is quoted nowhere on the card", () => {
    const view = viewOf(desk("8:30"), "9:45", { text: "my card is 4111 1111 1111 1111" });
    const signalled = {
      kind: "signalled",
      signal: "personal_data",
      message: view.state.root,
      at: view.state.openedAt,
      by: view.customer.id,
    } as const;
    const hidden = { ...view, history: [...view.history, signalled] };
    expect(read(requestCard(hidden, reader("9:45"), null))).not.toContain("4111");
    expect(read(requestCard(view, reader("9:45"), null))).toContain("4111");
  });
});
