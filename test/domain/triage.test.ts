import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { proposeCauses } from "../../src/domain/triage/causes.ts";
import { readMessage, repliesUnsure, titleOf } from "../../src/domain/triage/read.ts";
import type { MessageKind } from "../../src/domain/triage/reading.ts";
import type { Tier } from "../../src/domain/words.ts";
import { COURTESIES, REQUESTS } from "./triage.examples.ts";

const requests = Object.entries(REQUESTS).flatMap(([tier, texts]) =>
  texts.map((text) => [Number(tier) as Tier, text] as const),
);
const courtesies = Object.entries(COURTESIES).flatMap(([kind, texts]) =>
  texts.map((text) => [kind as MessageKind, text] as const),
);

describe("what a message is", () => {
  it.each(courtesies)("a %s opens nothing: %s", (kind, text) => {
    expect(readMessage(text).kind).toBe(kind);
  });

  it.each(requests)("tier %i: %s", (tier, text) => {
    const reading = readMessage(text);
    expect(reading.kind).toBe("request");
    expect(reading.tier, reading.evidence.join(" / ")).toBe(tier);
  });

  it("takes a picture without words for a request it is not sure about", () => {
    const reading = readMessage("", { files: 1, known: "es" });
    expect(reading).toMatchObject({ kind: "request", tier: 4, topic: null, lang: "es" });
    expect(reading.confidence).toBeLessThan(0.5);
  });

  it("takes what it does not understand for a request, without being sure", () => {
    const reading = readMessage("Kolme punaista venettä eilen satamassa");
    expect(reading.kind).toBe("request");
    expect(reading.confidence).toBeLessThan(0.5);
    expect(reading.langConfidence).toBeLessThan(0.5);
  });

  it("takes thanks that complain for a complaint", () => {
    expect(readMessage("Thanks for charging me twice")).toMatchObject({ kind: "request", tier: 2 });
    expect(readMessage("Gracias, pero sigue sin funcionar")).toMatchObject({ kind: "request", tier: 3 });
  });

  it("does not take thanks with the number that was asked for as bare thanks", () => {
    expect(readMessage("Thanks, the order is 10234").kind).toBe("request");
  });
});

describe("everything failing", () => {
  it.each([
    "The site is not down",
    "The site was down yesterday, works now",
    "No se ha caído, solo quería preguntar una cosa",
    "Ayer estaba caído pero ya funciona",
    "The site went down this morning but it is back up now",
    "Se cayó la web a las 9, ya funciona",
    "What happens if the site goes down?",
    "The site is down only for one user",
    "The app crashes when I open the settings page",
    "My payment fails, everything else works",
  ])("is not: %s", (text) => {
    expect(readMessage(text).tier).not.toBe(1);
  });

  it.each([
    "It worked yesterday, but today nobody can log in",
    "The site is down, when will it be back up?",
    "I was charged twice and now nothing works",
    "Sigue caído, ¿cuándo estará arreglado?",
  ])("is: %s", (text) => {
    expect(readMessage(text).tier).toBe(1);
  });
});

describe("evidence", () => {
  it("quotes the message as it stands", () => {
    const text = "Hola:  me HABÉIS\u200b cobrado dos veces, y tengo prisa";
    const { tier, evidence } = readMessage(text);
    expect(tier).toBe(2);
    expect(evidence).toContain("me HABÉIS cobrado");
  });

  it("is always a part of the message, whatever was written", () => {
    const plain = (text: string) => text.replace(/\p{Cf}/gu, "").replace(/\s+/gu, " ");
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", maxLength: 60 }),
        fc.constantFrom(...requests),
        (noise, [, text]) => {
          const whole = `${noise} ${text} ${noise}`;
          const { evidence, urgencyEvidence } = readMessage(whole);
          for (const quote of [...evidence, ...urgencyEvidence]) expect(plain(whole)).toContain(quote.trim());
        },
      ),
    );
  });

  it("names a topic only when sure", () => {
    expect(readMessage("You charged me twice").topic).toBe("billing");
    expect(readMessage("No consigo iniciar sesión").topic).toBe("access");
    expect(readMessage("Something about the thing from Monday").topic).toBeNull();
  });
});

