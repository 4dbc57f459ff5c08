// What customers read, beside the voice of MESSAGES.md.
import { describe, expect, test } from "vitest";
import type { Lang } from "../../src/domain/words.ts";
import { acknowledgement, closeQuestion, lateNotice, staffLine } from "../../src/messages/customer.ts";
import { ANA, at, desk, type Time, terms } from "../domain/request/desk.ts";
import { read, type Said, viewOf, wordsOf } from "./view.ts";

const CHARGED: Readonly<Record<Lang, string>> = {
  en: "The plan change charged me twice. Can I get one back?",
  es: "El cambio de plan me cobró dos veces. ¿Podéis devolverme una?",
};

function acknowledged(
  time: Time,
  said: Said = {},
  more: Parameters<typeof desk>[1] & { statusPage?: string; shared?: boolean; tier?: 1 | 2 | 3 | 4 | 5 } = {},
): string {
  const { statusPage, shared, ...opening } = more;
  const it = desk(time as string, { tier: 2, ...opening });
  const view = viewOf(it, time, { text: CHARGED[said.lang ?? "en"], ...said });
  return wordsOf(
    acknowledgement(view, {
      now: at(time),
      statusPage: statusPage ?? null,
      ...(shared === undefined ? {} : { shared }),
    }),
  );
}

