import { SegmentedControl } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useMe } from '../../api/me';
import { invalidate } from '../../api/query';
import type { Case, Statement } from '../../api/types';
import { DraftOffer } from '../../components/autosave/DraftOffer';
import { MergeView } from '../../components/autosave/MergeView';
import { useAutosave } from '../../components/autosave/useAutosave';
import { Audience } from '../../components/bar/Audience';
import { Field } from '../../components/input/Field';
import { WordsInput } from '../../components/input/WordsInput';
import { Words } from '../../components/text/Words';
import { Chip, cx, ui } from '../../components/ui';
import classes from './promotion.module.css';
import { caseQuery, type StatementInput, saveStatement } from './queries';

const recommendations = { for: 'For promotion', not_yet: 'Not yet' };

/** The manager's statement. It is absent for readers who may not read it, and the page then says so. */
export function StatementSection({ promotion }: { promotion: Case }) {
  const { statement, canEdit } = promotion;
  return (
    <section id="part-statement" className={classes.documentPart} aria-label="Manager statement">
      {!statement && (
        <>
          <h2 className={classes.sectionTitle}>Manager statement</h2>
          <p className={ui.muted}>Not shared with your role</p>
        </>
      )}
      {statement && canEdit.includes('statement') && (
        <OwnStatement promotion={promotion} statement={statement} />
      )}
      {statement && !canEdit.includes('statement') && <Shown statement={statement} />}
    </section>
  );
}

export function Shown({ statement }: { statement: Statement }) {
  return (
    <>
      <div className={ui.row}>
        <h2 className={cx(ui.grow, classes.sectionTitle)}>Manager statement</h2>
        {statement.recommendation && (
          <Chip tone="line">{recommendations[statement.recommendation]}</Chip>
        )}
      </div>
      {statement.text ? (
        <Words text={statement.text} />
      ) : (
        <p className={ui.muted}>Nothing written yet</p>
      )}
      <EarlierWords statement={statement} />
    </>
  );
}

/**
 * A new manager starts with an empty page below the previous manager's words, because
 * what they write is signed with their own name.
 */
function OwnStatement({ promotion, statement }: { promotion: Case; statement: Statement }) {
  const { person } = useMe();
  if (statement.author.id === person.id) {
    return (
      <>
        <Edited promotion={promotion} statement={statement} />
        <EarlierWords statement={statement} />
      </>
    );
  }
  const { text, recommendation, author } = statement;
  return (
    <>
      <Edited promotion={promotion} statement={{ ...statement, text: '', recommendation: null }} />
      <Earlier words={{ text, recommendation, author }} />
      <EarlierWords statement={statement} />
    </>
  );
}

function EarlierWords({ statement }: { statement: Statement }) {
  return statement.earlier.map((words) => <Earlier key={words.author.id} words={words} />);
}

/** What a previous manager wrote. It stays as it was. */
function Earlier({ words }: { words: Omit<Statement['earlier'][number], 'at'> }) {
  return (
    <section aria-label={`Statement by ${words.author.name}`}>
      <h3 className={cx(ui.small, ui.second)}>
        {words.author.name}, who managed the candidate until the change
        {words.recommendation && `: ${recommendations[words.recommendation].toLowerCase()}`}
      </h3>
      <Words text={words.text} />
    </section>
  );
}

function useStatement(id: string, statement: Statement) {
  const queries = useQueryClient();
  const stored = ({ text, recommendation, version }: Statement) => ({
    value: { text, recommendation },
    version,
  });
  return useAutosave<StatementInput>({
    draftKey: `case:${id}:statement`,
    saved: stored(statement),
    text: (value) => value.text,
    save: async (value, version) => {
      const saved = await saveStatement(id, value, version);
      queries.setQueryData(caseQuery(id).queryKey, (now) => now && { ...now, statement: saved });
      void invalidate(queries, caseQuery(id).queryKey);
      return stored(saved);
    },
    current: (current) => stored(current as Statement),
  });
}

function Edited({ promotion, statement }: { promotion: Case; statement: Statement }) {
  const autosave = useStatement(promotion.id, statement);
  const { value, change, flush, theirs, resolve } = autosave;
  return (
    <>
      <DraftOffer autosave={autosave} />
      {theirs && (
        <MergeView
          about="Manager statement"
          mine={{ text: value.text }}
          theirs={{ text: theirs.value.text }}
          onSave={({ side, text }) =>
            resolve({ ...(side === 'mine' ? value : theirs.value), text })
          }
        />
      )}
      <Field
        label="Manager statement"
        about={promotion.person.name}
        audience={<Audience audience={statement.audience} />}
        help="Say at what scope the candidate works, and what still needs work. The panel cannot read a statement without it."
      >
        {(control) => (
          <WordsInput
            {...control}
            value={value.text}
            onChange={(event) => change({ ...value, text: event.currentTarget.value })}
            onBlur={flush}
          />
        )}
      </Field>
      <div className={cx(ui.row, classes.recommend)}>
        <span className={cx(ui.small, ui.second)}>Your recommendation</span>
        <SegmentedControl
          aria-label="Your recommendation"
          data={Object.entries(recommendations).map(([key, label]) => ({ value: key, label }))}
          value={value.recommendation ?? ''}
          onChange={(next) => change({ ...value, recommendation: next as 'for' | 'not_yet' })}
        />
      </div>
    </>
  );
}
