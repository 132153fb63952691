export type Scheme = 'light' | 'dark';

/** Every colour of the product by role: [light, dark]. */
export const tokens = {
  canvas: ['#F6F5F2', '#121211'],
  surface: ['#FFFFFF', '#1A1A18'],
  subtle: ['#FAF9F7', '#1F1E1C'],
  sunken: ['#F1EFEB', '#262522'],
  hover: ['#F3F1ED', '#262522'],
  line: ['#E8E5DF', '#2D2C29'],
  line2: ['#D9D5CD', '#3D3B36'],
  ctl: ['#8B867C', '#7F7A70'],
  ink: ['#1B1A17', '#F1EFEA'],
  ink2: ['#55514A', '#BCB7AD'],
  ink3: ['#6B665D', '#9A958A'],
  accent: ['#3A46C9', '#5A66E3'],
  'accent-h': ['#2E38A8', '#4C57D8'],
  'on-accent': ['#FFFFFF', '#FFFFFF'],
  'accent-ink': ['#343FBA', '#AAB2FF'],
  'accent-bg': ['#EEF0FD', '#24274A'],
  'accent-line': ['#C9CEF6', '#40468A'],
  'turn-ink': ['#854700', '#F4BA6C'],
  'turn-bg': ['#FFF4E0', '#33270F'],
  'turn-line': ['#F0D6A8', '#5B4619'],
  'turn-mark': ['#C26A00', '#E8973A'],
  'ok-ink': ['#1A6842', '#7ED0A2'],
  'ok-bg': ['#E8F5ED', '#15291F'],
  'bad-ink': ['#AE2A20', '#FF9D93'],
  'bad-bg': ['#FDEDEB', '#3A1B18'],
  'add-bg': ['#E3E7FC', '#2A2F63'],
  'add-line': ['#5A66DB', '#8E99FF'],
  'ramp-1': ['#B7BFF4', '#3C4170'],
  'ramp-2': ['#8E99EC', '#5058A8'],
  'ramp-3': ['#5D69DD', '#7480EC'],
  'ramp-4': ['#3A46C9', '#A3ACFA'],
  'ramp-5': ['#242B85', '#D5D9FF'],
  management: ['#8F5A0A', '#E0AA54'],
  'diverge-2n': ['#F3BF93', '#74400F'],
  'diverge-1n': ['#FAE0CB', '#4A3018'],
  'diverge-0': ['#F3F1ED', '#2A2926'],
  'diverge-1p': ['#D3DFF6', '#223559'],
  'diverge-2p': ['#A9C2F0', '#2C4F8E'],
  'bar-outer': ['#C8CEF5', '#353B73'],
  'bar-inner': ['#AAB3EF', '#454D93'],
  'bar-m-outer': ['#EBD3A4', '#54421C'],
  'bar-m-inner': ['#DDBE80', '#6D5524'],
  market: ['#784C00', '#E0AA54'],
  dot: ['#23221E', '#F1EFEA'],
  'face-1-bg': ['#DDE3FB', '#2D3365'],
  'face-1-ink': ['#2B3591', '#C9CFFF'],
  'face-2-bg': ['#F6E3C4', '#4A3714'],
  'face-2-ink': ['#6B3F00', '#F6D39A'],
  'face-3-bg': ['#D6ECDF', '#1E3D2D'],
  'face-3-ink': ['#1A5638', '#A6E0C1'],
  'face-4-bg': ['#F3DAE3', '#4A2334'],
  'face-4-ink': ['#7A2347', '#F5BBD0'],
  'face-5-bg': ['#D9E8EE', '#1F3C48'],
  'face-5-ink': ['#1F4F63', '#ACD9EA'],
} as const satisfies Record<string, readonly [string, string]>;

export type Token = keyof typeof tokens;

export function colour(token: Token, scheme: Scheme): string {
  return tokens[token][scheme === 'light' ? 0 : 1];
}

/** The tokens of one scheme as CSS custom properties. */
export function cssVariables(scheme: Scheme): Record<string, string> {
  const names = Object.keys(tokens) as Token[];
  return Object.fromEntries(names.map((name) => [`--rg-${name}`, colour(name, scheme)]));
}
