import { Button, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Panel } from '../../components/ui';
import classes from './editor.module.css';
import type { Outline } from './outline';
import type { OutlineSaver } from './useOutlineSaver';

type Props = { outline: Outline; saver: OutlineSaver; readOnly: boolean };

/** What the ladder is called, which version this becomes, and what its readers are told. */
export function AboutForm({ outline, saver, readOnly }: Props) {
  const { name = '', version, summary = '', changes = '' } = outline;
  const [about, setAbout] = useState({ name, version, summary, changes });
  const same =
    about.name === name &&
    about.version === version &&
    about.summary === summary &&
    about.changes === changes;
  const field = (key: keyof typeof about) => ({
    value: about[key],
    readOnly,
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) =>
      setAbout({ ...about, [key]: currentTarget.value }),
  });
  return (
    <Panel title="The ladder">
      <form
        className={classes.padded}
        onSubmit={(event) => {
          event.preventDefault();
          saver.save('change what the ladder is called', { ...outline, ...about });
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
        </div>
        <Textarea label="In short" autosize minRows={2} {...field('summary')} />
        <Textarea
          label="What is new"
          description="Everybody reads it when this version is published."
          autosize
          minRows={2}
          {...field('changes')}
        />
        {!readOnly && !same && (
          <div className={classes.foot}>
            <Button onClick={() => setAbout({ name, version, summary, changes })}>Back</Button>
            <Button type="submit" variant="filled" loading={saver.pending}>
              Save
            </Button>
          </div>
        )}
      </form>
    </Panel>
  );
}
