import type { Competency, Ladder, LadderCell, Level, ScalePoint } from '../../api/types';

type Point = LadderCell['points'][number];

/** The languages that a ladder can be read in, its own first. */
export function languagesOf(ladder: Pick<Ladder, 'language' | 'translations'>): string[] {
  const others = new Set((ladder.translations ?? []).map(({ locale }) => locale));
  return [
    ladder.language,
    ...[...others].filter((locale) => locale !== ladder.language).toSorted(),
  ];
}

/** The text of a path or uid in the reader's language, or the original. */
type Say = (of: string, original: string) => string;

/** The ladder in a language. What is not translated stays in the original. */
export function translated(ladder: Ladder, locale: string | undefined): Ladder {
  if (!locale || locale === ladder.language) return ladder;
  const texts = new Map(
    (ladder.translations ?? [])
      .filter((each) => each.locale === locale)
      .map(({ of, text }) => [of, text]),
  );
  if (texts.size === 0) return ladder;
  const say: Say = (of, original) => texts.get(of) ?? original;
  return {
    ...ladder,
    name: say('name', ladder.name),
    summary: say('summary', ladder.summary),
    scale: scaleIn(say, ladder.scaleCode ?? '', ladder.scale),
    tracks: ladder.tracks.map((track) => ({
      ...track,
      name: say(`tracks/${track.code}/name`, track.name),
      levels: track.levels.map((level) => levelIn(say, level)),
    })),
    categories: ladder.categories.map((category) => ({
      ...category,
      name: say(`categories/${category.code}/name`, category.name),
    })),
    competencies: ladder.competencies.map((competency) => competencyIn(say, competency)),
    ...(ladder.modifiers && {
      modifiers: ladder.modifiers.map((modifier) => ({
        ...modifier,
        label: say(`modifiers/${modifier.key}/label`, modifier.label),
        meaning: say(`modifiers/${modifier.key}/meaning`, modifier.meaning ?? ''),
      })),
    }),
    ...(ladder.archetypes && {
      archetypes: ladder.archetypes.map((archetype) => ({
        ...archetype,
        name: say(`archetypes/${archetype.code}/name`, archetype.name),
        summary: say(`archetypes/${archetype.code}/summary`, archetype.summary ?? ''),
      })),
    }),
  };
}

function levelIn(say: Say, level: Level): Level {
  const of = `levels/${level.code}`;
  const title = say(`${of}/title`, level.title);
  const shortTitle = title === level.title ? level.shortTitle : title;
  return {
    ...level,
    title,
    shortTitle: say(`${of}/shortTitle`, shortTitle),
    summary: say(`${of}/summary`, level.summary),
    ...(level.notes && {
      notes: level.notes.map((note) => ({ ...note, text: say(note.uid, note.text) })),
    }),
  };
}

function competencyIn(say: Say, competency: Competency): Competency {
  const of = `competencies/${competency.code}`;
  const { scale, scaleCode = '', stages } = competency;
  const name = say(`${of}/name`, competency.name);
  return {
    ...competency,
    name,
    short: say(`${of}/short`, name === competency.name ? competency.short : name),
    description: say(`${of}/description`, competency.description),
    cells: competency.cells.map((cell) => cellIn(say, of, cell)),
    ...(stages && { stages: stages.map((stage) => cellIn(say, of, stage)) }),
    ...(scale && { scale: scaleIn(say, scaleCode, scale) }),
  };
}

/** A cell. `of` is the path of its competency, or of a level for the ways to fill it. */
function cellIn(say: Say, of: string, cell: LadderCell): LadderCell {
  const points = (list: Point[] = []) =>
    list.map((point) => ({ ...point, text: say(point.uid, point.text) }));
  return {
    ...cell,
    ...(cell.narrative && { narrative: say(`${of}/${cell.level}/narrative`, cell.narrative) }),
    points: points(cell.points),
    still: points(cell.still),
    examples: points(cell.examples),
    antiExamples: points(cell.antiExamples),
    notes: points(cell.notes),
    ...(cell.variants && {
      variants: cell.variants.map((variant) => cellIn(say, `${of}/${cell.level}`, variant)),
    }),
  };
}

function scaleIn(say: Say, code: string, scale: ScalePoint[]): ScalePoint[] {
  return scale.map((point) => ({
    ...point,
    label: say(`scales/${code}/${point.key}/label`, point.label),
    meaning: say(`scales/${code}/${point.key}/meaning`, point.meaning),
  }));
}
