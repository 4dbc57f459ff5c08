// Made by scripts/train/intake.ts; do not edit.
export const LINK_WEIGHTS: Readonly<Record<string, number>> = {};
export const NEW_WEIGHTS: Readonly<Record<string, number>> = {};
