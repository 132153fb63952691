import { SegmentedControl, Select, Textarea } from '@mantine/core';
import { useCallbackRef } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { memo, useMemo, useState } from 'react';
import { isProblem } from '../../../api/problem';
import { useAutosave } from '../../../components/autosave/useAutosave';
import table from '../../../components/table/table.module.css';
import { cx, Panel, ui } from '../../../components/ui';
import classes from '../editor.module.css';
import { useRecorded } from '../history';
import { type Outline, outlineOf } from '../outline';
import { type Draft, draftQuery, saveOutline } from '../queries';
import { LanguageSelect } from './LanguageSelect';
import { languageName } from './languages';
import {
  countSaid,
  localesOf,
  putSaid,
  saidIn,
  type Text,
  type TextPart,
  textsOf,
  wrongIn,
} from './texts';

type Props = { draft: Draft; document: NonNullable<Draft['document']>; outline: Outline };

/** Every text of the draft beside its translation, one part of the ladder at a time. */
export function TranslationsPanel({ draft, document, outline }: Props) {
  const [locale, setLocale] = useState(localesOf(outline)[0]);
  const [key, setKey] = useState<string>();
  const [only, setOnly] = useState<'all' | 'missing'>('all');
  const parts = useMemo(() => textsOf(document), [document]);
  const part = parts.find((each) => each.key === key) ?? parts[0];
  return (
    <Panel title="In other languages">
      <div className={classes.padded}>
        <div className={classes.pair}>
          <LanguageSelect
            label="Language"
            placeholder="Choose a language"
            description={`The original is ${languageName(outline.language || 'en')}.`}
            value={locale ?? null}
            onChange={setLocale}
          />
          {locale && part && (
            <PartSelect
              outline={outline}
              locale={locale}
              parts={parts}
              part={part}
              onChange={setKey}
            />
          )}
        </div>
        {locale && part && (
          <>
            <SegmentedControl
              className={classes.start as string}
              aria-label="Which texts"
              data={[
                { value: 'all', label: 'All texts' },
                { value: 'missing', label: 'Missing only' },
              ]}
              value={only}
              onChange={(value) => setOnly(value === 'missing' ? 'missing' : 'all')}
            />
            <Texts
              key={`${locale}:${part.key}:${only}`}
              draft={draft}
              outline={outline}
              locale={locale}
              part={part}
              missing={only === 'missing'}
            />
          </>
        )}
      </div>
    </Panel>
  );
}

type PartProps = {
  outline: Outline;
  locale: string;
  parts: TextPart[];
  part: TextPart;
  onChange: (key: string) => void;
};

/** The parts of the ladder, with how much of each is translated. */
function PartSelect({ outline, locale, parts, part, onChange }: PartProps) {
  const all = parts.flatMap(({ texts }) => texts);
  const said = saidIn(outline, locale, all);
  return (
    <Select
      label="Part of the ladder"
      description={`${countSaid(said, all)} of ${all.length} texts are translated.`}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      searchable
      data={parts.map(({ key, name, texts }) => ({
        value: key,
        label: `${name}, ${countSaid(said, texts)} of ${texts.length}`,
      }))}
      value={part.key}
      onChange={(key) => onChange(key ?? '')}
    />
  );
}

type TextsProps = {
  draft: Draft;
  outline: Outline;
  locale: string;
  part: TextPart;
  missing: boolean;
};

/** The texts of one part. They are saved as they are typed. */
function Texts({ draft, outline, locale, part, missing }: TextsProps) {
  const { value, change, flush, wrong } = useTranslating(draft, outline, locale, part);
  // What was missing when the list was opened stays in the list while it is translated.
  const [shown] = useState(() => part.texts.filter(({ of }) => !missing || value[of] === ''));
  const language = languageName(locale);
  // A row is redrawn only when its own text changes: there may be a hundred rows.
  const put = useCallbackRef((of: string, words: string) => change({ ...value, [of]: words }));
  if (shown.length === 0) return <p className={ui.second}>Nothing is missing here.</p>;
  return (
    <table className={cx(table.table, classes.texts)} aria-label={`${part.name} in ${language}`}>
      <thead>
        <tr>
          <th scope="col">Original</th>
          <th scope="col">{language}</th>
        </tr>
      </thead>
      <tbody>
        {shown.map((text) => (
          <Row
            key={text.of}
            text={text}
            locale={locale}
            readOnly={!draft.canEdit}
            value={value[text.of] ?? ''}
            error={wrong[text.of]}
            onChange={put}
            onBlur={flush}
          />
        ))}
      </tbody>
    </table>
  );
}

type RowProps = {
  text: Text;
  locale: string;
  readOnly: boolean;
  value: string;
  error: string | undefined;
  onChange: (of: string, words: string) => void;
  onBlur: () => void;
};

const Row = memo(({ text, locale, readOnly, value, error, onChange, onBlur }: RowProps) => {
  return (
    <tr>
      <td>
        <div className={cx(ui.tiny, ui.muted)}>{text.where}</div>
        <div className={classes.original}>{text.original}</div>
      </td>
      <td>
        <Textarea
          aria-label={`${text.where}: ${text.original.slice(0, 80)}`}
          placeholder="Not translated"
          lang={locale}
          autosize
          minRows={1}
          readOnly={readOnly}
          value={value}
          error={error}
          onChange={(event) => onChange(text.of, event.currentTarget.value)}
          onBlur={onBlur}
        />
      </td>
    </tr>
  );
});

/** The translations of one part, saved with the newest outline of the server. */
function useTranslating(draft: Draft, outline: Outline, locale: string, part: TextPart) {
  const queries = useQueryClient();
  const recorded = useRecorded(draft);
  const [wrong, setWrong] = useState<Record<string, string>>({});
  const read = (next: Draft) => ({
    value: saidIn(next.document ? outlineOf(next.document) : outline, locale, part.texts),
    version: next.version,
  });
  const saved = useAutosave<Record<string, string>>({
    draftKey: `draft:${draft.id}:translations:${locale}:${part.key}`,
    saved: read(draft),
    text: (value) => Object.values(value).filter(Boolean).join('\n'),
    save: async (value) => {
      const now = queries.getQueryData(draftQuery(draft.id).queryKey) ?? draft;
      const before = now.document ? outlineOf(now.document) : outline;
      const sent = putSaid(before, locale, value);
      const next = await saveOutline(draft.id, sent, now.version).catch((error: unknown) => {
        setWrong(isProblem(error) ? wrongIn(sent, error.errors) : {});
        throw error;
      });
      setWrong({});
      recorded(`${part.name} in ${languageName(locale)}`, next, now);
      return read(next);
    },
    current: (current) => read(current as Draft),
  });
  return { ...saved, wrong };
}
