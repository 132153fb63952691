import { levelsOf, type Outline } from '../outline';
import type { Draft } from '../queries';
import { languageName } from './languages';
import { countSaid, localesOf, saidIn, textsOf } from './texts';

/** What is in each section, in a few words. */
export function hintsOf(
  document: NonNullable<Draft['document']>,
  outline: Outline,
  rubric: Draft['rubric'],
) {
  const { tracks = [], competencies, layers = [], designations = [], technologies = [] } = outline;
  const rule = outline.rule ?? rubric?.rule;
  return {
    about: [
      `Version ${outline.version}`,
      layers.length > 0 && `built on ${layers.map(({ from }) => from).join(', ')}`,
    ]
      .filter(Boolean)
      .join(', '),
    levels:
      tracks.length === 0
        ? 'Those of the ladders below'
        : `${number(levelsOf(outline).length, 'level')} on ${number(tracks.length, 'track')}`,
    competencies: number(competencies.length, 'competency', 'competencies'),
    rule: `${number(Object.keys(outline.scales ?? {}).length, 'scale')}, ${ruleHint(rule?.type)}`,
    beside: `${number(designations.length, 'role')}, ${number(technologies.length, 'group')} of technologies`,
    languages: languageHint(document, outline),
  };
}

function ruleHint(type: string | undefined): string {
  if (!type || type === 'none' || type === 'manual') return 'people decide';
  return `advice by ${type}`;
}

function languageHint(document: NonNullable<Draft['document']>, outline: Outline): string {
  const locales = localesOf(outline);
  if (locales.length === 0) return `Only in ${languageName(outline.language || 'en')}`;
  const texts = textsOf(document).flatMap((part) => part.texts);
  return locales
    .map((locale) => {
      const said = countSaid(saidIn(outline, locale, texts), texts);
      return `${languageName(locale)} ${said} of ${texts.length}`;
    })
    .join(', ');
}

const number = (n: number, one: string, many = `${one}s`) => `${n} ${n === 1 ? one : many}`;
