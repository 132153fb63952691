import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { isProblem } from '../../api/problem';
import { apiQuery } from '../../api/query';
import type { MyBand } from '../../api/types';
import { ReadBy } from '../../components/bar/ReadBy';
import { amount, dayWords, major, money, ratio } from '../../components/format';
import { PathButton } from '../../components/links';
import { Page } from '../../components/page/Page';
import { Empty, QueryPage } from '../../components/page/states';
import { Chip, cx, ui } from '../../components/ui';
import classes from './pay.module.css';
import { StepUp } from './StepUp';

const bandQuery = { ...apiQuery('/me/band'), retry: false };

const buckets: Record<string, string> = {
  below: 'below the band',
  q1: 'in the first quarter of the band',
  q2: 'in the second quarter of the band',
  q3: 'in the third quarter of the band',
  q4: 'in the last quarter of the band',
  above: 'above the band',
};

export default function MyBandPage() {
  const band = useQuery(bandQuery);
  if (isProblem(band.error) && band.error.status === 404) return <NoBand />;
  if (isProblem(band.error, 'step_up'))
    return (
      <Page title="My pay band">
        <StepUp>
          <p>Your pay is shown for half an hour after you signed in.</p>
          <ReadBy resource="pay" />
        </StepUp>
      </Page>
    );
  return (
    <QueryPage query={band} title="My pay band" what="Your pay band">
      {(data) => <BandScreen own={data} />}
    </QueryPage>
  );
}

function NoBand() {
  return (
    <Page title="My pay band">
      <Empty
        title="No band for your level and location yet"
        action={<PathButton path="/">Go home</PathButton>}
      >
        <p>When HR publishes one, you see it here with your place in it.</p>
        <ReadBy resource="pay" />
      </Empty>
    </Page>
  );
}

function BandScreen({ own }: { own: MyBand }) {
  const { band, pay, fte, compa, bucket, set } = own;
  return (
    <Page
      title="My pay band"
      chips={
        <>
          <Chip tone="line">
            {set.name}, since {dayWords(set.validFrom)}
          </Chip>
          <ReadBy resource="pay" />
        </>
      }
      subtitle={`${band.level} in ${band.location}, ${band.currency} a year at 1.0 FTE`}
    >
      <div className={cx(ui.panel, classes.card)}>
        <p className={classes.figure}>{money(pay)}</p>
        <p className={ui.second}>
          Your pay at 1.0 FTE is {buckets[bucket] ?? bucket}. You work {fte} FTE.
        </p>
        <BandBar own={own} />
        <dl className={classes.facts}>
          <Fact name="Minimum">{amount(band.min, band.currency)}</Fact>
          <Fact name="Midpoint">{amount(band.mid, band.currency)}</Fact>
          <Fact name="Maximum">{amount(band.max, band.currency)}</Fact>
          <Fact name="Compa ratio">
            {ratio(compa)} <span className={ui.muted}>of the midpoint</span>
          </Fact>
        </dl>
      </div>
    </Page>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Where a value lies between two others, 0 to 100. */
export function place(value: number, from: number, to: number): number {
  return ((value - from) / (to - from)) * 100;
}

function BandBar({ own: { band, pay } }: { own: MyBand }) {
  const low = Math.min(band.min, pay.minor);
  const high = Math.max(band.max, pay.minor);
  const room = (high - low) * 0.04;
  const x = (minor: number) => place(minor, low - room, high + room);
  const quarter = (band.max - band.min) / 4;
  const words = `Your pay ${major(pay.minor, pay.currency)} in the band from ${major(band.min, band.currency)} to ${major(band.max, band.currency)}`;
  return (
    <svg
      className={classes.bar}
      viewBox="0 0 100 20"
      preserveAspectRatio="none"
      role="img"
      aria-label={words}
    >
      <rect
        className={classes.outer}
        x={x(band.min)}
        y="6"
        width={x(band.max) - x(band.min)}
        height="8"
      />
      <rect
        className={classes.inner}
        x={x(band.min + quarter)}
        y="6"
        width={x(band.max - quarter) - x(band.min + quarter)}
        height="8"
      />
      <path className={classes.mid} d={`M${x(band.mid)} 4v12`} />
      <path className={classes.own} d={`M${x(pay.minor)} 1v18`} />
    </svg>
  );
}