const TONE = {
  "ASAP behind it": (text: string) => `${text} ASAP!!!`,
  "URGENTE before it": (text: string) => `URGENTE: ${text}`,
  "urgent behind it": (text: string) => `${text} this is urgent`,
  "lo antes posible": (text: string) => `${text}, lo antes posible`,
  capitals: (text: string) => text.toUpperCase(),
  "exclamation marks": (text: string) => `${text}!!!`,
  "an alarmed emoji": (text: string) => `${text} 😡🚨`,
};
const CALM = {
  "no rush": (text: string) => `${text}, no rush`,
  "cuando puedan": (text: string) => `${text}, cuando puedan`,
  "sin prisa": (text: string) => `Sin prisa: ${text}`,
  "when you have time": (text: string) => `${text} when you have time`,
  "a smile": (text: string) => `${text} 🙂`,
};

describe("tone", () => {
  it.each(Object.entries({ ...TONE, ...CALM }))("%s moves neither kind nor tier", (_name, add) => {
    for (const [, text] of [...requests, ...courtesies]) {
      const { kind, tier } = readMessage(text);
      const loud = readMessage(add(text));
      expect({ text, kind: loud.kind, tier: loud.tier }).toEqual({ text, kind, tier });
    }
  });

  it("moves neither kind nor tier in any mixture", () => {
    const tones = fc.subarray([...Object.values(TONE), ...Object.values(CALM)], {
      minLength: 1,
      maxLength: 3,
    });
    fc.assert(
      fc.property(fc.constantFrom(...requests, ...courtesies), tones, ([, text], adds) => {
        const { kind, tier } = readMessage(text);
        const toned = readMessage(adds.reduce((said, add) => add(said), text));
        expect({ kind: toned.kind, tier: toned.tier }).toEqual({ kind, tier });
      }),
      { numRuns: 300 },
    );
  });

  it.each(Object.entries(TONE))("%s makes a calm message feel urgent", (_name, add) => {
    for (const [, text] of requests) {
      if (readMessage(text).urgency !== "calm" || text.length < 12) continue;
      const { urgency, urgencyEvidence } = readMessage(add(text));
      expect({ text, urgency }).not.toEqual({ text, urgency: "calm" });
      expect(urgencyEvidence.length).toBeGreaterThan(0);
    }
  });

  it("tells a pressed customer from an alarmed and a calm one", () => {
    expect(readMessage("How do I export? I need it asap").urgency).toBe("pressed");
    expect(readMessage("URGENT!!! How do I export?").urgency).toBe("alarmed");
    expect(readMessage("Export is broken, whenever you can").urgency).toBe("calm");
  });

  it("hears alarm alone as a request", () => {
    expect(readMessage("URGENT!!!").kind).toBe("request");
    expect(readMessage("This is an emergency").kind).toBe("request");
  });
});

describe("language", () => {
  it.each([
    ["en", "How do I change my password?"],
    ["es", "¿Cómo cambio la contraseña?"],
    ["es", "no me deja entrar en mi cuenta desde ayer"],
    ["en", "no me gusta is what the button says, what does it mean?"],
  ] as const)("is %s: %s", (lang, text) => {
    const reading = readMessage(text);
    expect(reading.lang).toBe(lang);
    expect(reading.langConfidence).toBeGreaterThan(0.4);
  });

  it("of a word or two is the one already known, without being sure", () => {
    expect(readMessage("error 500", { known: "es" })).toMatchObject({ lang: "es" });
    expect(readMessage("error 500")).toMatchObject({ lang: "en" });
    expect(readMessage("error 500").langConfidence).toBeLessThan(0.5);
  });
});

