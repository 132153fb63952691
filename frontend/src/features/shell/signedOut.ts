import { client } from '../../api/client';
import { Store } from '../../components/store';

/** True from the first 401 until the reader signs in again, which reloads the page. */
export const signedOut = new Store(false);

client.use({
  onResponse({ response }) {
    if (response.status === 401) signedOut.set(true);
    return undefined;
  },
});
