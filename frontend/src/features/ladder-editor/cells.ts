import type { Anchor, CellEdit, Comment, Criterion, Draft, Finding } from './queries';

type Entry = NonNullable<Draft['document']>['competencies'][number];
type Place = NonNullable<Entry['descriptors']>[number]['at'];

/** The anchor of a descriptor that is about one cell only. */
function anchorOf(at: Place, archetype = ''): string | undefined {
  if (at.levels || at.track || (at.archetype ?? '') !== archetype) return undefined;
  return at.level || at.point;
}

/** What the draft itself says in a cell, without the layers below. */
export function cellOf(draft: Draft, { competency, anchor, archetype }: Anchor): CellEdit {
  const entry = draft.document?.competencies.find((each) => each.code === competency);
  const descriptor = entry?.descriptors?.find(({ at }) => anchorOf(at, archetype) === anchor);
  return {
    narrative: descriptor?.narrative ?? '',
    criteria: (descriptor?.criteria ?? []).map((criterion) => ({ ...criterion })),
  };
}

/** What people read in a cell although it is written elsewhere: for several levels at once, or in a wider ladder. */
export function inheritedBy(draft: Draft, { competency, anchor }: Anchor): string[] {
  const entry = draft.rubric?.competencies.find(({ code }) => code === competency);
  const cell = entry?.cells.find(({ level }) => level === anchor);
  if (!cell) return [];
  const own = cellOf(draft, { competency, anchor });
  const said = new Set(own.criteria.map(({ uid }) => uid));
  const prose = cell.narrative && !own.narrative ? [cell.narrative] : [];
  return [...prose, ...cell.points.filter(({ uid }) => !said.has(uid)).map(({ text }) => text)];
}

/** The archetypes that fill a level, and whether the draft says anything about them in a cell. */
export function variantsOf(draft: Draft, at: Anchor) {
  return (draft.rubric?.archetypes ?? [])
    .filter(({ levels }) => levels.includes(at.anchor))
    .map(({ code, name }) => {
      const { narrative, criteria } = cellOf(draft, { ...at, archetype: code });
      return { code, name, says: Boolean(narrative) || criteria.length > 0 };
    });
}

/** A uid for a new sentence of a cell. The sentence keeps it, however often it is reworded. */
export function newUid({ competency, anchor, archetype = '' }: Anchor): string {
  const [random = 0] = crypto.getRandomValues(new Uint32Array(1));
  const place = `${competency}-${anchor}-${archetype}`.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return `${place.slice(0, 50).replace(/^-+|-+$/g, '')}-${random.toString(16).padStart(8, '0')}`;
}

/** A cell as it is sent, without empty sentences. */
export function tidy({ narrative, criteria }: CellEdit): CellEdit {
  return {
    ...(narrative?.trim() && { narrative: narrative.trim() }),
    criteria: criteria.filter(({ text }) => text.trim() !== ''),
  };
}

export function replaced(criteria: Criterion[], at: number, part: Partial<Criterion>): Criterion[] {
  return criteria.map((criterion, i) => (i === at ? { ...criterion, ...part } : criterion));
}

/** The sentence moved up or down by one. */
export function shifted(criteria: Criterion[], at: number, by: -1 | 1): Criterion[] {
  const to = at + by;
  if (to < 0 || to >= criteria.length) return criteria;
  const next = [...criteria];
  const [taken] = next.splice(at, 1);
  if (taken) next.splice(to, 0, taken);
  return next;
}

export function cellWords({ narrative, criteria }: CellEdit): string {
  return [narrative, ...criteria.map(({ text }) => text)].filter(Boolean).join('\n');
}

/** The findings and the comments of a cell. */
export type Marks = { findings: Finding[]; comments: Comment[] };

const key = ({ competency, anchor }: Anchor) => `${competency} ${anchor}`;

/** The findings and the open comments of each cell. Read it with `marksAt`. */
export function marksOf(draft: Draft): Map<string, Marks> {
  const marks = new Map<string, Marks>();
  const at = (place: Anchor): Marks => {
    const known = marks.get(key(place)) ?? { findings: [], comments: [] };
    marks.set(key(place), known);
    return known;
  };
  for (const comment of draft.comments) {
    const { competency, level } = comment;
    if (competency && level) at({ competency, anchor: level }).comments.push(comment);
  }
  const levels =
    draft.rubric?.tracks.flatMap((track) => track.levels.map(({ code }) => code)) ?? [];
  for (const finding of draft.findings) {
    for (const place of placesOf(draft, finding, levels)) at(place).findings.push(finding);
  }
  return marks;
}

export function marksAt(marks: Map<string, Marks>, place: Anchor): Marks {
  return marks.get(key(place)) ?? { findings: [], comments: [] };
}

/** The cells that a finding is about: the one it points into, or the ones it names where there is nothing to point to. */
function placesOf(draft: Draft, { pointer, message }: Finding, levels: string[]): Anchor[] {
  const [, part, at, , within] = pointer.split('/');
  const entry = part === 'competencies' ? draft.document?.competencies[Number(at)] : undefined;
  if (!entry) return [];
  const competency = entry.code;
  const descriptor = within === undefined ? undefined : entry.descriptors?.[Number(within)];
  if (descriptor) {
    const anchor = anchorOf(descriptor.at);
    return anchor ? [{ competency, anchor }] : [];
  }
  const words = new Set(message.split(/[\s,.]+/));
  return levels.filter((level) => words.has(level)).map((anchor) => ({ competency, anchor }));
}
