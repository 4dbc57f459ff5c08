import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CustomerSignal, signalsIn } from "../../src/domain/triage/customer-signals.ts";

const heard = (text: string, newAccount = false) =>
  signalsIn(text, "en", { newAccount }).map(({ signal }) => signal);

const EXAMPLES: Record<Exclude<CustomerSignal, "newcomer_link">, readonly string[]> = {
  complaint: [
    "Your customer service is terrible",
    "I want to file a complaint",
    "this is the third time I'm writing about this",
    "nobody ever answers my emails",
    "I'm very disappointed with how this was handled",
    "Quiero poner una reclamación",
    "el servicio es pésimo",
    "nadie me responde desde hace días",
    "estoy muy decepcionada con la atención",
    "quiero hablar con su supervisor",
  ],
  heated: [
    "you are all thieves, shame on you",
    "what a fucking joke of a company",
    "I AM SICK AND TIRED OF THIS APP AND YOUR EXCUSES",
    "sois unos ladrones",
    "menuda mierda de servicio",
    "HARTA DE QUE NADIE ME CONTESTE EN ESTA EMPRESA",
  ],
  leaving: [
    "I want to cancel my subscription",
    "we are switching to a competitor next month",
    "please close my account",
    "we won't be renewing",
    "looking for an alternative to your product",
    "quiero darme de baja",
    "me voy a la competencia",
    "no vamos a renovar",
    "cancelo mi suscripción",
    "vamos a cambiarnos de proveedor",
  ],
  opportunity: [
    "we would like to add 20 more seats",
    "interested in a partnership",
    "could you sponsor our meetup?",
    "we want to roll this out to the whole company",
    "do you have volume pricing",
    "queremos ampliar el contrato a todas las oficinas",
    "nos gustaría colaborar con ustedes",
    "necesitamos 30 licencias más",
    "precio por volumen?",
  ],
  praise: [
    "you always help so fast, thank you",
    "I love this app",
    "great support team",
    "best purchase I've ever made, keep it up",
    "siempre sois geniales",
    "me encanta la nueva versión",
    "excelente atención, sigan así",
    "el mejor soporte que he tenido",
    "You always tell us the truth.",
    "you always keep your word",
    "siempre nos decís la verdad",
    "siempre contestáis rapidísimo",
  ],
  security: [
    "I found an XSS in your login page",
    "I can see other customers' invoices",
    "my account was hacked",
    "your database is leaking user emails",
    "veo las facturas de otro cliente",
    "han entrado en mi cuenta",
    "encontré una vulnerabilidad",
    "los datos de los clientes están expuestos",
  ],
  personal_data: [
    "my card is 4111 1111 1111 1111, please check",
    "password: hunter22",
    "mi contraseña es gatito99",
    "IBAN ES91 2100 0418 4502 0005 1332",
    "here is the key sk_live_abcdefghijklmnop1234",
  ],
};

describe("what staff should know", () => {
  it.each(
    Object.entries(EXAMPLES).flatMap(([signal, texts]) => texts.map((text) => [signal, text] as const)),
  )("%s: %s", (signal, text) => {
    expect(heard(text)).toContain(signal);
  });

  it.each([
    "How do I export a report?",
    "the export is not working",
    "cómo cambio la contraseña?",
    "my order 4111111111111112 has not arrived",
    "password reset does not work",
    "where do I change my password?",
    "no me llega el código",
    "hola, buenos días",
    "the build is broken since yesterday",
    "I don't love the new layout",
    "necesito la factura de octubre",
    "call me at 4930123456789 tomorrow",
  ])("hears nothing in: %s", (text) => {
    expect(heard(text)).toEqual([]);
  });

  it.each([
    "you always answer late",
    "you always answer with the same template",
    "siempre contestáis tarde",
    "siempre me responden lo mismo",
  ])("takes no reproach for praise: %s", (text) => {
    expect(heard(text)).not.toContain("praise");
  });

  it("quotes the message, and prefers praise that says always", () => {
    const text = "Great app. And you ALWAYS help so kindly!";
    const praise = signalsIn(text, "en").find(({ signal }) => signal === "praise");
    expect(praise?.quote).toMatch(/ALWAYS/);
    expect(text).toContain(praise?.quote);
  });

  it("never repeats what should not have been said", () => {
    const text = "card 4111 1111 1111 1111 and password: hunter22";
    expect(JSON.stringify(signalsIn(text, "en"))).not.toMatch(/1111 1111|hunter22/);
  });

  it("flags a link of a new account, and only of a new one", () => {
    expect(heard("free nitro here https://disc0rd.example/gift", true)).toContain("newcomer_link");
    expect(heard("free nitro here https://disc0rd.example/gift")).toEqual([]);
    expect(heard("how do I start?", true)).toEqual([]);
  });

  it("reads hostile text in time, and quotes only what is there", () => {
    const units = [
      "4111 1111 ",
      "password: ",
      "AB12 ",
      "you always ",
      "https://",
      "a",
      "eyJhbGciOi",
      "no me ",
      "pin is ",
    ];
    for (const unit of units) {
      const text = unit.repeat(Math.ceil(40_000 / unit.length));
      const times = [1, 2, 3, 4, 5].map(() => {
        const before = process.cpuUsage();
        signalsIn(text, "en", { newAccount: true });
        return process.cpuUsage(before).user / 1000;
      });
      expect(Math.min(...times), unit).toBeLessThan(50);
    }
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
        for (const { quote } of signalsIn(text, "es", { newAccount: true }))
          expect(quote.length).toBeGreaterThan(0);
      }),
    );
  });
});
