// Times inside Spanish sentences. They need an article, and it depends on the hour: «la 1:30», «las 10:30», «el mar 24 nov».
import type { Inline, Text } from "../card.ts";
import { isDay, plain, say } from "../inline.ts";

export function article(when: Inline): "el" | "la" | "las" {
  return isDay(when) ? "el" : plain([when]).startsWith("1:") ? "la" : "las";
}

/** «las 10:30», «la 1:30», «el mar 24 nov, 10:30». */
export function the(when: Inline): Text {
  return say`${article(when)} ${when}`;
}

/** «antes de las 10:30», «antes del mar 24 nov, 10:30». */
export function before(when: Inline): Text {
  return say`antes ${isDay(when) ? "del" : `de ${article(when)}`} ${when}`;
}

/** «a las 9:00», «el lun 23 nov, 9:00». */
export function at(when: Inline): Text {
  return isDay(when) ? the(when) : say`a ${the(when)}`;
}
