import { type Act, requestNumber } from "./act.ts";

export const answered: Act = {
  name: "answered",
  may: "staff",
  reads: false,
  args: [requestNumber],
  slash: { command: "request", sub: "answered" },
  shortcut: null,
  words: {
    en: "It was answered elsewhere: by phone, by mail, in person",
    es: "Se respondió por otro lado: por teléfono, por correo, en persona",
  },
};
