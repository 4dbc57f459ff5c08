// The same form once more, with what was typed in place of what it proposed.
import type { Named, RequestView } from "../domain/request/view.ts";
import type { Lang } from "../domain/words.ts";
import type { Button, Modal } from "./card.ts";
import { apologyForm, promiseForm, sayBackForm } from "./forms.ts";
import type { Reader } from "./inline.ts";
import { briefForm } from "./ownership.ts";
import { commitmentSentences } from "./text/commitments.ts";

/** The button under a fault that leads back into the form. */
export function tryAgain(request: string, draft: string, lang: Lang): Button {
  return {
    act: "again",
    args: { request, draft },
    label: commitmentSentences(lang).tryAgain,
    style: "primary",
  };
}

/** Null for an act whose form carries no words worth keeping. */
export function formAgain(
  view: RequestView,
  draft: { act: string; typed: Readonly<Record<string, string>> },
  actor: Pick<Named, "name">,
  reader: Reader,
): Modal | null {
  const { act, typed } = draft;
  const form =
    act === "say_back"
      ? sayBackForm(view, actor, reader)
      : act === "apologise"
        ? apologyForm(view, reader)
        : act === "promise"
          ? promiseForm(view, { of: typed.of ?? null, lang: reader.lang })
          : act === "handover"
            ? briefForm(view, { who: typed.who ?? "", name: "" }, reader)
            : null;
  if (!form) return null;
  return {
    ...form,
    fields: form.fields.map((field) => ({ ...field, value: typed[field.name] ?? field.value ?? "" })),
  };
}