describe("hostile text", () => {
  const hostile = [
    "a",
    "no ",
    "no me nos se ",
    "our all the ",
    "thanks for ",
    "{product} ",
    "is down ",
    ":a",
    "www.",
    "@",
    "é".normalize("NFD"),
    "\u200b",
    "ﷺ",
    "😀",
    "!?",
    "🏳️‍🌈",
    "\n",
  ];

  it.each(hostile)("of forty thousand characters is read in time: %j", (unit) => {
    const text = unit.repeat(Math.ceil(40_000 / unit.length));
    readMessage(text.slice(0, 400));
    // Time of the processor, not of the wall: other work on the machine must not fail this.
    const times = [1, 2, 3, 4, 5].map(() => {
      const before = process.cpuUsage();
      readMessage(text);
      titleOf(text, "en");
      return process.cpuUsage(before).user / 1000;
    });
    expect(Math.min(...times)).toBeLessThan(50);
  });

  it("never breaks the reading", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), fc.nat(2), (text, files) => {
        const { tier, confidence, langConfidence } = readMessage(text, { files });
        expect([1, 2, 3, 4, 5]).toContain(tier);
        for (const share of [confidence, langConfidence]) expect(share >= 0 && share <= 1).toBe(true);
      }),
    );
  });
});

describe("a title", () => {
  it.each([
    ["Hi Marta, the export is empty since Monday. I need it.", "The export is empty since Monday."],
    ["buenas tardes equipo! no puedo pagar", "No puedo pagar"],
    ["Hello\n\n  Where is\tmy   invoice?", "Where is my invoice?"],
    ["Hola", "Hola"],
  ])("of %j is %j", (text, title) => {
    expect(titleOf(text, "es")).toBe(title);
  });

  it("of a message without words is ours", () => {
    expect(titleOf(" \n…", "en")).toBe("A message without words");
  });

  it("is one line of at most eighty characters, cut at a word, never empty", () => {
    expect(titleOf(`The report ${"shows the wrong totals ".repeat(9)}`, "en")).toMatch(/^.{50,79}\S…$/u);
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => {
        const title = titleOf(text, "en");
        expect(title.length).toBeGreaterThan(0);
        expect(title.length).toBeLessThanOrEqual(80);
        expect(title).not.toMatch(/[\n\r]/u);
        expect(title.isWellFormed() || !text.isWellFormed()).toBe(true);
      }),
    );
  });
});

describe("an answer that is not sure", () => {
  it.each(["ok, I think…", "creo que sí…", "ok I guess", "not sure I follow", "vale, supongo", "ok..."])(
    "%s",
    (text) => {
      expect(repliesUnsure(text, "en")).toBe(true);
    },
  );

  it.each(["ok", "Perfect, thanks!", "It works now, I think that was it", "ya funciona, gracias", ""])(
    "is not: %s",
    (text) => {
      expect(repliesUnsure(text, "en")).toBe(false);
    },
  );
});

describe("proposed causes", () => {
  const known = [
    { id: "a", name: "CSV import drops rows", count: 17 },
    { id: "b", name: "Cannot find the invoice PDF", count: 14 },
    { id: "c", name: "Unclear refund e-mail", count: 2 },
  ];

  it("begin with the causes most like the request, then the most used, then our own", () => {
    const proposed = proposeCauses({
      tier: 2,
      topic: "billing",
      known,
      text: "where is the invoice?",
      lang: "en",
    });
    expect(proposed.map(({ id }) => id)).toEqual(["b", "a", null]);
  });

  it("are three even in a new workspace, in both languages, and about the request", () => {
    for (const lang of ["en", "es"] as const) {
      for (const tier of [1, 2, 3, 4, 5] as const) {
        const proposed = proposeCauses({ tier, topic: null, known: [], lang });
        expect(new Set(proposed.map(({ name }) => name)).size).toBe(3);
      }
    }
    const [first] = proposeCauses({
      tier: 2,
      topic: null,
      known: [],
      text: "no veo mis facturas",
      lang: "es",
    });
    expect(first?.name).toMatch(/factura/u);
  });

  it("reuse a known cause that carries a default's name", () => {
    const [first] = proposeCauses({
      tier: 5,
      topic: null,
      known: [{ id: "z", name: "build what was asked for", count: 1 }],
      lang: "en",
    });
    expect(first).toEqual({ id: "z", name: "build what was asked for" });
  });
});
