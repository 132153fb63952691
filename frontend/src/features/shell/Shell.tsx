import { Outlet, useRouter } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useLadders, useMe } from '../../api/me';
import { Loading } from '../../components/page/states';
import { useStore } from '../../components/store';
import { useKeyHints, useKeys } from '../../components/useKeys';
import { ViewBanner } from '../viewas/ViewBanner';
import { navGroups } from './nav';
import { PhoneBar } from './PhoneBar';
import { SideNav } from './SideNav';
import { SignInNotice } from './SignInNotice';
import classes from './shell.module.css';
import { signedOut } from './signedOut';
import { useGoKeys } from './useGoKeys';
import { useSide } from './useSide';

const loadPalette = () => import('./Palette');
const Palette = lazy(loadPalette);
const KeyHelp = lazy(() => import('./KeyHelp'));
const SignedOutDialog = lazy(() => import('./SignedOutDialog'));

const hints = [
  { keys: 'Ctrl K', does: 'search or jump' },
  { keys: 'g then h, t, l, b', does: 'Home, Team, Ladders, Bands' },
  { keys: 'n', does: 'log evidence' },
  { keys: '[', does: 'widen or narrow the sidebar' },
  { keys: '?', does: 'show these shortcuts' },
];

/** The frame around every screen: the sidebar or bottom bar, the sheet, and what floats above it. */
export function Shell() {
  const me = useMe();
  const groups = navGroups(me, useLadders());
  const router = useRouter();
  const side = useSide();
  const [palette, setPalette] = useState<'never' | 'open' | 'closed'>('never');
  const [help, setHelp] = useState(false);
  const ended = useStore(signedOut);
  const openPalette = () => setPalette('open');
  useEffect(() => void loadPalette(), []);
  useKeyHints(hints);
  useGoKeys(me);
  useKeys({
    'mod+k': openPalette,
    '/': openPalette,
    '?': () => setHelp(true),
    '[': side.toggle,
    n: () => palette !== 'open' && router.history.push('/evidence?new=true'),
  });
  return (
    <div className={classes.app} data-side={side.width}>
      <a className={classes.skip} href="#main">
        Skip to the content
      </a>
      <SideNav me={me} groups={groups} onSearch={openPalette} onHelp={() => setHelp(true)} />
      <main id="main" className={classes.sheet}>
        <ViewBanner me={me} />
        <SignInNotice me={me} />
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
      </main>
      <PhoneBar groups={groups} />
      {palette !== 'never' && (
        <Suspense fallback={null}>
          <Palette
            opened={palette === 'open'}
            onClose={() => setPalette('closed')}
            groups={groups}
          />
        </Suspense>
      )}
      <Suspense fallback={null}>
        {help && <KeyHelp onClose={() => setHelp(false)} />}
        {ended && <SignedOutDialog />}
      </Suspense>
    </div>
  );
}
