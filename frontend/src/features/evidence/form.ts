import type { Day, Evidence, EvidenceInput } from '../../api/types';

export type Role = NonNullable<Evidence['role']>;

/** The parts that a person can have in what they log. */
export const roles: Record<Role, string> = {
  led: 'Led it',
  co_led: 'Led it together with others',
  contributed: 'Contributed',
};

export type EvidenceDraft = {
  title: string;
  body: string;
  role: Role | '';
  from: Day;
  to: Day;
  link: string;
  competencies: string[];
};

export function emptyDraft(today: Day, competencies: string[] = []): EvidenceDraft {
  return { title: '', body: '', role: '', from: today, to: '', link: '', competencies };
}

export function draftOf(piece: Evidence): EvidenceDraft {
  const link = piece.links.map((item) => item.url).join(' ');
  const { title, body, role, happenedFrom, happenedTo, competencies } = piece;
  return {
    title,
    body,
    role: role ?? '',
    from: happenedFrom,
    to: happenedTo ?? '',
    link,
    competencies,
  };
}

function linkLabel(url: string): string {
  return URL.parse(url)?.hostname ?? url;
}

/** What the API takes. Addresses are split at spaces and named by their host. */
export function inputOf(draft: EvidenceDraft): EvidenceInput {
  const urls = draft.link.split(/\s+/).filter(Boolean);
  return {
    title: draft.title.trim(),
    body: draft.body.trim(),
    ...(draft.role !== '' && { role: draft.role }),
    happenedFrom: draft.from,
    ...(draft.to !== '' && { happenedTo: draft.to }),
    links: urls.map((url) => ({ url, label: linkLabel(url) })),
    competencies: draft.competencies,
  };
}

export type DraftErrors = Partial<Record<keyof EvidenceDraft, string>>;

/** Everything that is wrong with a draft, in words that say how to fix it. */
export function draftErrors(draft: EvidenceDraft): DraftErrors {
  const errors: DraftErrors = {};
  if (draft.title.trim() === '') errors.title = 'Say in a few words what you did';
  if (draft.from === '') errors.from = 'Choose the day, or the first day';
  if (draft.to !== '' && draft.to < draft.from) errors.to = 'The last day is before the first';
  const bad = draft.link
    .split(/\s+/)
    .filter((url) => url !== '' && !/^https?:\/\/\S+\.\S+/.test(url));
  if (bad.length > 0) errors.link = `Write the whole address, with https://, for ${bad.join(', ')}`;
  return errors;
}
