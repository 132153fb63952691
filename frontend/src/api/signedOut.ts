import { Store } from './store';

/** True from the first 401 until the reader signs in again, which reloads the page. */
export const signedOut = new Store(false);
