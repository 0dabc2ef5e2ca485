/** Red, green, blue in 0..255. */
export type Colour = readonly [number, number, number];

const hex = (text: string): Colour => [1, 3, 5].map((at) => parseInt(text.slice(at, at + 2), 16)) as unknown as Colour;

/**
 * Sequential scales from 0 to 1. Luminance rises (or falls) all the way, so they read the same to colour-blind eyes and
 * in grey print. Each starts near its background: failure recedes, success stands out.
 */
export const scales = {
  onLight: ['#f0f2f5', '#d6e4ee', '#a9cde2', '#66a9cf', '#2b7bb5', '#0b4a84'].map(hex),
  onDark: ['#222b38', '#1e4359', '#1d6681', '#2f91a0', '#66bea9', '#bce8a8'].map(hex),
} as const;
export type Scale = (typeof scales)[keyof typeof scales];

/** The colour of a value in 0..1, linear between the stops. */
export function colourAt(scale: Scale, value: number): Colour {
  const position = Math.min(1, Math.max(0, value)) * (scale.length - 1);
  const below = Math.min(Math.floor(position), scale.length - 2);
  const share = position - below;
  return scale[below]!.map((channel, at) =>
    Math.round(channel + share * (scale[below + 1]![at]! - channel)),
  ) as unknown as Colour;
}

/** Relative luminance, WCAG 2.2. */
export function luminance(colour: Colour): number {
  const [red, green, blue] = colour.map((channel) => {
    const c = channel / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast ratio, WCAG 2.2: 1 (none) to 21. */
export function contrast(a: Colour, b: Colour): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const ink: Colour = hex('#02050a');
const paper: Colour = hex('#ffffff');

/** Ink or paper, whichever is easier to read on the colour. */
export const textOn = (background: Colour): Colour =>
  contrast(background, ink) >= contrast(background, paper) ? ink : paper;

export const toHex = (colour: Colour): string =>
  `#${colour.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
