import { Button, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Panel } from '../../components/ui';
import classes from './editor.module.css';
import { errorsAt } from './forms/errors';
import { LanguageSelect } from './forms/LanguageSelect';
import type { Outline } from './outline';
import type { OutlineSaver } from './useOutlineSaver';

type Props = { outline: Outline; saver: OutlineSaver; readOnly: boolean };

/** The parts of an outline that this form edits. */
export function aboutOf(outline: Outline) {
  const { name = '', version, language = '', summary = '', changes = '' } = outline;
  return { name, version, language, summary, changes };
}

/** The ladder's name, the version that this becomes, and what its readers are told. */
export function AboutForm({ outline, saver, readOnly }: Props) {
  const before = aboutOf(outline);
  const [about, setAbout] = useState(before);
  const same = JSON.stringify(about) === JSON.stringify(before);
  const wrong = errorsAt(saver.details, '');
  const field = (key: keyof typeof about) => ({
    value: about[key],
    readOnly,
    error: wrong(key),
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) =>
      setAbout({ ...about, [key]: currentTarget.value }),
  });
  return (
    <Panel title="The ladder">
      <form
        className={classes.padded}
        onSubmit={(event) => {
          event.preventDefault();
          saver.save('change the details of the ladder', (now) => ({ ...now, ...about }));
        }}
      >
        <div className={classes.pair}>
          <TextInput label="Name" {...field('name')} />
          <TextInput
            label="Version"
            description="Three numbers, such as 2.1.0."
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            {...field('version')}
          />
          <LanguageSelect
            label="Written in"
            description="You can translate its texts further down."
            disabled={readOnly}
            value={about.language || 'en'}
            error={wrong('language')}
            onChange={(language) => setAbout({ ...about, language })}
          />
        </div>
        <Textarea label="In short" autosize minRows={2} {...field('summary')} />
        <Textarea
          label="What is new"
          description="It goes out with this version when it is published."
          autosize
          minRows={2}
          {...field('changes')}
        />
        {!readOnly && !same && (
          <div className={classes.foot}>
            <Button onClick={() => setAbout(before)}>Back</Button>
            <Button type="submit" variant="filled" loading={saver.pending}>
              Save
            </Button>
          </div>
        )}
      </form>
    </Panel>
  );
}