describe("the acknowledgement", () => {
  test("names topic, who answers and by when, and makes it easy to say no", () => {
    expect(acknowledged("9:00")).toBe(
      "Thanks, Marta. This looks like a billing question; someone on our team will answer by 11:00. If that's not it, just write here.",
    );
    expect(acknowledged("9:00", { lang: "es" })).toBe(
      "Gracias, Marta. Parece una duda de facturación; alguien del equipo te responde antes de las 11:00. Si no es eso, escríbelo aquí.",
    );
  });

  test("names no topic it is not sure of", () => {
    expect(acknowledged("9:00", { text: "It does the odd thing again" }, { tier: 3 })).toBe(
      "Thanks, Marta. Someone on our team will answer by 13:00.",
    );
    expect(acknowledged("9:00", { lang: "es", text: "Hace otra vez la cosa rara" }, { tier: 3 })).toBe(
      "Gracias, Marta. Alguien del equipo te responde antes de las 13:00.",
    );
  });

  test("says the exact day when the answer comes another day", () => {
    expect(acknowledged("17:30", { text: "It does the odd thing again" })).toContain("by Wed 25 Nov, 10:30.");
    expect(acknowledged("17:30", { lang: "es", text: "Hace la cosa rara" })).toContain(
      "antes del mié 25 nov, 10:30.",
    );
  });

  test("outside hours says what time it is here, who reads it when, and by when they answer", () => {
    expect(acknowledged("3:10")).toBe(
      "Thanks, Marta. It's 3:10 here; someone reads this at 9:00 and answers by 11:00.",
    );
    expect(acknowledged("3:10", { lang: "es" })).toBe(
      "Gracias, Marta. Aquí son las 3:10; alguien lo lee a las 9:00 y te responde antes de las 11:00.",
    );
    expect(acknowledged("1:10", { lang: "es" })).toContain("Aquí es la 1:10;");
  });

  test("on a Saturday says so, and names Monday once", () => {
    expect(acknowledged("Sat 12:00")).toBe(
      "Thanks, Marta. It's Saturday, 12:00 here; someone reads this on Mon 30 Nov, 9:00 and answers by 11:00.",
    );
    expect(acknowledged("Sat 12:00", { lang: "es" })).toBe(
      "Gracias, Marta. Aquí es sábado, 12:00; alguien lo lee el lun 30 nov, 9:00 y te responde antes de las 11:00.",
    );
  });

  test("gives the status page where something is broken and nobody is there, or everything is", () => {
    const statusPage = "https://status.example.com";
    expect(acknowledged("3:10", { text: "The export fails" }, { tier: 3, statusPage })).toContain(statusPage);
    expect(acknowledged("10:00", { text: "Nobody can log in" }, { tier: 1, statusPage })).toContain(
      statusPage,
    );
    expect(acknowledged("3:10", {}, { tier: 2, statusPage })).not.toContain(statusPage);
  });

  test("of a screenshot alone asks for a line about it, and calls a file a file", () => {
    expect(acknowledged("10:00", { text: "", files: ["Screenshot 1.png"] })).toBe(
      "Thanks, Marta. We have your image; someone will look by 12:00. A line about what you expected helps.",
    );
    expect(acknowledged("10:00", { lang: "es", text: "", files: ["captura.JPG"] })).toBe(
      "Gracias, Marta. Tenemos tu imagen; alguien la mira antes de las 12:00. Una línea sobre lo que esperabas ayuda.",
    );
    expect(acknowledged("10:00", { text: "", files: ["invoice.pdf"] })).toContain("We have your file;");
  });

  test("promises no time in a community, and only there says that it is one", () => {
    const none = {
      ...terms,
      tiers: { ...terms.tiers, 3: { ...terms.tiers[3], firstAnswer: null, nextUpdate: null } },
    };
    expect(acknowledged("10:00", { text: "It does the odd thing" }, { tier: 3, terms: none })).toBe(
      "Thanks, Marta. Someone here will read this; it's a community, so we can't promise a time.",
    );
    const it = desk("10:00", { tier: 3 });
    it.waits("10:01");
    const paused = viewOf(it, "10:02", { text: "It does the odd thing" });
    expect(wordsOf(acknowledgement(paused, { now: at("10:02"), statusPage: null }))).toBe(
      "Thanks, Marta. Someone on our team will answer.",
    );
  });

  test("that comes after its own promise says that we are late, not a time that has passed", () => {
    const it = desk("Mon 10:00", { tier: 3, read: "15:00" });
    const words = wordsOf(acknowledgement(viewOf(it, "15:00"), { now: at("15:00"), statusPage: null }));
    expect(words).toBe(
      "Thanks, Marta. You should have heard from us by Mon 23 Nov, 14:00, and we're late. The team knows; someone will write here.",
    );
  });

  test("does not name money where people of other companies read along", () => {
    expect(acknowledged("9:00", {}, { shared: true })).toBe(
      "Thanks, Marta. Someone on our team will answer by 11:00.",
    );
  });

  test("does not guess aloud at what a person has put right", () => {
    const it = desk("10:00", { tier: 3 });
    it.tiers("10:01", 2);
    expect(wordsOf(acknowledgement(viewOf(it, "10:02"), { now: at("10:02"), statusPage: null }))).toBe(
      "Thanks, Marta. Someone on our team will answer by 12:00.",
    );
  });

  test("greets nobody by an erased name", () => {
    const view = viewOf(desk("10:00", { tier: 2 }), "10:02");
    const nameless = { ...view, customer: { ...view.customer, name: "" } };
    expect(wordsOf(acknowledgement(nameless, { now: at("10:02"), statusPage: null }))).toMatch(/^Thanks\. /);
  });
});

describe("late", () => {
  test("to who leaves it asks nothing and promises no new time", () => {
    const it = desk("10:00", { tier: 3 });
    const said = (lang: Lang) => {
      const view = viewOf(it, "14:20", { lang });
      const leaving = {
        ...view,
        state: { ...view.state, signals: new Map([["leaving", at("10:00")] as const]) },
      };
      return wordsOf(lateNotice(leaving, { due: at("14:00"), now: at("14:20") }));
    };
    expect(said("en")).toBe(
      "You should have heard from us by 14:00, and we're late. What you asked for will be done and confirmed here; you need do nothing.",
    );
    expect(said("es")).toBe(
      "Debías tener noticias nuestras antes de las 14:00 y llegamos tarde. Lo que pediste se hará y te lo confirmaremos aquí; no tienes que hacer nada.",
    );
  });

  test("is said plainly, without blame and without feelings", () => {
    const it = desk("10:00", { tier: 3 });
    const said = (lang: Lang) =>
      wordsOf(lateNotice(viewOf(it, "14:20", { lang }), { due: at("14:00"), now: at("14:20") }));
    expect(said("en")).toBe(
      "You should have heard from us by 14:00, and we're late. The team knows; someone will write here.",
    );
    expect(said("es")).toBe(
      "Debías tener noticias nuestras antes de las 14:00 y llegamos tarde. El equipo lo sabe; alguien te escribe aquí.",
    );
  });
});

