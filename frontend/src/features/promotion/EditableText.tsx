import type { ReactNode } from 'react';
import { DraftOffer } from '../../components/autosave/DraftOffer';
import { MergeView } from '../../components/autosave/MergeView';
import type { Autosave } from '../../components/autosave/useAutosave';
import { Audience } from '../../components/bar/Audience';
import { wordCount } from '../../components/format';
import { Field } from '../../components/input/Field';
import { WordsInput } from '../../components/input/WordsInput';
import { ui } from '../../components/ui';
import type { SectionProps, SectionValue } from './useSection';

type Props = SectionProps & {
  autosave: Autosave<SectionValue>;
  label: string;
  limit?: number;
  help?: ReactNode;
};

/** The text of a section as a field that saves itself and keeps both versions of a conflict. */
export function EditableText({ promotion, autosave, label, limit, help }: Props) {
  const { value, change, flush, theirs, resolve } = autosave;
  const words = wordCount(value.text);
  return (
    <>
      <DraftOffer autosave={autosave} />
      {theirs && (
        <MergeView
          about={label}
          mine={{ text: value.text }}
          theirs={{ text: theirs.value.text }}
          onSave={({ side, text }) =>
            resolve({ ...(side === 'mine' ? value : theirs.value), text })
          }
        />
      )}
      <Field
        label={label}
        audience={<Audience audience={promotion.bar.audience} />}
        help={
          <>
            {help} {limit ? `${words} of ${limit} words` : `${words} words`}
          </>
        }
        error={
          limit && words > limit ? `${words - limit} words over the limit of ${limit}` : undefined
        }
      >
        {(control) => (
          <WordsInput
            {...control}
            aria-label={label}
            className={ui.grow}
            value={value.text}
            onChange={(event) => change({ ...value, text: event.currentTarget.value })}
            onBlur={flush}
          />
        )}
      </Field>
    </>
  );
}
