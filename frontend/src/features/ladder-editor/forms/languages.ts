const common =
  'ar bg bn cs da de el en es et fa fi fr he hi hr hu id it ja ko lt lv ms nb nl pl pt pt-BR ro ru sk sl sr sv sw ta th tr uk ur vi zh-Hans zh-Hant'.split(
    ' ',
  );

const names = new Intl.DisplayNames(['en'], { type: 'language' });

/** The name of a language with its tag: "German (de)". */
export function languageName(tag: string): string {
  try {
    const name = names.of(tag);
    return name && name !== tag ? `${name} (${tag})` : tag;
  } catch {
    return tag;
  }
}

/** The tag as BCP 47 writes it, if a ladder may have it. */
export function tagOf(text: string): string | undefined {
  try {
    const [tag = ''] = Intl.getCanonicalLocales(text.trim());
    return /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(tag) ? tag : undefined;
  } catch {
    return undefined;
  }
}

/** The languages to choose from, by name: common ones, those in use, and the typed one. */
export function languageChoices(used: string[], typed: string) {
  const tag = tagOf(typed);
  return [...new Set([...common, ...used, ...(tag ? [tag] : [])])]
    .map((value) => ({ value, label: languageName(value) }))
    .toSorted((a, b) => a.label.localeCompare(b.label, 'en'));
}
