import { Button, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { fieldError } from '../../api/problem';
import { count, dueWords } from '../../components/format';
import { Page } from '../../components/page/Page';
import { QueryPage } from '../../components/page/states';
import { Chip, cx, Face, Panel, ui } from '../../components/ui';
import classes from './company.module.css';
import {
  type Settings,
  settingNames,
  settingsQuery,
  settingWords,
  useChangeSettings,
  type Values,
  type Version,
} from './queries';

export default function SettingsPage() {
  const settings = useQuery(settingsQuery);
  return (
    <QueryPage query={settings} title="Company settings" what="The settings of the company">
      {(data) => (
        <Page
          title="Company settings"
          subtitle="What the company decided for all its people, with every change."
        >
          <div className={classes.page}>
            <Cases key={data.version} settings={data} />
            <History settings={data} />
          </div>
        </Page>
      )}
    </QueryPage>
  );
}

/** The numbers as they are typed: an empty field is no number. */
type Typed = Record<keyof Values, string>;

const typedOf = (values: Values): Typed => ({
  monthsInLevel: String(values.monthsInLevel),
  monthsAfterDecision: String(values.monthsAfterDecision),
  monthsAfterWithdrawal: String(values.monthsAfterWithdrawal),
});

const whole = (text: string) => /^\d{1,3}$/.test(text.trim());

function Cases({ settings }: { settings: Settings }) {
  const { values, defaults, version, mayChange } = settings;
  const [typed, setTyped] = useState(() => typedOf(values));
  const [reason, setReason] = useState('');
  const change = useChangeSettings(version);
  const changed = settingNames.filter((name) => typed[name].trim() !== String(values[name]));
  const wrong = settingNames.filter((name) => !whole(typed[name]));
  const ready = changed.length > 0 && wrong.length === 0 && reason.trim() !== '';
  const error = (field: string) => fieldError(change.error, field);
  const send = () =>
    change.mutate({
      monthsInLevel: Number(typed.monthsInLevel),
      monthsAfterDecision: Number(typed.monthsAfterDecision),
      monthsAfterWithdrawal: Number(typed.monthsAfterWithdrawal),
      reason,
    });
  return (
    <Panel title="When a promotion case may start">
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) send();
        }}
      >
        <p className={ui.second}>
          HR partners can waive a rule for one case of a person, with a reason. A re-level waits for
          nothing. 0 means no such rule.
        </p>
        {settingNames.map((name) => (
          <TextInput
            key={name}
            label={settingWords[name].label}
            description={`${settingWords[name].note} The default is ${defaults[name]}.`}
            inputMode="numeric"
            className={classes.number}
            readOnly={!mayChange}
            value={typed[name]}
            error={
              error(name) ?? (whole(typed[name]) ? undefined : 'Write a whole number of months.')
            }
            onChange={(event) => setTyped({ ...typed, [name]: event.currentTarget.value })}
          />
        ))}
        {mayChange && (
          <>
            <Textarea
              label="Why"
              description="It stays in the history below."
              autosize
              minRows={2}
              maxLength={1000}
              value={reason}
              error={error('reason')}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
            {change.error && (
              <p role="alert" className={ui.bad}>
                {change.error.message}
              </p>
            )}
            <div className={classes.foot}>
              <span className={cx(ui.small, ui.muted, ui.grow)}>
                {changed.length > 0 && 'It holds at once, also for people who wait today.'}
              </span>
              <Button
                type="submit"
                variant="filled"
                loading={change.isPending}
                aria-disabled={!ready}
              >
                {changed.length > 0 ? `Change ${count(changed.length, 'setting')}` : 'Change'}
              </Button>
            </div>
          </>
        )}
        {!mayChange && (
          <p className={cx(ui.small, ui.muted)}>
            HR partners whose scope is the whole company can change them.
          </p>
        )}
      </form>
    </Panel>
  );
}

function History({ settings: { history } }: { settings: Settings }) {
  return (
    <Panel title="History">
      {history.length === 0 ? (
        <p className={cx(classes.form, ui.second)}>Nobody has changed a setting yet.</p>
      ) : (
        <ul className={classes.history} aria-label="Changes of the settings">
          {history.map((one) => (
            <Change key={one.number} version={one} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Change({ version: { by, at, reason, changes } }: { version: Version }) {
  return (
    <li>
      <div className={cx(ui.row, ui.wrap)}>
        <Face name={by.name} />
        <span className={ui.medium}>{by.name}</span>
        <span className={ui.muted}>{dueWords(at)}</span>
      </div>
      <p>{reason}</p>
      {changes.map(({ setting, from, to }) => (
        <p key={setting} className={cx(ui.small, ui.second)}>
          {settingWords[setting].label}: <Chip>{from}</Chip> to <Chip tone="accent">{to}</Chip>
        </p>
      ))}
    </li>
  );
}