describe("a line in the owner's name", () => {
  const said = (text: string, lang: Lang, apology: boolean, until: Time, now: Time) =>
    wordsOf(
      staffLine(viewOf(desk("10:00"), now, { lang }), { text, until: at(until), now: at(now), apology }),
    );

  test("ends with the time they promised", () => {
    expect(said("I'm Ana and I have this. So: you want one back", "en", false, "13:00", "10:10")).toBe(
      "I'm Ana and I have this. So: you want one back. I'll write by 13:00.",
    );
    expect(
      said("Soy Ana y lo tengo yo. Entonces: quieres recuperar una.", "es", false, "13:00", "10:10"),
    ).toBe("Soy Ana y lo tengo yo. Entonces: quieres recuperar una. Te escribo antes de las 13:00.");
  });

  test("that says sorry gives the new time", () => {
    expect(said("I promised 10:30 and missed it. I'm sorry.", "en", true, "11:15", "10:40")).toBe(
      "I promised 10:30 and missed it. I'm sorry. You'll hear from me by 11:15.",
    );
    expect(said("Te prometí las 10:30 y no cumplí. Lo siento.", "es", true, "11:15", "10:40")).toBe(
      "Te prometí las 10:30 y no cumplí. Lo siento. A las 11:15 tienes noticias mías.",
    );
    expect(said("Lo siento.", "es", true, "Wed 1:15", "10:40")).toBe(
      "Lo siento. El mié 25 nov, 1:15, tienes noticias mías.",
    );
  });
});

describe("the close", () => {
  const closed = (line: string | null, lang: Lang) =>
    read(closeQuestion(viewOf(desk("10:00"), "11:00", { lang }), line));

  test("says what was done and asks whether there is anything else", () => {
    expect(closed("We've refunded the second charge.", "en")).toBe(
      "Marta, we've refunded the second charge. Anything else?\n[All good] [Not fixed] [Something else]\nNo reply needed.",
    );
    expect(closed("Te hemos devuelto el segundo cobro", "es")).toBe(
      "Marta, te hemos devuelto el segundo cobro. ¿Algo más?\n[Todo bien] [Sigue igual] [Otra cosa]\nNo hace falta contestar.",
    );
  });

  test("keeps names, I and shouted words as they were written", () => {
    expect(closed("Stripe sent it back", "en")).toMatch(/^Marta, Stripe sent it back\. /);
    expect(closed("I sent it back!", "en")).toMatch(/^Marta, I sent it back! /);
    expect(closed("THE fix is out", "en")).toMatch(/^Marta, THE fix is out\. /);
  });

  test("without a line of the owner still says something", () => {
    expect(closed(null, "en")).toMatch(/^Marta, we think this is done\. Anything else\?/);
    expect(closed(null, "es")).toMatch(/^Marta, creemos que está resuelto\. ¿Algo más\?/);
  });
});

test("customers never read our own words: tier, ticket, queue, guidance", () => {
  const internal = /\btier\b|ticket|queue|guidance|false problem|nivel|cola\b|orientación|priorit/i;
  for (const lang of ["en", "es"] as const) {
    for (const tier of [1, 2, 3, 4, 5] as const) {
      for (const time of ["10:00", "3:10", "Sat 12:00"] as const) {
        expect(
          acknowledged(time, { lang, text: "algo raro / odd thing" }, { tier, byHand: ANA }),
        ).not.toMatch(internal);
      }
    }
  }
});
