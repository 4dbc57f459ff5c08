// Something to get on with meanwhile: what the customer is asked, and the form staff fills in.
import { letsGo } from "../domain/request/signals.ts";
import type { RequestView } from "../domain/request/view.ts";
import type { Lang } from "../domain/words.ts";
import type { Card, Modal } from "./card.ts";
import { firstName, goesOn } from "./inline.ts";
import { clockSentences } from "./text/clocks.ts";
import { sentences } from "./text/sentences.ts";

/** "Marta, you can export it from the list view. Does that get you going for now?" In the customer's language. */
export function workaroundQuestion(view: RequestView, line: string | null): Card {
  const words = clockSentences(view.state.lang);
  const name = firstName(view.customer.name);
  const given = line === null ? words.justGiven(name) : sentence(name ? addressed(name, line) : line);
  const args = { request: view.id };
  // Who leaves is told what helps meanwhile, and asked nothing (DESIGN idea 12).
  if (letsGo(view.state)) {
    const told = line === null ? given : sentence(given);
    return {
      blocks: [{ kind: "text", text: [told] }],
      summary: told,
      ...(view.customer.ref.id === "" ? {} : { tells: view.customer.ref }),
    };
  }
  return {
    blocks: [
      { kind: "text", text: [`${given} ${words.doesItHelp}`] },
      {
        kind: "actions",
        items: [
          { act: "it_helped", args, label: words.itHelped, style: "primary" },
          { act: "not_yet", args, label: words.notYet },
        ],
      },
    ],
    summary: `${given} ${words.doesItHelp}`,
    ...(view.customer.ref.id === "" ? {} : { tells: view.customer.ref }),
  };
}

export function workaroundForm(view: RequestView, lang: Lang): Modal {
  const words = clockSentences(lang);
  return {
    act: "workaround",
    args: { request: view.id },
    title: words.workaroundTitle,
    submit: words.ask,
    cancel: sentences(lang).cancel,
    fields: [
      {
        name: "line",
        label: words.workaroundLine,
        hint: words.workaroundHint,
        multiline: true,
        required: false,
        max: 600,
      },
    ],
  };
}

/** "Marta, you can…"; an order keeps its capital: "Marta: Open it as a PDF". */
function addressed(name: string, line: string): string {
  const on = goesOn(line);
  return /^\p{Lu}/u.test(on) ? `${name}: ${on}` : `${name}, ${on}`;
}

function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
