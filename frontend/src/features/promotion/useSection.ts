import { useQueryClient } from '@tanstack/react-query';
import { invalidate } from '../../api/query';
import type { Case, Claim, ProjectFacts, Section } from '../../api/types';
import { type Autosave, useAutosave } from '../../components/autosave/useAutosave';
import { caseQuery, type SectionInput, saveSection } from './queries';

export type SectionValue = {
  title: string;
  text: string;
  project: ProjectFacts | undefined;
  claim: Claim | undefined;
};

export type SectionProps = { promotion: Case; section: Section; editable: boolean };

function sectionValue({ title, text, project, claim }: Section): SectionValue {
  return { title, text, project, claim };
}

function claimInput({ rating, evidence }: Claim) {
  const evidenceIds = evidence.map((piece) => piece.id);
  return rating === null ? { evidenceIds } : { rating, evidenceIds };
}

function inputOf(
  kind: Section['kind'],
  { title, text, project, claim }: SectionValue,
): SectionInput {
  return {
    text,
    ...(kind === 'project' && { title }),
    ...(project && { project }),
    ...(claim && { claim: claimInput(claim) }),
  };
}

/** One section of a packet that saves itself. */
export function useSection({ promotion, section }: SectionProps): Autosave<SectionValue> {
  const queries = useQueryClient();
  const stored = (saved: Section) => ({ value: sectionValue(saved), version: saved.version });
  return useAutosave<SectionValue>({
    draftKey: `case:${promotion.id}:${section.key}`,
    saved: stored(section),
    text: (value) => value.text,
    save: async (value, version) => {
      const saved = await saveSection(
        promotion.id,
        section.key,
        inputOf(section.kind, value),
        version,
      );
      queries.setQueryData(
        caseQuery(promotion.id).queryKey,
        (now) =>
          now && {
            ...now,
            sections: now.sections.map((old) => (old.key === saved.key ? saved : old)),
          },
      );
      void invalidate(queries, caseQuery(promotion.id).queryKey);
      return stored(saved);
    },
    current: (current) => stored(current as Section),
  });
}
