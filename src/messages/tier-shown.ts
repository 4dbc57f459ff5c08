// How the card shows a tier: what it is, why, by whom, how sure; and the question to the team where that is not enough.
import { isActive } from "../domain/request/state.ts";
import type { RequestView } from "../domain/request/view.ts";
import type { Lang } from "../domain/words.ts";
import type { Block, Text } from "./card.ts";
import { short } from "./inline.ts";
import { sentences } from "./text/sentences.ts";
import { triageSentences } from "./text/triage.ts";

/** Where the policy is not at hand. */
const ASK_BELOW = 0.6;
/** One of ours, and what cannot be told, need no word on the card. */
const UNREMARKABLE = new Set(["en", "es", "und"]);

/** "Money (because of “charged twice”; by rule, 93 % sure)". A person's choice needs no reason. */
export function tierShown(view: RequestView, lang: Lang): Text {
  const words = sentences(lang);
  const { state } = view;
  const tier = words.tiers[state.tier];
  if (state.tierByPerson) return [`${tier} (${words.setByPerson})`];
  const [evidence] = view.evidence;
  const sure = triageSentences(lang).sure(state.source, Math.round(state.confidence * 100));
  const reasons = [evidence ? words.because(short(evidence, 60)) : null, sure].filter(Boolean);
  return [`${tier} (${reasons.join("; ")})`];
}

/** The two or three likeliest tiers as buttons, where the tier is less sure than the policy wants. */
export function tierQuestion(view: RequestView, lang: Lang, askBelow: number = ASK_BELOW): Block[] {
  const { state } = view;
  const asks =
    isActive(state) && !state.tierByPerson && state.confidence < askBelow && state.among.length > 1;
  if (!asks) return [];
  const words = sentences(lang);
  return [
    { kind: "text", text: [triageSentences(lang).which] },
    {
      kind: "actions",
      items: state.among.map((tier) => ({
        act: "tier",
        args: { request: view.id, tier: String(tier) },
        label: words.tiers[tier],
      })),
    },
  ];
}

/** "Writes in French.", for who will answer; nothing for the languages we speak. */
export function languageNote(view: RequestView, lang: Lang): Text | null {
  const { language } = view.state;
  if (language === null || UNREMARKABLE.has(language)) return null;
  const name = new Intl.DisplayNames([lang], { type: "language" }).of(language) ?? language;
  return [triageSentences(lang).writesIn(name)];
}
