import type { Ladder, LadderCell } from '../../api/types';

type Point = LadderCell['points'][number];

/** The languages that a ladder can be read in, its own first. */
export function languagesOf(ladder: Pick<Ladder, 'language' | 'translations'>): string[] {
  const others = new Set((ladder.translations ?? []).map(({ locale }) => locale));
  return [
    ladder.language,
    ...[...others].filter((locale) => locale !== ladder.language).toSorted(),
  ];
}

/** The ladder in a language; what is not translated stays as it is. */
export function translated(ladder: Ladder, locale: string | undefined): Ladder {
  if (!locale || locale === ladder.language) return ladder;
  const texts = new Map(
    (ladder.translations ?? [])
      .filter((each) => each.locale === locale)
      .map(({ of, text }) => [of, text]),
  );
  if (texts.size === 0) return ladder;
  const say = (of: string, text: string) => texts.get(of) ?? text;
  const points = (list: Point[] = []) =>
    list.map((point) => ({ ...point, text: say(point.uid, point.text) }));
  const cell = (one: LadderCell): LadderCell => ({
    ...one,
    points: points(one.points),
    still: points(one.still),
    examples: points(one.examples),
    antiExamples: points(one.antiExamples),
    notes: points(one.notes),
  });
  return {
    ...ladder,
    name: say('name', ladder.name),
    summary: say('summary', ladder.summary),
    tracks: ladder.tracks.map((track) => ({
      ...track,
      levels: track.levels.map((level) => {
        const title = texts.get(`levels/${level.code}/title`);
        return {
          ...level,
          ...(title && { title, shortTitle: title }),
          summary: say(`levels/${level.code}/summary`, level.summary),
        };
      }),
    })),
    categories: ladder.categories.map((category) => ({
      ...category,
      name: say(`categories/${category.code}/name`, category.name),
    })),
    competencies: ladder.competencies.map((competency) => ({
      ...competency,
      name: say(`competencies/${competency.code}/name`, competency.name),
      description: say(`competencies/${competency.code}/description`, competency.description),
      cells: competency.cells.map(cell),
      ...(competency.stages && { stages: competency.stages.map(cell) }),
    })),
  };
}
