import { useQuery } from '@tanstack/react-query';
import { Outlet, useLocation } from '@tanstack/react-router';
import { meQuery } from '../api/me';
import { isProblem } from '../api/problem';
import { Failed, Loading } from '../components/page/states';
import { Shell } from '../features/shell/Shell';
import { SignInPage } from '../features/shell/SignInPage';

/** Before the reader is known, only what is open to everybody is shown. */
export function Root() {
  const open = useLocation({ select: ({ pathname }) => pathname.startsWith('/public/') });
  return open ? <Outlet /> : <SignedIn />;
}

function SignedIn() {
  const me = useQuery(meQuery);
  if (me.data) return <Shell />;
  if (isProblem(me.error) && me.error.status === 401) return <SignInPage />;
  if (me.error) return <Failed what="Rung" error={me.error} onRetry={() => void me.refetch()} />;
  return <Loading />;
}
